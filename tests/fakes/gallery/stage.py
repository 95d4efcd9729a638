"""What a screen is made from, and one line that says how."""

from collections.abc import Callable
from dataclasses import dataclass

from fakes.clock import FakeClock
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from ui.theme import TARGET_PX


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a screen is made.

    Attributes
    ----------
    qtbot : QtBot
        Waits for what a screen does in the background.
    folder : DataFolder
        A chair of its own, empty but for settings that name the text's size.
    clock : FakeClock
        Stands still until it is told.
    """

    qtbot: QtBot
    folder: DataFolder
    clock: FakeClock


@dataclass(frozen=True, slots=True)
class Screen:
    """A window or a page in one of its states.

    Attributes
    ----------
    name : str
        Of window and state.
    make : Callable[[Stage], QWidget]
        Makes it; it need not be shown yet.
    target_px : int
        Least width and height of what a finger may meet.
    scrolls : bool
        It may be higher than a usual window at the usual text size.
    given : frozenset[str]
        Texts that it shows as they were given to it, in no language.
    end : Callable[[QWidget], object]
        Closes it.
    """

    name: str
    make: Callable[[Stage], QWidget]
    target_px: int = TARGET_PX
    scrolls: bool = False
    given: frozenset[str] = frozenset()
    end: Callable[[QWidget], object] = QWidget.close

    def __str__(self) -> str:
        return self.name
