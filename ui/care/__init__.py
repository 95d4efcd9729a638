"""The visit around a session, for staff: checklist, recovery, discharge, follow-ups, sign-in."""
