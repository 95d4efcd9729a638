"""Restoring a backup: into an empty folder, and only once all in it was found to be whole."""

import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from soundscape.clinic.backup import FORMAT, MANIFEST, Content, described
from soundscape.clinic.chain import Head
from soundscape.clinic.container import OpeningReader
from soundscape.clinic.keys import Keyring
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder

_PROBE = "PRAGMA integrity_check"
_LARGEST_MANIFEST_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a backup, compared with what its manifest says went in.

    Attributes
    ----------
    made : str
        When the backup was made.
    head : Head
        The audit's end then.
    files : int
        How many files there are.
    rows : int
        How many rows all databases have together.
    """

    made: str
    head: Head
    files: int
    rows: int


def restore(
    source: Path,
    folder: DataFolder,
    keyring: Keyring,
    check: Callable[[DataFolder, Head], None],
) -> Unpacked:
    """Restore a backup into a data folder that is empty or not there.

    Parameters
    ----------
    source : Path
        The backup.
    folder : DataFolder
        Where to.
    keyring : Keyring
        The clinic's keys.
    check : Callable[[DataFolder, Head], None]
        Looks at what was restored, beside the audit's head, and raises if it is not right.

    Raises
    ------
    ClinicError
        If the folder is not empty, or the backup is not whole; the folder is as it was then.
    """
    if folder.root.exists() and any(folder.root.iterdir()):
        raise ClinicError(f"{folder.root} is not empty; restore into another folder.")
    folder.root.parent.mkdir(parents=True, exist_ok=True)
    with unpacked(source, keyring, folder.root.parent) as (arrived, found):
        check(arrived, found.head)
        if folder.root.exists():
            folder.root.rmdir()
        arrived.root.rename(folder.root)
    return found


@contextmanager
def unpacked(
    source: Path, keyring: Keyring, beside: Path
) -> Iterator[tuple[DataFolder, Unpacked]]:
    """Yield a passing folder with all that a backup holds, compared with its manifest.

    Parameters
    ----------
    source : Path
        The backup.
    keyring : Keyring
        The clinic's keys.
    beside : Path
        Where the folder is made; what is left of it goes at the end.
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as name:
        arrived = DataFolder(Path(name) / "data")
        arrived.root.mkdir()
        said = _unpack(source, keyring, arrived.root)
        yield arrived, _compared(said, arrived.root)


def _unpack(source: Path, keyring: Keyring, target: Path) -> dict[str, Any]:
    """Unpack a backup; return its manifest.

    Raises
    ------
    ClinicError
        If it is not whole.
    """
    said: dict[str, Any] = {}
    try:
        with (
            source.open("rb") as file,
            tarfile.open(
                fileobj=cast("BinaryIO", OpeningReader(file, keyring)), mode="r|gz"
            ) as archive,
        ):
            for member in archive:
                stream = archive.extractfile(member)
                if stream is None:
                    raise ClinicError("That backup holds what is no file; choose another.")
                if member.name == MANIFEST:
                    said = json.loads(stream.read(_LARGEST_MANIFEST_BYTES))
                    continue
                path = _inside(target, member.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as out:
                    shutil.copyfileobj(stream, out)
                path.chmod(0o600)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise ClinicError("That backup is damaged; choose another.") from error
    if said.get("format") != FORMAT:
        raise ClinicError("That backup is of another version; update the program first.")
    return said


def _inside(target: Path, name: str) -> Path:
    """Return where a file of a backup goes.

    Raises
    ------
    ClinicError
        If that is outside the folder.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ClinicError("That backup reaches outside its folder; choose another.")
    return target / path


def _compared(said: dict[str, Any], target: Path) -> Unpacked:
    """Compare what was unpacked with the manifest.

    Raises
    ------
    ClinicError
        If a file is missing, changed or damaged, or a table has another number of rows.
    """
    rows = 0
    for each in said["files"]:
        wanted = Content(each["path"], each["size"], each["sha256"], each["tables"])
        path = _inside(target, wanted.path)
        if not path.is_file() or described(path, wanted.path) != wanted:
            raise ClinicError(f"{wanted.path} is not as it was backed up; choose another backup.")
        if wanted.tables is not None:
            _check_database(path)
            rows += sum(wanted.tables.values())
    return Unpacked(said["made"], Head.read(said["head"]), len(said["files"]), rows)


def _check_database(path: Path) -> None:
    """Let SQLite look through a database.

    Raises
    ------
    ClinicError
        If it finds a fault.
    """
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute(_PROBE).fetchone() != ("ok",):
            raise ClinicError(f"{path.name} is damaged in that backup; choose another.")
