"""The library's tables; the only place with column names."""

import sqlalchemy as sa

METADATA = sa.MetaData()

# A file's name is bytes that need not be text, hence LargeBinary.
FILE = sa.Table(
    "file",
    METADATA,
    sa.Column("path", sa.LargeBinary, primary_key=True),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("modified_ns", sa.BigInteger, nullable=False),
    sa.Column("content_hash", sa.String(64), index=True),
    sa.Column("reason", sa.Text),
    sa.Column("analysis_version", sa.Integer, nullable=False),
)
"""Each file that was looked at: what it held, or why it was refused."""

TRACK = sa.Table(
    "track",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("content_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("path", sa.LargeBinary, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("artist", sa.Text, nullable=False),
    sa.Column("album", sa.Text, nullable=False),
    # The same without case and accents, to sort by.
    sa.Column("title_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("artist_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("album_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("duration_s", sa.Float, nullable=False),
    sa.Column("sample_rate_hz", sa.Integer, nullable=False),
    sa.Column("channels", sa.Integer, nullable=False),
    sa.Column("codec", sa.Text, nullable=False),
    sa.Column("tempo_bpm", sa.Float),
    sa.Column("tempo_confidence", sa.Float, nullable=False),
    sa.Column("beat_strength", sa.Text, nullable=False, server_default="none"),
    sa.Column("energy", sa.Float, nullable=False),
    sa.Column("percussiveness", sa.Float, nullable=False, server_default="0"),
    sa.Column("integrated_lufs", sa.Float, nullable=False),
    sa.Column("loudness_range_lu", sa.Float, nullable=False),
    sa.Column("true_peak_dbtp", sa.Float, nullable=False),
    sa.Column("max_rise_lu_2s", sa.Float, nullable=False),
    sa.Column("max_jump_lu", sa.Float, nullable=False, server_default="0"),
    sa.Column("brightness_hz", sa.Float, nullable=False),
    sa.Column("vocal_probability", sa.Float),
    sa.Column("lead_silence_s", sa.Float, nullable=False),
    sa.Column("tail_silence_s", sa.Float, nullable=False),
    sa.Column("fade_in_s", sa.Float, nullable=False, server_default="0"),
    sa.Column("fade_out_s", sa.Float, nullable=False, server_default="0"),
    sa.Column("audition_s", sa.Float, nullable=False, server_default="0"),
    sa.Column("loopability", sa.Float, nullable=False, server_default="0"),
    sa.Column("analysis_version", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0", index=True),
)
"""Each content, with the machine's word on it; the revision rises with each change, also of a
rating, so that whoever has read the table finds what is new."""

CURVE = sa.Table(
    "curve",
    METADATA,
    sa.Column("content_hash", sa.String(64), primary_key=True),
    sa.Column("tempo_alternatives", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("energy_curve", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("loudness_curve", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("voice_spans", sa.JSON, nullable=False, server_default="[]"),
)
"""What is long of the machine's word, apart so that all tracks are looked through quickly."""

RATING = sa.Table(
    "rating",
    METADATA,
    sa.Column("content_hash", sa.String(64), primary_key=True),
    sa.Column("instrumental", sa.Boolean),
    sa.Column("energy", sa.Float),
    sa.Column("tags", sa.JSON, nullable=False),
    sa.Column("avoid", sa.Boolean, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("familiar", sa.Boolean, nullable=False, server_default="0"),
    sa.Column("source", sa.Text, nullable=False, server_default=""),
)
"""The therapist's word on a content."""

WATCHED = sa.Table("watched", METADATA, sa.Column("path", sa.LargeBinary, primary_key=True))
"""Folders that are looked through again by themselves."""

SAVED = sa.Table(
    "saved_search",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
)
"""Searches under a name."""

# The highest is read from the index only where nothing else is asked of it.
_RISE = "UPDATE track SET revision = (SELECT max(revision) FROM track) + 1 WHERE "
_OF_TRACK = f"BEGIN {_RISE} id = new.id; END"
_OF_RATING = f"BEGIN {_RISE} content_hash = new.content_hash; END"
_NOT_YET = "new.revision = old.revision"
TRIGGERS = (
    f"CREATE TRIGGER track_added AFTER INSERT ON track {_OF_TRACK}",
    f"CREATE TRIGGER track_changed AFTER UPDATE ON track WHEN {_NOT_YET} {_OF_TRACK}",
    f"CREATE TRIGGER rating_added AFTER INSERT ON rating {_OF_RATING}",
    f"CREATE TRIGGER rating_changed AFTER UPDATE ON rating {_OF_RATING}",
)
"""Statements that make the revision rise."""
