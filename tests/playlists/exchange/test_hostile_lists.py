"""Lists that are wrong or mean harm: one sentence each, and no other file is touched."""

import json
from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.exchange.lists import MOST_BYTES, MOST_ENTRIES, read_list, write_list
from playlists.exchange.locations import refusal
from playlists.exchange.resolving import LibraryIndex, resolved
from playlists.library.repository import FileRecord, Library
from soundscape.errors import RejectedFileError

DTD = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE p [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)
TRACK = "<playlist><trackList><track><location>{}</location></track></trackList></playlist>"
REFUSED = {
    "empty.m3u8": "",
    "nothing.m3u": "#EXTM3U\n# nothing else\n",
    "many.m3u": "a.mp3\n" * (MOST_ENTRIES + 1),
    "large.m3u": "A" * (MOST_BYTES + 1),
    "list.txt": "a.mp3\n",
    "xxe.xspf": DTD + TRACK.format("&x;"),
    "remote.xspf": '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd">' + TRACK.format("a"),
    "laughs.xspf": LAUGHS + TRACK.format("&g;"),
    "deep.xspf": "<a>" * 20_000 + "</a>" * 20_000,
    "cut.xspf": "<playlist><trackList><track>",
    "page.xspf": "<html><body/></html>",
    "encoding.xspf": '<?xml version="1.0" encoding="rot-13"?><playlist/>',
    "deep.jspf": "[" * 100_000 + "]" * 100_000,
    "cut.jspf": '{"playlist": {"track": [',
    "other.jspf": '{"tracks": []}',
    "kinds.jspf": '{"playlist": {"track": {"location": "a"}}}',
    "list.jspf": "[1, 2]",
    "numbers.jspf": '{"playlist": {"track": [{"location": 3}, 4, null]}}',
    "none.pls": "[playlist]\nNumberOfEntries=2000000000\nFile-1=x\nFile0=y\n",
}
LOCATIONS = {
    "http://127.0.0.1:9/a.mp3": "address",
    "HTTPS://127.0.0.1/a.mp3": "address",
    "rtsp://127.0.0.1/a": "address",
    "smb://server/music/a.mp3": "address",
    "cdda:///dev/sr0": "address",
    "data:audio/mpeg;base64,AAAA": "address",
    "\\\\server\\music\\a.mp3": "share",
    "//server/music/a.mp3": "share",
    "file://server/music/a.mp3": "share",
    "file:////server/music/a.mp3": "share",
    "\\\\.\\PhysicalDrive0": "share",
    "/dev/zero": "device",
    "file:///dev/sda": "device",
    "%2Fdev%2Fzero": "device",
    "/proc/self/mem": "device",
    "NUL": "device",
    "C:\\music\\con": "device",
    "COM1:": "device",
    "other.m3u8": "a list",
    "file:///music/Other.XSPF": "a list",
    "file:///music/other%2Epls": "a list",
    "\0": "no file",
    "a\ud800.mp3": "no file",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_that_is_none_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(REFUSED[name], encoding="utf-8")

    with pytest.raises(RejectedFileError) as refused:
        read_list(file)

    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 120


def test_folders_links_and_pipes_are_no_lists(tmp_path: Path) -> None:
    (tmp_path / "folder.m3u").mkdir()
    (tmp_path / "link.m3u").symlink_to("/etc/passwd")

    for name in ("folder.m3u", "link.m3u", "absent.m3u"):
        with pytest.raises(RejectedFileError):
            read_list(tmp_path / name)


@pytest.mark.parametrize("location", LOCATIONS)
def test_an_entry_that_is_no_file_of_this_machine_is_refused(
    location: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.jspf"
    with Library.open(tmp_path / "library.sqlite") as library:
        known = track("a", path=tmp_path / "a.mp3")
        library.save(known)
        library.remember(FileRecord(known.path, 1, 1, known.content_hash, None, 1))
        index = LibraryIndex(library)
    playlist = {"track": [{"location": location}]}
    file.write_text(json.dumps({"playlist": playlist}), encoding="ascii")

    (one,) = resolved(read_list(file), tmp_path, index, is_uri=True)

    assert not one.content_hash
    assert LOCATIONS[location] in one.reason
    assert one.reason.endswith(".")


def test_of_file_addresses_none_but_a_known_tracks_leads_anywhere(tmp_path: Path) -> None:
    file, mine = tmp_path / "list.m3u", tmp_path / "a.mp3"
    secret = tmp_path / "secret"
    secret.write_bytes(b"here, but no track")
    hosts = ("evilhost", "localhost.evil", "127.0.0.1")
    lines = [*(f"file://{host}{mine}" for host in hosts), secret.as_uri(), mine.as_uri()]
    file.write_text("\n".join(lines), encoding="ascii")
    with Library.open(tmp_path / "library.sqlite") as library:
        known = track("a", path=mine)
        library.save(known)
        library.remember(FileRecord(known.path, 1, 1, known.content_hash, None, 1))
        index = LibraryIndex(library)

    *others, own = resolved(read_list(file), tmp_path, index, is_uri=False)

    assert own.content_hash == known.content_hash
    assert not any(one.content_hash for one in others)
    assert all("share" in one.reason for one in others[: len(hosts)])
    assert others[-1].reason.endswith(".")


def test_what_only_sounds_like_a_device_or_an_address_is_taken() -> None:
    for name in (
        "CON.mp3",
        "Artist: Song.mp3",
        "a:b",
        "dev/zero.mp3",
        "console",
        "/device/a.ogg",
    ):
        assert not refusal(name)


def test_a_list_is_written_only_in_formats_that_lose_nothing(tmp_path: Path) -> None:
    for name in ("a.m3u", "a.pls", "a.txt", "a"):
        with pytest.raises(RejectedFileError, match=r"written as \.m3u8, \.xspf, \.jspf"):
            write_list(tmp_path / name, "A", [])

    assert not list(tmp_path.iterdir())
