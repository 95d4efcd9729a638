"""What composers' file names say of how energetic their music is."""

import re
from pathlib import Path

_HIGH = re.compile(r"battle|combat|frantic|vengeful|fight|attack|boss", re.IGNORECASE)
_LOW = re.compile(r"ambient|ambiphonic|peace|sad|ocean|love_theme|geoscape|calm", re.IGNORECASE)


def label_of(path: Path) -> str:
    """Return ``high``, ``low``, or nothing where the name says neither or both."""
    high, low = _HIGH.search(path.stem), _LOW.search(path.stem)
    if bool(high) == bool(low):
        return ""
    return "high" if high else "low"
