"""How a chair stands, in a few lines: music, space, the patient's choice, and what is amiss."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soundscape.session.preflight import Check
from ui.desk.wishes import ChairState, music_text
from ui.sentences import check_text
from ui.theme import GAP_PX, Color, Role
from ui.widgets.labels import IconLabel, Label
from ui.words import _, decimal

LITTLE_SPACE_GB = 1.0


class ChairFacts(QWidget):
    """Shows what is good in one quiet line each, and what is not as a warning."""

    def __init__(self) -> None:
        super().__init__()
        self.music = Label("", Role.BODY, wraps=True)
        self.space = Label("", Role.BODY, wraps=True)
        self.choice = Label("", Role.BODY, wraps=True)
        self.machine = Label("", Role.WARNING, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for icon_name, label in (
            ("music", self.music),
            ("save", self.space),
            ("hand-heart", self.choice),
        ):
            row = QHBoxLayout()
            row.setSpacing(GAP_PX)
            row.addWidget(IconLabel(icon_name, Color.MUTED))
            row.addWidget(label, 1)
            column.addLayout(row)
        column.addWidget(self.machine)

    def show_state(self, state: ChairState, chosen: str) -> None:
        """Show how the chair stands.

        Parameters
        ----------
        state : ChairState
            What is known of it.
        chosen : str
            Title of the preset that the patient chose; empty where none did.
        """
        self.music.setText(music_text(state.tracks) if state.tracks else _("No music yet"))
        little = state.free_gb < LITTLE_SPACE_GB
        space = _("{free} GB free").format(free=decimal(state.free_gb, 1 if little else 0))
        self.space.setText(
            _("Little space on the disk: {free}").format(free=space) if little else space
        )
        self.space.set_role(Role.WARNING if little else Role.BODY)
        self.choice.setText(_choice_text(chosen, state.intention))
        self._show_checks(state.checks)

    def _show_checks(self, checks: Sequence[Check]) -> None:
        """Say what of power, sleep and clock stands against a session on this machine."""
        faults = [check_text(check) for check in checks if not check.ok]
        if checks and not faults:
            fine = _("Power and clock are fine.")
            self.space.setText(f"{self.space.text()}. {fine}")
        self.machine.setText("\n".join(faults))
        self.machine.setVisible(bool(faults))


def _choice_text(title: str, intention: str) -> str:
    """Return what the patient has chosen, and whether they would like to say more."""
    chose = _("The patient chose {title}").format(title=title) if title else ""
    shared = {
        "shared": _("They would like to share an intention."),
        "private": _("They keep their intention to themselves."),
    }.get(intention, "")
    if chose and shared:
        return f"{chose}. {shared}"
    return chose or shared or _("No choice yet")
