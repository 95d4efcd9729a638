"""How much of a week's safe listening a stretch of sound takes (ITU-T H.870, equal energy)."""

from collections.abc import Iterable

WEEK_H = 40.0
ADULTS_DB_A = 80.0
SENSITIVE_DB_A = 75.0
"""H.870: 40 hours a week at this level is the whole allowance; twice the energy, half the time."""


def allowance_percent(
    stretches: Iterable[tuple[float, float]], *, reference_db_a: float = SENSITIVE_DB_A
) -> float:
    """Return the share of a week's allowance that some listening takes, in percent.

    Parameters
    ----------
    stretches : Iterable[tuple[float, float]]
        Level at the ear in dB(A), and for how many hours.
    reference_db_a : float
        ``ADULTS_DB_A``, or ``SENSITIVE_DB_A``, which is the more careful.
    """
    used_h = 0.0
    for level_db_a, hours in stretches:
        used_h += hours * float(10.0 ** ((level_db_a - reference_db_a) / 10.0))
    return 100.0 * used_h / WEEK_H
