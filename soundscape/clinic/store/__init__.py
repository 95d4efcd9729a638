"""The clinic's database: SQLite by SQLAlchemy, brought up to date by Alembic."""
