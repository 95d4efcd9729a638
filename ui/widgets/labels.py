"""Texts: each says what it is for, and the theme decides how it looks."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from ui.theme import Color, Role, icon_pixmap, tabular


class Label(QLabel):
    """A text with a role.

    Parameters
    ----------
    text : str
        Shown as it is, never as markup: it may come from a file's tags.
    role : Role
        Decides size, weight and color.
    wraps : bool
        Breaks into lines where it is too wide.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        if self.isRightToLeft():  # also a name that is itself written from the left
            flags = Qt.AlignmentFlag
            self.setAlignment(flags.AlignRight | flags.AlignAbsolute | flags.AlignVCenter)
        if role in {Role.DIGITS, Role.CLOCK}:
            self.setFont(tabular(self.font()))

    def set_role(self, role: Role) -> None:
        """Change what the text is for."""
        if self.property("role") != role:
            self.setProperty("role", role)
            style = self.style()
            if style is not None:
                style.unpolish(self)
                style.polish(self)


class IconLabel(QLabel):
    """A picture that stands beside a text and says nothing by itself."""

    def __init__(self, name: str, color: Color, *, size_px: int = 24) -> None:
        super().__init__()
        self._size_px = size_px
        self.show_icon(name, color)

    def show_icon(self, name: str, color: Color) -> None:
        """Show another picture."""
        self.setPixmap(icon_pixmap(name, color, self._size_px))


class Rule(QFrame):
    """A hairline between two rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule")
