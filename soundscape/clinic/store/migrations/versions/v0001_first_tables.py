"""The first tables, and what keeps them from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NEVER = (
    ("audit_stays", "UPDATE ON audit", "", "the audit is never changed"),
    ("audit_is_kept", "DELETE ON audit", "", "the audit is never deleted"),
    ("erasure_stays", "UPDATE ON erasure", "", "an erasure is never changed"),
    ("erasure_is_kept", "DELETE ON erasure", "", "an erasure is never undone"),
    ("visit_is_kept", "DELETE ON visit", "", "a visit is never deleted"),
    (
        "visit_stays",
        "UPDATE OF id, route, therapist, begun_utc ON visit",
        "",
        "a visit is never changed",
    ),
    # The facts are sealed anew when the key changes; their seal says whether they are the same.
    (
        "entry_stays",
        "UPDATE OF id, visit, seq, utc, kind, is_note, actor, role ON visit_entry",
        "",
        "a visit's entry is never changed",
    ),
    (
        "entry_is_kept",
        "DELETE ON visit_entry",
        "WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE object = OLD.visit AND what = 'visits')",
        "a visit's entry is deleted only by an erasure",
    ),
)


def upgrade() -> None:
    """Make the tables of the first version."""
    _people()
    _visits()
    _upkeep()
    for name, when, condition, why in _NEVER:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{_quoted(why)}'); END"
        )


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("pin", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("added_utc", sa.String(32), nullable=False),
    )
    op.create_table(
        "door",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("boot", sa.String(64), nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
    )


def _visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("alias", sa.LargeBinary),
        sa.Column("route", sa.String(40), nullable=False),
        sa.Column("therapist", sa.String(16)),
        sa.Column("begun_utc", sa.String(32), nullable=False),
        sa.Column("session", sa.String(80)),
        sa.Column("closed_utc", sa.String(32)),
    )
    op.create_table(
        "visit_entry",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("visit", sa.String(16), sa.ForeignKey("visit.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("utc", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("is_note", sa.Boolean, nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("visit", "seq"),
    )
    op.create_table(
        "follow_up",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visit.id"), primary_key=True),
        sa.Column("opens_utc", sa.String(32), nullable=False),
        sa.Column("closes_utc", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(16)),
        sa.Column("state", sa.String(16), nullable=False),
    )


def _upkeep() -> None:
    op.create_table(
        "retention",
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("days", sa.Integer, nullable=False),
    )
    op.create_table(
        "erasure",
        sa.Column("object", sa.String(80), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("utc", sa.String(32), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("utc", sa.String(32), nullable=False),
        sa.Column("mono_s", sa.Float, nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("object", sa.String(80), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
