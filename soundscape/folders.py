"""Where the clinic's data lies: one folder a chair, and a private place for its sockets."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder that holds the database, the store, the settings and the journals.

    Attributes
    ----------
    root : Path
        The folder itself; made when first written to.
    """

    root: Path

    @property
    def library(self) -> Path:
        """The library's SQLite database."""
        return self.root / "library.sqlite"

    @property
    def settings(self) -> Path:
        """The clinic's choices."""
        return self.root / "settings.toml"

    @property
    def visit(self) -> Path:
        """The clinic's own rules and words of a visit."""
        return self.root / "visit.toml"

    @property
    def room(self) -> Path:
        """How loud the room is, and what its devices make of a digital level."""
        return self.root / "room.json"

    @property
    def store(self) -> Path:
        """The chair's own copies of what its sessions play, each under its SHA-256."""
        return self.root / "store"

    @property
    def starter(self) -> Path:
        """The synthesized starter library."""
        return self.root / "starter"

    @property
    def plans(self) -> Path:
        """Session plans that the windows compiled."""
        return self.root / "plans"

    @property
    def arcs(self) -> Path:
        """The clinic's own arcs, one TOML file each."""
        return self.root / "arcs"

    @property
    def sessions(self) -> Path:
        """One folder a session, with its plan and its journal."""
        return self.root / "sessions"

    @property
    def clinic(self) -> Path:
        """The clinic's SQLite database: people, visits, audit."""
        return self.root / "clinic.db"

    @property
    def backups(self) -> Path:
        """Encrypted backups that are made and thinned out by themselves."""
        return self.root / "backups"

    @property
    def runtime(self) -> Path:
        """The private folder of this chair's sockets and ring; emptied by a restart.

        Socket paths may not pass 107 bytes, hence a short name outside ``root``.
        """
        tag = hashlib.sha256(str(self.root).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        return Path(base) / f"soundscape-{tag}"


def data_folder(chosen: str | None) -> DataFolder:
    """Return the data folder: the one chosen, else ``SOUNDSCAPE_DATA_DIR``, else the user's."""
    root = chosen or os.environ.get("SOUNDSCAPE_DATA_DIR")
    if root:
        return DataFolder(Path(root).expanduser().absolute())
    # Only here: a session's processes are told theirs, and have to load soon.
    from platformdirs import user_data_path  # noqa: PLC0415

    return DataFolder(user_data_path("soundscape"))
