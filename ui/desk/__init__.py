"""Staff desk: start a session, follow it, steer it."""
