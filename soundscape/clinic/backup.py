"""Backups: one encrypted file with everything that cannot be had again.

Databases are copied by SQLite's backup interface, as they are at one moment, whoever is writing.
The chair's own copies of tracks, the starter sounds and the demo can be had again, and stay out,
as do the backups themselves. The keys are never in it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from soundscape.clinic.chain import Head
from soundscape.clinic.container import SealingWriter
from soundscape.clinic.keys import Key
from soundscape.clinic.store.schema import copy_database
from soundscape.clinic.thinning import kept
from soundscape.folders import DataFolder
from soundscape.output import arriving

MANIFEST = "manifest.json"
FORMAT = "soundscape-backup/1"
SUFFIX = ".backup"
_STAMP = "%Y%m%dT%H%M%SZ"
_SQLITE = b"SQLite format 3\x00"
_DEMO = "demo"
_PASSING = (".arriving", ".part", "-wal", "-shm", "-journal", ".lock")


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is in a backup.

    Attributes
    ----------
    path : str
        From the data folder on, with slashes.
    size_bytes : int
        Its length.
    sha256 : str
        Of its bytes.
    tables : dict[str, int] | None
        Of a database: how many rows each table has.
    """

    path: str
    size_bytes: int
    sha256: str
    tables: dict[str, int] | None


def write_backup(folder: DataFolder, out: Path, key: Key, head: Head, made: str) -> list[Content]:
    """Write everything into one encrypted file, which appears whole or not at all.

    Parameters
    ----------
    folder : DataFolder
        What is to be kept.
    out : Path
        The file.
    key : Key
        Encrypts it.
    head : Head
        The audit's end before this backup.
    made : str
        When, as a label.
    """
    with arriving(out) as whole, whole.open("xb") as file:
        whole.chmod(0o600)
        sealing = SealingWriter(file, key)
        contents = _fill(folder, sealing, head, made)
        sealing.finish()
    return contents


def rotated(folder: DataFolder, now: datetime) -> Path:
    """Return where a backup made now goes that is thinned out later."""
    return folder.backups / f"{now.strftime(_STAMP)}{SUFFIX}"


def backups_in(folder: DataFolder) -> dict[datetime, Path]:
    """Return the backups that were made by rotation, and when, the latest last."""
    found = {}
    for path in sorted(folder.backups.glob(f"*{SUFFIX}")):
        try:
            found[datetime.strptime(path.stem, "%Y%m%dT%H%M%S%z")] = path
        except ValueError:
            continue  # somebody's own file
    return found


def thin_out(folder: DataFolder) -> list[Path]:
    """Delete the backups that have done their service; return which."""
    found = backups_in(folder)
    stay = kept(found)
    gone = [path for made, path in found.items() if made not in stay]
    for path in gone:
        path.unlink()
    return gone


def _fill(folder: DataFolder, sealing: SealingWriter, head: Head, made: str) -> list[Content]:
    contents = []
    with (
        tarfile.open(fileobj=cast("BinaryIO", sealing), mode="w|gz") as archive,
        tempfile.TemporaryDirectory(prefix=".backup-", dir=folder.root) as staging,
    ):
        copy = Path(staging) / "copy"
        for path in _worth_keeping(folder):
            name = path.relative_to(folder.root).as_posix()
            _copy(path, copy)
            contents.append(described(copy, name))
            archive.add(copy, arcname=name, recursive=False)
            copy.unlink()
        said = {
            "format": FORMAT, "made": made, "head": str(head),
            "files": [
                {"path": c.path, "size": c.size_bytes, "sha256": c.sha256, "tables": c.tables}
                for c in contents
            ],
        }  # fmt: skip
        copy.write_text(json.dumps(said), encoding="utf-8")
        archive.add(copy, arcname=MANIFEST, recursive=False)
    return contents


def described(copy: Path, name: str) -> Content:
    """Return what a manifest says of a file that nobody changes."""
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tables = _row_counts(copy) if is_database(copy) else None
    return Content(name, copy.stat().st_size, digest, tables)


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _row_counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        }


def _copy(path: Path, copy: Path) -> None:
    """Copy a file; a database as it is at one moment, without its log."""
    if not is_database(path):
        shutil.copyfile(path, copy)
        return
    copy_database(path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _worth_keeping(folder: DataFolder) -> Iterator[Path]:
    """Yield the files that cannot be had again, in order."""
    left_out = {folder.store, folder.starter, folder.backups, folder.root / _DEMO}
    for parent, folders, names in os.walk(folder.root):
        here = Path(parent)
        folders[:] = sorted(
            name for name in folders
            if here / name not in left_out and not name.startswith(".")
        )  # fmt: skip
        for name in sorted(names):
            path = here / name
            if path.is_file() and not path.is_symlink() and not name.endswith(_PASSING):
                yield path
