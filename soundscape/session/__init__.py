"""A session: its plan, phases, timeline, record, and the process that conducts it."""
