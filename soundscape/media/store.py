"""The chair's own copies of what its sessions play, each under the SHA-256 of its content.

A share that vanishes or a file that changes cannot touch a session: the host reads only from
here, and every file is verified when a session is armed.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from soundscape.errors import StoreError
from soundscape.output import settle

_CHUNK_BYTES = 1 << 20


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


class Store:
    """A folder of files named by their content.

    Parameters
    ----------
    root : Path
        The folder; made when something is first put in.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def path_of(self, digest: str, suffix: str) -> Path:
        """Return where the file with this hash lies, or would lie."""
        return self._root / digest[:2] / f"{digest}{suffix.lower()}"

    def put(self, source: Path, digest: str) -> Path:
        """Copy a file in, unless it is there; it appears whole or not at all.

        Raises
        ------
        StoreError
            If the source cannot be read or is not what the hash says, or the disk is full.
        """
        target = self.path_of(digest, source.suffix)
        if target.is_file():
            return target
        arriving = target.with_name(f"{target.name}.{os.getpid()}.arriving")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, arriving)
            if content_hash(arriving) != digest:
                raise StoreError(f"{source.name} has changed since it was analyzed; add it again.")
            settle(arriving)
            arriving.replace(target)
            settle(target.parent)
            settle(self._root)
        except OSError as error:
            raise StoreError(f"{source.name} cannot be copied: {error.strerror}.") from error
        finally:
            arriving.unlink(missing_ok=True)
        return target

    def faults(self, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Verify files by content and return the (hash, what is wrong) of each that fails.

        Parameters
        ----------
        wanted : Iterable[tuple[str, str]]
            Hash and suffix of each file.
        """
        files = [(self.path_of(digest, suffix), digest) for digest, suffix in wanted]
        with ThreadPoolExecutor(os.cpu_count()) as beside:  # a session waits for it
            said = beside.map(_fault, files)
            return [
                (digest, fault) for (_, digest), fault in zip(files, said, strict=True) if fault
            ]


def _fault(file: tuple[Path, str]) -> str:
    """Return what is wrong with a stored file of a hash; empty if nothing is."""
    path, digest = file
    try:
        if not path.is_file():
            return "is not in this chair's store"
        return "" if content_hash(path) == digest else "has changed on the disk"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
