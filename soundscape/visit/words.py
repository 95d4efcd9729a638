"""The words of a visit's papers in the patient's language: data, changed in part by the clinic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields, read_fields
from soundscape.home import home
from soundscape.visit.clinic_file import read_clinic

LINES: Mapping[str, int] = {
    "restrict_lines": 3,
    "care_lines": 3,
    "window_ticks": 4,
    "prompts": 3,
    "weekdays": 7,
    "months": 12,
}
"""Which words are lists, and of how many."""

CHANGEABLE: Mapping[str, int] = {"clinic": 60, "phone": 30, "cue": 120, "prompts": 70, "clock": 12}
"""What a clinic may say in its own words, and the most characters: the sheet stays one page."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language.

    Attributes
    ----------
    language : str
        Its code: ``en``.
    texts : Mapping[str, str]
        By name; some have places to fill in, in braces.
    lists : Mapping[str, tuple[str, ...]]
        By name.
    """

    language: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def day_and_time(self, moment: datetime) -> str:
        """Return a local moment in words; midnight belongs to the day that it ends."""
        return self._dated("at_time", moment)

    def end_of_day(self, day: datetime) -> str:
        """Return the end of a local day in words."""
        return self._dated("at_midnight", day)

    def _dated(self, name: str, moment: datetime) -> str:
        return self.texts[name].format(
            weekday=self.lists["weekdays"][moment.weekday()],
            day=moment.day,
            month=self.lists["months"][moment.month - 1],
            time=moment.strftime(self.texts["clock"]),
        )


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are."""
    return tuple(sorted(path.name.split(".")[1] for path in _folder().glob("sheet.*.toml")))


def load_words(language: str, clinic: Path | None = None) -> Words:
    """Return the words in a language, changed where the clinic's file says so.

    Parameters
    ----------
    language : str
        Its code.
    clinic : Path | None
        The clinic's ``visit.toml``.

    Raises
    ------
    InvalidPlanError
        If there is no such language, or the clinic's words are faulty; it names the field.
    """
    if language not in languages():
        raise InvalidPlanError("language", f"must be one of {', '.join(languages())}")
    table = read_fields(_folder() / f"sheet.{language}.toml").rest()
    chosen = read_clinic(clinic, "sheet")
    unknown = set(chosen) - set(languages())
    if unknown:
        raise InvalidPlanError(f"sheet.{min(unknown)}", "is no language of the sheet")
    changed = chosen.get(language, {})
    _check_changes(changed, f"sheet.{language}.")
    return _read(table | changed, f"sheet.{language}.")


def _folder() -> Path:
    return home() / "assets" / "visit"


def _read(table: Mapping[str, Any], where: str) -> Words:
    """Return the words in a table.

    Raises
    ------
    InvalidPlanError
        If a list has not as many lines as the sheet.
    """
    found = Fields(table, where)
    lists = {name: found.words(name) for name in LINES}
    for name, count in LINES.items():
        if len(lists[name]) != count:
            raise InvalidPlanError(f"{where}{name}", f"must be {count} texts")
    texts = found.rest()
    return Words(texts.pop("language"), texts, lists)


def _check_changes(changed: Mapping[str, Any], where: str) -> None:
    """Refuse words of a clinic that are not its to change, or too long for the sheet.

    Raises
    ------
    InvalidPlanError
        Naming the field.
    """
    for name, value in changed.items():
        if name not in CHANGEABLE:
            raise InvalidPlanError(f"{where}{name}", f"is none of {', '.join(CHANGEABLE)}")
        lines = value if name in LINES else [value]
        longest = CHANGEABLE[name]
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise InvalidPlanError(f"{where}{name}", "must be a text, or texts where it is a list")
        if any(len(line) > longest for line in lines):
            raise InvalidPlanError(f"{where}{name}", f"may be {longest} characters long")
