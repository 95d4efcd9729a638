"""A search under a name: saved, renamed or removed."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _

WIDTH_PX, LONGEST = 520, 40


class SearchDialog(QDialog):
    """Asks for a search's name; ``kept`` carries name and search, ``removed`` the name.

    Parameters
    ----------
    name : str
        The name that the search has; empty for a new one.
    query : str
        What is searched.
    parent : QWidget
        The builder.
    """

    kept = pyqtSignal(str, str)
    removed = pyqtSignal(str)

    def __init__(self, name: str, query: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._before, self._query = name, query
        self.name = QLineEdit(name)
        self.keep = Button(_("Save"), Kind.PRIMARY, icon_name="save")
        self.remove = Button(_("Remove"), Kind.STOP, icon_name="trash-2")
        self.cancel = Button(_("Cancel"), icon_name="x")
        self.setObjectName("window")
        self.setWindowTitle(_("Change the search") if name else _("Save the search"))
        self.setMinimumWidth(WIDTH_PX)
        self._lay_out()
        self.name.textChanged.connect(self._follow)
        self.name.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.remove.clicked.connect(self._remove)
        self.cancel.clicked.connect(self.reject)
        self._follow()

    def _lay_out(self) -> None:
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(_("Name"))
        self.name.setPlaceholderText(_("as Slow strings"))
        self.remove.setVisible(bool(self._before))
        actions = QHBoxLayout()
        actions.setSpacing(GAP_PX)
        actions.addWidget(self.remove)
        actions.addStretch(1)
        actions.addWidget(self.cancel)
        actions.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(GAP_PX)
        whole.addWidget(Label(_("Name"), Role.CAPTION))
        whole.addWidget(self.name)
        whole.addWidget(Label(self._query, Role.MUTED, wraps=True))
        whole.addLayout(actions)

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.kept.emit(self.name.text().strip(), self._query)
            self.accept()

    def _remove(self) -> None:
        self.removed.emit(self._before)
        self.accept()
