"""Bundles that are broken or mean harm: one sentence, and nothing outside the data is touched."""

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.tracks import track

from playlists.bundle.analyses import line_of
from playlists.bundle.archive import FORMAT, MOST_MEMBERS, VERSION, member_of
from playlists.bundle.importing import import_bundle
from playlists.library.repository import Library
from playlists.workbench import workbench
from soundscape.errors import RejectedFileError
from soundscape.folders import DataFolder

CONTENT = track("a").content_hash
NOTHING = hashlib.sha256(b"").hexdigest()


def manifest(files: dict[str, bytes], **changed: object) -> bytes:
    """Return a manifest that fits some files."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    facts = {"format": FORMAT, "version": VERSION, "by": "Ann", "made": "", "files": hashes}
    return json.dumps(facts | changed).encode()


def zipped(files: dict[str, bytes], told: bytes | None = None) -> bytes:
    """Return a bundle with some files, and a manifest that fits unless another is told."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", manifest(files) if told is None else told)
    return made.getvalue()


def of_kind(kind: str, name: str, value: object) -> bytes:
    """Return a bundle with one thing."""
    return zipped({member_of(kind): json.dumps({name: {"value": value}}).encode()})


def linked() -> bytes:
    """Return a bundle with a symbolic link."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("presets.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return made.getvalue()


def doubled() -> bytes:
    """Return a bundle with two files of one name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("presets.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("presets.json", b"[]")
    return made.getvalue()


def packed_sound() -> bytes:
    """Return a bundle whose sound is packed a thousandfold."""
    return zipped({f"audio/{hashlib.sha256(bytes(3000)).hexdigest()}.wav": bytes(3000)})


def lying_size() -> bytes:
    """Return a bundle whose directory says less than there is."""
    data = bytearray(zipped({"presets.json": b"{" + b" " * 100_000 + b"}"}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(data)


def overlapping() -> bytes:
    """Return a bundle in which many names share the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("presets.json", bytes(200_000))
        first = archive.infolist()[0]
        for name in ("playlists.json", "arcs.json", "ratings.json"):
            twin = zipfile.ZipInfo(name)
            for key in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(twin, key, getattr(first, key))
            archive.filelist.append(twin)
            archive.NameToInfo[name] = twin
    return made.getvalue()


def line(**changed: object) -> bytes:
    """Return a bundle with one track of which something is said that cannot be."""
    facts = json.loads(line_of(track("a")))
    facts["analysis"] |= changed
    return zipped({"tracks.jsonl": json.dumps(facts).encode()})


PRESET = {
    "name": "tide", "title": "T", "line": "L", "arc": "gentle", "bed": True, "seed": 1,
    "color": ["#000000", "#ffffff"], "liked": [], "avoided": [], "default": False, "order": 1,
}  # fmt: skip
ARC = 'name = "low"\ntitle = "Low"\nline = "Low."\ncap = 3\ntherapist_only = false\n'
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no zip": lambda: b"PK" * 1000,
    "cut off": lambda: zipped({"presets.json": b"{}"})[:-30],
    "slip": lambda: zipped({"../../evil.json": b"x"}),
    "absolute": lambda: zipped({"/tmp/evil.json": b"x"}),  # noqa: S108 - hostile
    "backslashes": lambda: zipped({"..\\..\\evil.json": b"x"}),
    "hidden by a nul": lambda: zipped({"presets.json\x00/../evil": b"x"}),
    "another file": lambda: zipped({"run.py": b"x"}),
    "folder": lambda: zipped({"audio/": b""}),
    "link": linked,
    "two of a name": doubled,
    "bomb": lambda: zipped({"presets.json": bytes(60_000_000)}),
    "packed sound": packed_sound,
    "overlapping": overlapping,
    "lying size": lying_size,
    "too many": lambda: zipped({f"audio/{n:064x}.wav": b"" for n in range(MOST_MEMBERS + 1)}),
    "wrong hash": lambda: zipped({"presets.json": b"{}"}, manifest({"presets.json": b"[]"})),
    "wrong sound": lambda: zipped({f"audio/{CONTENT}.wav": b""}),
    "unlisted file": lambda: zipped({"presets.json": b"{}"}, manifest({})),
    "absent file": lambda: zipped({}, manifest({"presets.json": b"{}"})),
    "no manifest": lambda: zipped({}, b"[" * 100_000),
    "other format": lambda: zipped({}, manifest({}, format="zip")),
    "later version": lambda: zipped({}, manifest({}, version=VERSION + 1)),
    "deep json": lambda: zipped({"presets.json": b"[" * 100_000}),
    "not utf-8": lambda: zipped({"presets.json": b"\xff\xfe\xfd"}),
    "long line": lambda: zipped({"tracks.jsonl": b"1" * 3_000_000}),
    "endless energy": lambda: line(energy=float("inf")),
    "no number": lambda: line(energy=float("nan")),
    "too high": lambda: line(energy=1.5),
    "of another kind": lambda: line(tempo_bpm="fast"),
    "no curve": lambda: line(loudness_curve={"a": 1}),
    "endless curve": lambda: line(loudness_curve=[0.0] * 50_000),
    "no content": lambda: zipped({"tracks.jsonl": b'{"track": "../../x", "file": "a"}'}),
    "arc": lambda: of_kind("arc", "low", {"toml": ARC}),
    "arc of code": lambda: of_kind("arc", "low", {"toml": "\x00"}),
    "arc elsewhere": lambda: of_kind("arc", "../low", {"toml": ARC}),
    "query": lambda: of_kind("preset", "tide", PRESET | {"search": "sweetness>3"}),
    "preset elsewhere": lambda: of_kind("preset", "../tide", PRESET | {"name": "../tide"}),
    "preset of another": lambda: of_kind("preset", "water", PRESET),
    "preset of extras": lambda: of_kind("preset", "tide", PRESET | {"run": "rm"}),
    "full arc for a patient": lambda: of_kind("preset", "tide", PRESET | {"arc": "full"}),
    "rating": lambda: of_kind("rating", CONTENT, {"energy": 7}),
    "rating of extras": lambda: of_kind("rating", CONTENT, {"dose": 1}),
    "rating of tags": lambda: of_kind("rating", CONTENT, {"tags": [["a"]]}),
    "rating of nothing": lambda: of_kind("rating", "x", {"energy": 0.1}),
    "playlist": lambda: of_kind("playlist", "evening", {"playlist": {"track": 3}}),
    "playlist elsewhere": lambda: of_kind("playlist", "/etc/x", {"playlist": {"track": []}}),
    "search": lambda: of_kind("search", "Calm", {"search": "sweetness>3"}),
    "search of extras": lambda: of_kind("search", "Calm", {"search": "a", "run": "b"}),
    "no value": lambda: of_kind("playlist", "evening", None),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_bundle_is_refused_in_one_sentence_and_leaves_no_trace(
    kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "box" / "bundle.zip"
    file.parent.mkdir()
    file.write_bytes(HOSTILE[kind]())
    data = DataFolder(tmp_path / "data")
    with Library.open(data.library) as library:
        bench = workbench(data, library, FakeClock())
        before = everything(tmp_path)

        with pytest.raises(RejectedFileError) as refused:
            import_bundle(bench, file, who="Ben", keep=None, trusted=True)

        assert library.tracks() == []
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200
    assert everything(tmp_path) == before


def test_links_and_folders_are_no_bundles(tmp_path: Path) -> None:
    (tmp_path / "link.zip").symlink_to("/etc/passwd")
    data = DataFolder(tmp_path / "data")
    with Library.open(data.library) as library:
        bench = workbench(data, library, FakeClock())

        for name in ("link.zip", "absent.zip", "."):
            with pytest.raises(RejectedFileError):
                import_bundle(bench, tmp_path / name, who="", keep=None, trusted=False)


def everything(folder: Path) -> set[Path]:
    """Return every file under a folder, but what SQLite keeps beside its own."""
    return {
        path for path in folder.rglob("*") if path.suffix not in {".sqlite-wal", ".sqlite-shm"}
    }
