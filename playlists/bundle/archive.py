"""A zip file that is not trusted: every member is judged before anything of it is used.

Nothing is ever unpacked under a name from the file; members are read by names that are known.
"""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from soundscape.errors import DecodeError, RejectedFileError
from soundscape.media.sniff import open_regular

MANIFEST = "manifest.json"
FORMAT, VERSION = "soundscape-bundle", 1
MOST_MEMBERS = 20_000
MOST_DOCUMENT_BYTES = 500_000_000
MOST_RATIO, RATIO_FROM_BYTES = 100, 10_000_000
_MOST_SINGLE_BYTES = 16_000_000
_CHUNK_BYTES = 1 << 20
_NAME = re.compile(
    r"(?:manifest|ratings|presets|playlists|arcs|searches)\.json|tracks\.jsonl"
    r"|audio/[0-9a-f]{64}\.[a-z0-9]{1,5}",
    re.ASCII,
)
_DAMAGED = "This bundle is damaged; have it made and copied anew."
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, LookupError),
    *(NotImplementedError, OverflowError, RuntimeError, ValueError),
)


def member_of(kind: str) -> str:
    """Return the name of the member that holds the things of a kind."""
    return "searches.json" if kind == "search" else f"{kind}s.json"


class Archive:
    """A bundle that is open for reading, all of it verified; a context manager.

    Parameters
    ----------
    file : BinaryIO
        The zip file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        with _refusing():
            self._zip = zipfile.ZipFile(file)
            self._members = {info.filename: info for info in self._zip.infolist()}
            self._judge(self._zip.infolist())
            self.manifest = self._verified()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a bundle.

        Raises
        ------
        RejectedFileError
            If it is none, or may do harm; nothing was written then.
        """
        try:
            file = open_regular(path)
        except DecodeError as error:
            sentence = str(error).replace("a sound file", "a bundle")
            raise RejectedFileError(sentence) from error
        try:
            return cls(file)
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def sounds(self) -> list[str]:
        """Return the names of the members that are sound, sorted."""
        return sorted(name for name in self._members if name.startswith("audio/"))

    def text(self, name: str) -> str | None:
        """Return a member's text; None if there is no such member.

        Raises
        ------
        RejectedFileError
            If it is too large.
        """
        info = self._members.get(name)
        if info is None:
            return None
        if info.file_size > _MOST_SINGLE_BYTES:
            raise RejectedFileError(f"This bundle's {name} is too large; export less of it.")
        with _refusing():
            return self._zip.read(info).decode("utf-8")

    def lines(self, name: str) -> Iterator[str]:
        """Yield a member's lines; none if there is no such member.

        Raises
        ------
        RejectedFileError
            If one is too long.
        """
        if name not in self._members:
            return
        with _refusing(), self._zip.open(self._members[name]) as member:
            while line := member.readline(_CHUNK_BYTES):
                if len(line) == _CHUNK_BYTES:
                    raise RejectedFileError(_DAMAGED)
                yield line.decode("utf-8")

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's bytes, a part at a time."""
        with _refusing(), self._zip.open(self._members[name]) as member:
            while chunk := member.read(_CHUNK_BYTES):
                yield chunk

    def _judge(self, members: list[zipfile.ZipInfo]) -> None:
        """Refuse members that are not what a bundle has.

        Raises
        ------
        RejectedFileError
            If there is one.
        """
        if len(members) > MOST_MEMBERS:
            raise RejectedFileError(f"This bundle has more than {MOST_MEMBERS} files.")
        if len(self._members) < len(members):
            raise RejectedFileError("This bundle has two files of one name; do not use it.")
        for info in members:
            _judge(info)
        packed_bytes = sum(info.compress_size for info in members)
        documents = (info for info in members if not info.filename.startswith("audio/"))
        if packed_bytes > self._file.seek(0, 2):
            raise RejectedFileError("This bundle's files lie over one another; do not use it.")
        if sum(info.file_size for info in documents) > MOST_DOCUMENT_BYTES:
            raise RejectedFileError("This bundle is too large when unpacked; export less of it.")

    def _verified(self) -> dict[str, Any]:
        """Return the manifest, once every member is found to be what it says.

        Raises
        ------
        RejectedFileError
            If one is not.
        """
        manifest = _parsed(self.text(MANIFEST) or "")
        if manifest.get("format") != FORMAT:
            raise RejectedFileError("This file is no bundle of this program; choose another.")
        if manifest.get("version") != VERSION:
            raise RejectedFileError("This bundle was made by another version; update both.")
        hashes = manifest.get("files")
        if not isinstance(hashes, dict) or set(hashes) != set(self._members) - {MANIFEST}:
            raise RejectedFileError("This bundle's list of files does not fit what it holds.")
        for name, expected in hashes.items():
            digest = hashlib.sha256()
            for chunk in self.chunks(name):
                digest.update(chunk)
            of_name = name.split("/")[1].split(".")[0] if name.startswith("audio/") else expected
            if not digest.hexdigest() == expected == of_name:
                raise RejectedFileError(f"This bundle's {name} is not what it was; do not use it.")
        return manifest


def _judge(info: zipfile.ZipInfo) -> None:
    """Refuse a member that no bundle has.

    Raises
    ------
    RejectedFileError
        If it is one.
    """
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_audio = info.filename.startswith("audio/")
    inflated = info.file_size > max(RATIO_FROM_BYTES, MOST_RATIO * info.compress_size)
    packed_audio = is_audio and info.compress_type != zipfile.ZIP_STORED
    if kind not in {0, stat.S_IFREG}:
        raise RejectedFileError("This bundle holds a link or a device; do not use it.")
    if not _NAME.fullmatch(info.filename) or info.orig_filename != info.filename:
        raise RejectedFileError("This bundle holds a file that no bundle has; do not use it.")
    if info.flag_bits & 1:
        raise RejectedFileError("This bundle is locked by a password; make it without one.")
    if inflated or packed_audio or (is_audio and info.file_size != info.compress_size):
        raise RejectedFileError("This bundle would grow far beyond its size; do not use it.")


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever a broken zip file makes of its reader into a refusal.

    Raises
    ------
    RejectedFileError
        If it is broken.
    """
    try:
        yield
    except _ZIP_ERRORS as error:
        raise RejectedFileError(_DAMAGED) from error


def _parsed(text: str) -> dict[str, Any]:
    """Return what JSON says.

    Raises
    ------
    RejectedFileError
        If it is none.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise RejectedFileError(
            "This file is no bundle of this program; choose another."
        ) from None
    if not isinstance(found, dict):
        raise RejectedFileError("This file is no bundle of this program; choose another.")
    return found


class ArchiveWriter:
    """Writes a bundle, member by member, and its manifest last; a context manager.

    Parameters
    ----------
    file : BinaryIO
        Where to write.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._hashes: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add(self, name: str, chunks: Iterator[bytes], *, packed: bool = True) -> None:
        """Add a member."""
        # a fixed date: the same work gives the same bytes
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        digest = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
        self._hashes[name] = digest.hexdigest()

    def add_json(self, name: str, value: object) -> None:
        """Add a member as JSON."""
        self.add(name, iter([json.dumps(value, sort_keys=True).encode()]))

    def finish(self, who: str, wall_time: str) -> None:
        """Add the manifest."""
        facts = {"format": FORMAT, "version": VERSION, "by": who, "made": wall_time}
        hashes = dict(self._hashes)
        self.add_json(MANIFEST, facts | {"files": hashes})
