"""Headphones whose sensitivity is known, from the table that ships."""

import tomllib
from dataclasses import dataclass

from soundscape.errors import CalibrationError
from soundscape.home import home


@dataclass(frozen=True, slots=True)
class KnownHeadphones:
    """A model and how loud it is.

    Attributes
    ----------
    name : str
        Maker and model.
    sensitivity_db : float
        Sound pressure level at 1 V, in dB.
    """

    name: str
    sensitivity_db: float


def known_headphones() -> tuple[KnownHeadphones, ...]:
    """Return the models of the table."""
    path = home() / "assets" / "headphones" / "sensitivities.toml"
    rows = tomllib.loads(path.read_text("utf-8"))["headphones"]
    return tuple(KnownHeadphones(row["name"], float(row["sensitivity_db"])) for row in rows)


def sensitivity_of(name: str) -> float:
    """Return a model's sound pressure level at 1 V, in dB.

    Parameters
    ----------
    name : str
        All or a part of its name, in any case.

    Raises
    ------
    CalibrationError
        If no model is meant, or more than one.
    """
    models = known_headphones()
    found = [model for model in models if name.casefold() in model.name.casefold()]
    if len(found) == 1:
        return found[0].sensitivity_db
    names = "; ".join(model.name for model in (found or models))
    raise CalibrationError(f"'{name}' is not one of those known ({names}): give its sensitivity.")
