"""Lines to type in, and parts under their own names."""

from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.theme import Role
from ui.widgets.labels import Label

LONGEST_NAME_CHARS = 80
"""Of what somebody is called."""

_NAME_GAP_PX = 4
"""A name stands nearer to its own part than to the one above."""


def line(name: str, longest_chars: int = LONGEST_NAME_CHARS) -> QLineEdit:
    """Return a line to type in, for as many characters."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(longest_chars)
    return made


def captioned(part: QWidget) -> QWidget:
    """Return a part under its own name."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(_NAME_GAP_PX)
    column.addWidget(Label(part.accessibleName(), Role.CAPTION, wraps=True))
    column.addWidget(part)
    return row
