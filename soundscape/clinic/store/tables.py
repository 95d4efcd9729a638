"""The clinic's tables; the only place with column names beside the migrations.

What people typed is in columns of bytes, sealed. A test holds the migrations to these tables.
"""

import sqlalchemy as sa

METADATA = sa.MetaData()

PERSON = sa.Table(
    "person",
    METADATA,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", sa.LargeBinary, nullable=False),
    sa.Column("pin", sa.LargeBinary, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("added_utc", sa.String(32), nullable=False),
)
"""Who signs in; name and hashed PIN are sealed."""

DOOR = sa.Table(
    "door",
    METADATA,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("boot", sa.String(64), nullable=False),
    sa.Column("at_s", sa.Float, nullable=False),
)
"""Wrong PINs in a row, for each person, for the chair, and for names that nobody has."""

VISIT = sa.Table(
    "visit",
    METADATA,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("alias", sa.LargeBinary),
    sa.Column("route", sa.String(40), nullable=False),
    sa.Column("therapist", sa.String(16)),
    sa.Column("begun_utc", sa.String(32), nullable=False),
    sa.Column("session", sa.String(80)),
    sa.Column("closed_utc", sa.String(32)),
)
"""Each visit; the alias is sealed, and nothing once the visit was erased."""

ENTRY = sa.Table(
    "visit_entry",
    METADATA,
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
"""What happened in a visit, never changed; the facts are sealed."""

FOLLOW_UP = sa.Table(
    "follow_up",
    METADATA,
    sa.Column("visit", sa.String(16), sa.ForeignKey("visit.id"), primary_key=True),
    sa.Column("opens_utc", sa.String(32), nullable=False),
    sa.Column("closes_utc", sa.String(32), nullable=False),
    sa.Column("owner", sa.String(16)),
    sa.Column("state", sa.String(16), nullable=False),
)
"""When somebody is to speak with the patient again, and whether it was done."""

RETENTION = sa.Table(
    "retention",
    METADATA,
    sa.Column("what", sa.String(16), primary_key=True),
    sa.Column("days", sa.Integer, nullable=False),
)
"""How long each class of data is kept; what is not named here stays."""

ERASURE = sa.Table(
    "erasure",
    METADATA,
    sa.Column("object", sa.String(80), primary_key=True),
    sa.Column("what", sa.String(16), primary_key=True),
    sa.Column("utc", sa.String(32), nullable=False),
)
"""What was erased: the tombstone. Only what has one can be deleted."""

AUDIT = sa.Table(
    "audit",
    METADATA,
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
"""Who did what, signed in a chain."""
