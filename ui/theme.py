"""The look of every window: colors, sizes, type, icons, and the style sheet made of them.

Contrast ratios are WCAG 2.2's and are computed from these tokens by the tests.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import cast

from PyQt6.QtCore import QByteArray, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
    QTransform,
)
from PyQt6.QtSvg import QSvgRenderer
from PyQt6.QtWidgets import QApplication

from soundscape.home import home
from soundscape.settings import read_settings

FAMILY = "Figtree"
EASY_FAMILY = "Atkinson Hyperlegible Next"
TEXT_PERCENTS = (100, 125, 150)
TEXT_PX = 18
"""Of what is read, as shipped."""

TARGET_PX = 52
PRIMARY_TARGET_PX = 64
PATIENT_TARGET_PX = 120
GAP_PX = 12


class Color(StrEnum):
    """The palette: warm and dark, for a dim room."""

    INK = "#14110F"
    PANEL = "#1D1916"
    RAISED = "#282320"
    PRESSED = "#332D28"
    HAIRLINE = "#3A332D"  # decoration only: 1.41:1 on PANEL
    EDGE = "#7D7265"
    TEXT = "#E9DFD0"
    MUTED = "#B3A797"
    FAINT = "#7F7568"  # disabled text only
    AMBER = "#E3A862"
    AMBER_HOT = "#EDBB80"
    ON_AMBER = "#1A120A"
    SAGE = "#9DB08C"
    STOP = "#D9695A"
    STOP_TEXT = "#F0A79B"
    NIGHT = "#060505"
    NIGHT_TEXT = "#8A7B6B"


TEXT_PAIRS = (
    (Color.TEXT, Color.INK),
    (Color.TEXT, Color.PANEL),
    (Color.TEXT, Color.RAISED),
    (Color.MUTED, Color.INK),
    (Color.MUTED, Color.PANEL),
    (Color.MUTED, Color.RAISED),
    (Color.TEXT, Color.PRESSED),
    (Color.TEXT, Color.ON_AMBER),
    (Color.ON_AMBER, Color.AMBER),
    (Color.ON_AMBER, Color.AMBER_HOT),
    (Color.ON_AMBER, Color.MUTED),
    (Color.AMBER, Color.INK),
    (Color.AMBER, Color.PANEL),
    (Color.SAGE, Color.INK),
    (Color.SAGE, Color.PANEL),
    (Color.STOP_TEXT, Color.PANEL),
    (Color.STOP_TEXT, Color.RAISED),
    (Color.NIGHT_TEXT, Color.NIGHT),
)
"""Pairs in which text may stand: each at least 4.5:1."""

CONTROL_PAIRS = (
    (Color.EDGE, Color.INK),
    (Color.EDGE, Color.PANEL),
    (Color.EDGE, Color.RAISED),
    (Color.AMBER, Color.RAISED),
    (Color.STOP, Color.PANEL),
    (Color.STOP, Color.RAISED),
)
"""Pairs of a control's edge and its ground: each at least 3:1."""


class Role(StrEnum):
    """What a text is for; it decides size, weight and color."""

    HEADING = "heading"
    TITLE = "title"
    BODY = "body"
    MUTED = "muted"
    SECTION = "section"
    CAPTION = "caption"
    DIGITS = "digits"
    CLOCK = "clock"
    GOOD = "good"
    WARNING = "warning"
    ON_BANNER = "on_banner"
    NOTICE = "notice"


_TYPE = {
    Role.HEADING: (40, 500, Color.TEXT),
    Role.TITLE: (26, 600, Color.TEXT),
    Role.BODY: (TEXT_PX, 400, Color.TEXT),
    Role.MUTED: (TEXT_PX, 400, Color.MUTED),
    Role.SECTION: (20, 600, Color.TEXT),
    Role.CAPTION: (15, 500, Color.MUTED),
    Role.DIGITS: (30, 600, Color.TEXT),
    Role.CLOCK: (40, 600, Color.TEXT),
    Role.GOOD: (18, 500, Color.SAGE),
    Role.WARNING: (18, 600, Color.STOP_TEXT),
    Role.NOTICE: (20, 500, Color.TEXT),
    Role.ON_BANNER: (28, 600, Color.ON_AMBER),
}

_SHEET = Template("""
QWidget { color: $text; font-family: "$family"; font-size: ${px18}px; }
QMainWindow, QDialog, #window { background: $ink; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 8px; }

QFrame[card="true"] {
    background: $panel; border: 1px solid $hairline; border-radius: 22px;
}

QPushButton {
    background: $raised; color: $text; border: 1.5px solid $edge; border-radius: 20px;
    min-height: 49px; min-width: 49px; padding: 0 18px; font-weight: 500;
}
QPushButton:hover { background: $pressed; }
QPushButton:pressed { background: $ink; }
QPushButton:disabled { background: $panel; color: $faint; border-color: $hairline; }
QPushButton:checked {  /* its edge is wider, the button is not */
    border: 2.5px solid $amber; background: $pressed; min-height: 47px; min-width: 47px;
}
QPushButton:focus { border: 2.5px solid $text; }
QPushButton[kind="primary"] {
    background: $amber; color: $on_amber; border: 2px solid $amber; border-radius: 32px;
    min-height: 60px; padding: 0 32px; font-size: ${px20}px; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $amber_hot; }
QPushButton[kind="primary"]:pressed { background: $muted; }
QPushButton[kind="primary"]:disabled {
    background: $raised; color: $faint; border-color: $hairline;
}
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="stop"] { color: $stop_text; border: 2px solid $stop; }
QPushButton[kind="plain"] {
    background: transparent; border-color: transparent; color: $muted; padding: 0;
}
QPushButton[ends="true"] { text-align: right; }  /* where its line ends; Qt turns it around */
QPushButton[kind="plain"]:hover { background: $panel; color: $text; }
QPushButton[kind="plain"]:disabled { color: $faint; }
QPushButton[kind="plain"]:focus { border: 2.5px solid $text; }

QPushButton[kind="next"] { border: 2px solid $amber; font-weight: 600; }
QPushButton[kind="next"]:disabled { border-color: $hairline; }
QPushButton[kind="next"]:focus { border: 2.5px solid $text; }
QPushButton[slim="true"] { padding: 0 1px; }
QPushButton[action="true"] { padding: 0 4px; min-height: 56px; }
QPushButton[action="true"]:checked, QPushButton[action="true"][kind="next"] { min-height: 54px; }
QPushButton[place="true"] {  /* one of a list: where somebody is, or could go */
    background: transparent; border: 2px solid transparent; color: $muted; text-align: left;
    padding: 0 14px; min-height: 48px;
}
QPushButton[place="true"]:hover { background: $panel; color: $text; }
QPushButton[place="true"]:checked {
    background: $raised; border: 2px solid $amber; color: $text; font-weight: 600;
    min-height: 48px;
}
QPushButton[place="true"]:focus { border: 2.5px solid $text; min-height: 47px; }
QPushButton[key="true"] {
    min-height: 84px; min-width: 84px; padding: 0; font-size: ${px26}px; font-weight: 500;
}
QPushButton[kind="banner"] {
    background: $on_amber; color: $text; border: 2px solid $on_amber; border-radius: 28px;
    min-height: 56px; padding: 0 28px; font-weight: 600;
}
QPushButton[kind="banner"]:focus { border-color: $text; }
QPushButton[kind="banner"]:disabled { background: $amber; color: $on_amber; }
QFrame#banner { background: $amber; border: 0; border-radius: 22px; }
QFrame#banner[quiet="true"] { background: $panel; border: 2px solid $amber; }
QWidget[together="true"] { max-width: ${px400}px; }
QFrame#rule { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }

QLineEdit, QComboBox, QSpinBox {
    background: $panel; color: $text; border: 1.5px solid $edge; border-radius: 16px;
    min-height: 49px; padding: 0 16px; selection-background-color: $amber;
    selection-color: $on_amber;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2.5px solid $amber; }
QComboBox::drop-down { border: 0; width: 44px; }
QComboBox::down-arrow { image: url("$icons/chevron-down-muted.svg"); width: 22px; height: 22px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $edge; selection-background-color: $amber;
    selection-color: $on_amber; outline: 0;
}
QComboBox QAbstractItemView::item { min-height: 52px; padding: 0 12px; }

QTableView, QListView, QTreeView {
    background: $panel; alternate-background-color: $panel; border: 0; outline: 0;
    gridline-color: $hairline; selection-background-color: $pressed; selection-color: $text;
}
QHeaderView::section {
    background: $panel; color: $muted; border: 0; border-bottom: 1px solid $hairline;
    padding: 10px 12px; font-size: ${px15}px; font-weight: 500;
}
QTableView::item, QListView::item { padding: 6px 12px; }

QProgressBar {
    background: $raised; border: 0; border-radius: 5px; max-height: 10px; min-height: 10px;
    color: transparent;
}
QProgressBar::chunk { background: $amber; border-radius: 5px; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 2px; }
QScrollBar[thin="true"]:horizontal { height: 6px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 5px; min-height: 52px; min-width: 52px; }
QScrollBar[thin="true"]::handle { border-radius: 3px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader chose.

    Attributes
    ----------
    text_percent : int
        One of ``TEXT_PERCENTS``.
    easy_reading : bool
        Set in the face that is easier to read.
    """

    text_percent: int = 100
    easy_reading: bool = False

    def px(self, size: int) -> int:
        """Return a text size in pixels, as scaled by the reader."""
        return round(size * self.text_percent / 100)


def read_look(settings: Path) -> Look:
    """Return the look that a settings file asks for; what it does not say is as shipped."""
    said = read_settings(settings)
    percent = said.get("text_percent")
    return Look(
        text_percent=next((known for known in TEXT_PERCENTS if known == percent), 100),
        easy_reading=said.get("easy_reading") is True,
    )


def text_scale(font: QFont) -> float:
    """Return how large text is beside that as shipped; what holds words grows with it."""
    return font.pixelSize() / TEXT_PX


def apply_theme(app: QApplication, look: Look | None = None) -> None:
    """Give every window of a program its type, colors and sizes; may be called again."""
    look = look or Look()
    _load_fonts()
    family = EASY_FAMILY if look.easy_reading else FAMILY
    font = QFont(family)
    font.setPixelSize(look.px(TEXT_PX))
    sheet = style_sheet(look, family)
    if app.styleSheet() != sheet:  # to set it again would cost every window a new layout
        app.setStyle("Fusion")
        app.setFont(font)
        app.setPalette(_palette())
        app.setStyleSheet(sheet)


def style_sheet(look: Look, family: str = FAMILY) -> str:
    """Return the style sheet for a look."""
    names = {color.name.lower(): str(color) for color in Color}
    sizes = {f"px{size}": str(look.px(size)) for size in (15, 18, 20, 26, 400)}
    icons = (home() / "assets" / "icons").as_posix()
    sheet = _SHEET.substitute(names | sizes, family=family, icons=icons)
    return sheet + "".join(_role_rule(role, look) for role in Role)


def _role_rule(role: Role, look: Look) -> str:
    size, weight, color = _TYPE[role]
    return (
        f'QLabel[role="{role}"] {{ font-size: {look.px(size)}px; font-weight: {weight};'
        f" color: {color}; background: transparent; }}\n"
    )


def _load_fonts() -> None:
    """Load the shipped type; it has to be asked for by advance, never by QFontInfo."""
    if FAMILY not in QFontDatabase.families():
        for path in sorted((home() / "assets" / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))


def _palette() -> QPalette:
    palette = QPalette()
    parts = {
        QPalette.ColorRole.Window: Color.INK,
        QPalette.ColorRole.WindowText: Color.TEXT,
        QPalette.ColorRole.Base: Color.PANEL,
        QPalette.ColorRole.AlternateBase: Color.RAISED,
        QPalette.ColorRole.Text: Color.TEXT,
        QPalette.ColorRole.PlaceholderText: Color.MUTED,
        QPalette.ColorRole.Button: Color.RAISED,
        QPalette.ColorRole.ButtonText: Color.TEXT,
        QPalette.ColorRole.Highlight: Color.AMBER,
        QPalette.ColorRole.HighlightedText: Color.ON_AMBER,
    }
    for part, color in parts.items():
        palette.setColor(part, QColor(color))
    return palette


def tabular(font: QFont) -> QFont:
    """Return a font whose digits all have one width, so that running numbers stand still."""
    steady = QFont(font)
    steady.setFeature(QFont.Tag(b"tnum"), 1)
    return steady


TURNED = frozenset({"arrow-left", "list", "redo-2", "undo-2"})
"""Icons that point along the reading; what stands for sound, time or a thing stays as it is."""


def icon_pixmap(name: str, color: Color = Color.TEXT, size_px: int = 24) -> QPixmap:
    """Return an icon in a color, drawn once for the screen's pixel ratio."""
    screen = QGuiApplication.primaryScreen()
    ratio = max(2.0, screen.devicePixelRatio() if screen else 1.0)
    turns = name in TURNED and QGuiApplication.isRightToLeft()
    key = f"{name} {color} {size_px} {ratio} {turns}"
    pixmap = cast("QPixmap | None", QPixmapCache.find(key))  # its stub forgets the None
    if pixmap is None:
        pixmap = _drawn(name, color, round(size_px * ratio), turns=turns)
        pixmap.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _drawn(name: str, color: Color, size_px: int, *, turns: bool) -> QPixmap:
    source = (home() / "assets" / "icons" / f"{name}.svg").read_text("utf-8")
    drawn = source.replace("currentColor", color).replace(
        'stroke-width="2"', 'stroke-width="1.75"'
    )
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawn.encode("utf-8"))).render(painter)
    painter.end()
    return pixmap.transformed(QTransform.fromScale(-1.0, 1.0)) if turns else pixmap


def icon(name: str, color: Color = Color.TEXT, size_px: int = 24, *, gap_px: int = 0) -> QIcon:
    """Return an icon for a button, faint while disabled, with a gap beside it for a text."""
    made = QIcon(_with_gap(icon_pixmap(name, color, size_px), gap_px))
    faint = icon_pixmap(name, Color.FAINT, size_px)
    made.addPixmap(_with_gap(faint, gap_px), QIcon.Mode.Disabled)
    return made


def _with_gap(pixmap: QPixmap, gap_px: int) -> QPixmap:
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.size() + QSize(round(gap_px * ratio), 0))
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(gap_px if QGuiApplication.isRightToLeft() else 0, 0, pixmap)
    painter.end()
    return wide
