"""Migrations: every version that was released comes to today's tables, with a copy before."""

import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fakes.clinic import Staffed
from fakes.clock import FakeClock

from soundscape.clinic.service import Clinic
from soundscape.clinic.store import database, schema
from soundscape.clinic.store.database import Database
from soundscape.clinic.store.schema import MIGRATIONS, NEWEST, migrate, version_of
from soundscape.clinic.store.tables import METADATA
from soundscape.errors import ClinicError

RELEASED = ("0001",)
"""Each version that clinics may have; none of their migrations is ever changed."""

NEXT = '''"""A version to come."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    op.add_column("visit", sa.Column("room", sa.String(40)))
'''


def test_every_version_is_released_or_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)

    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(RELEASED)
    assert scripts.get_current_head() == NEWEST == RELEASED[-1]


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_version_comes_to_todays_tables(version: str, tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate(connection, newest=version)
    engine.dispose()

    with closing(Database(path, tmp_path / "backups")):
        pass

    with engine.connect() as connection:
        assert version_of(connection) == NEWEST
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_before_a_migration_a_copy_is_made_and_nothing_is_lost(
    staffed: Staffed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed.clinic.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    (scripts / "versions" / "v9999_to_come.py").write_text(
        NEXT.format(newest=NEWEST), encoding="utf-8"
    )
    monkeypatch.setattr(database, "NEWEST", "9999")
    monkeypatch.setattr(database, "migrate", lambda to: schema.migrate(to, scripts, "9999"))

    with Clinic.open(staffed.folder, FakeClock(1000.0), boot="first") as clinic:
        assert len(clinic.people.names()) == 3

    with closing(sqlite3.connect(staffed.folder.clinic)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
            "9999",
        )
    with closing(sqlite3.connect(staffed.folder.backups / f"clinic-before-{NEWEST}.db")) as copy:
        assert copy.execute("SELECT count(*) FROM person").fetchone() == (3,)


def test_a_newer_versions_database_is_refused_and_left_as_it_is(staffed: Staffed) -> None:
    staffed.clinic.close()
    with closing(sqlite3.connect(staffed.folder.clinic)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(ClinicError, match="newer version"):
        Clinic.open(staffed.folder, FakeClock())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_read_it(staffed: Staffed) -> None:
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in staffed.folder.root.glob("clinic.db*")
    }

    assert set(modes.values()) == {0o600}


def test_what_is_no_database_is_said(staffed: Staffed) -> None:
    staffed.clinic.close()
    staffed.folder.clinic.write_bytes(b"not a database" * 100)

    with pytest.raises(ClinicError, match="is damaged; restore a backup"):
        Clinic.open(staffed.folder, FakeClock())


def test_it_is_written_ahead_fully_synchronous_and_overwrites_what_is_deleted(
    tmp_path: Path,
) -> None:
    with (
        closing(Database(tmp_path / "clinic.db", tmp_path)) as opened,
        opened.reading() as rows,
    ):
        said = {
            name: rows.audit._connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: SLF001 -- no other way to ask this connection
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }

    assert said == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
