"""Who is at the machine, for acts that nobody signed."""

import getpass


def person() -> str:
    """Return who is signed in to the machine; empty where the system does not tell."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
