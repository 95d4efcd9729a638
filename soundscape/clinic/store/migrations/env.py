"""Run by Alembic: migrates the connection that ``soundscape.clinic.store.schema`` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
