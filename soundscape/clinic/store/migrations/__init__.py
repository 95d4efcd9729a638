"""How the clinic's database became what it is: Alembic's scripts, one a version."""
