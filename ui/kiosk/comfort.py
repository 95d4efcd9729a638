"""What the patient's screen shows when nothing is asked: black, a glow, or a few words."""

import math
from enum import Enum, StrEnum, auto
from pathlib import Path

import numpy as np
from PyQt6.QtGui import QImage

from soundscape.errors import InvalidPlanError
from soundscape.settings import read_settings
from soundscape.units import Seconds
from soundscape.visit.words import load_words
from ui.bridge import Status
from ui.words import _, language

BREATH_S = Seconds(14.0)
"""One breath of the glow: 0.07 Hz, far below anything that flickers."""
LEAST_GLOW = 0.55
STILL_GLOW = 0.775
"""Its mean, where nothing is to move."""
_WORDS_FULL_AT = 0.25
_GLOW_RADIUS = 0.55
_SEED = 11


class Glow(StrEnum):
    """What may be seen in a session; off is as shipped."""

    OFF = "off"
    EMBER = "ember"
    MOSS = "moss"


_TINT = {Glow.EMBER: (58.0, 33.0, 17.0), Glow.MOSS: (20.0, 42.0, 24.0)}
"""Brightest color of a glow, sRGB 0-255: caps the luminance of its center below 0.02."""


def read_glow(settings: Path) -> Glow:
    """Return the glow that a settings file asks for under ``kiosk_glow``, else none."""
    try:
        return Glow(str(read_settings(settings).get("kiosk_glow", Glow.OFF)))
    except ValueError:
        return Glow.OFF


def read_cue(clinic: Path) -> str:
    """Return the clinic's line for the minutes before the dose; empty where it wants none.

    Where its file cannot be read the line is the shipped one: staff are told elsewhere.

    Parameters
    ----------
    clinic : Path
        Its ``visit.toml``.
    """
    try:
        words = load_words(language(), clinic)
    except InvalidPlanError:
        words = load_words(language())
    return words.texts["cue"]


def glow_image(glow: Glow, width: int, height: int) -> QImage:
    """Return a round glow on black, of the size given in pixels.

    Triangular noise of one step is added before rounding, so that no band shows on a dark
    8-bit gradient; it is the same each time.
    """
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = _GLOW_RADIUS * min(width, height)
    distance = np.hypot(columns - width / 2.0, rows - height * 0.46) / reach
    shape = np.exp(-3.2 * distance**2)
    random = np.random.default_rng(_SEED)
    noise = random.random((height, width, 3)) - random.random((height, width, 3))
    color = shape[..., None] * np.array(_TINT[glow], dtype=np.float32)
    noise *= np.minimum(1.0, color)  # black stays black
    pixels = np.clip(np.rint(color + noise), 0, 255).astype(np.uint8)
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def breath(moment: Seconds | float) -> float:
    """Return how strong the glow is at a moment, ``LEAST_GLOW``-1, rising and falling slowly."""
    wave = 0.5 - 0.5 * math.cos(2.0 * math.pi * float(moment) / BREATH_S)
    return LEAST_GLOW + (1.0 - LEAST_GLOW) * wave


class Chair(Enum):
    """What is known at the chair while no session answers."""

    FRESH = auto()  # no session has been seen yet
    LOST = auto()  # one was seen and does not answer: it may well be going on
    OVER = auto()  # one has been followed to its end


def words_for(
    status: Status | None, chair: Chair = Chair.FRESH, cue: str = ""
) -> tuple[str, float]:
    """Return a few calm words for a status, and how strong they are, 0-1.

    They follow the light of the screen that the phase asks for, so that they are gone soon
    after the dose and back when the patient is.

    Parameters
    ----------
    status : Status | None
        The session's; None where none answers.
    chair : Chair
        What was seen before, where none answers. Where one is lost the screen stays dark: a
        patient in the middle of a session is not to be woken by a failing link.
    cue : str
        The clinic's line before the dose, if any; whoever chose silence is spared it.
    """
    welcome = _("Welcome. There is nothing you need to do.")
    if status is None and chair is Chair.LOST:
        return "", 0.0
    if status is None and chair is Chair.FRESH:
        return welcome, 1.0
    if status is None or status["state"] == "ended":
        return _("Welcome back. Take all the time you need."), 1.0
    words = {
        "settle": (cue if status["cues"] else "") or welcome,
        "ground": _("Welcome back. There is no hurry."),
        "recover": _("Welcome back. Take all the time you need."),
    }.get(str(status["phase"]), "")
    return words, min(1.0, float(status["screen"]) / _WORDS_FULL_AT)
