"""Who may do what: one table, looked into by the service layer before every act."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the clinic."""

    PATIENT = "patient"
    STAFF = "staff"
    THERAPIST = "therapist"
    ADMIN = "admin"


class Action(StrEnum):
    """What somebody may be allowed to do."""

    CALL = "call"
    STOP_AT_ONCE = "stop_at_once"
    CHOOSE_PRESET = "choose_preset"
    LEAVE_INTENTION = "leave_intention"
    RUN_SESSION = "run_session"
    LEAVE_KIOSK = "leave_kiosk"
    BUILD_PLAYLISTS = "build_playlists"
    READ_VISITS = "read_visits"
    WRITE_VISITS = "write_visits"
    OVERRIDE = "override"
    DISCHARGE = "discharge"
    READ_OWN_NOTES = "read_own_notes"
    READ_NOTES_WITH_REASON = "read_notes_with_reason"
    EXPORT = "export"
    CHANGE_OWN_PIN = "change_own_pin"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_DEVICES = "manage_devices"
    SET_RETENTION = "set_retention"
    ERASE = "erase"
    MANAGE_KEYS = "manage_keys"
    BACK_UP = "back_up"
    READ_AUDIT = "read_audit"


_ANYBODY = frozenset({Action.CALL, Action.STOP_AT_ONCE, Action.CHOOSE_PRESET})
_CARE = frozenset({
    Action.RUN_SESSION, Action.LEAVE_KIOSK, Action.READ_VISITS, Action.WRITE_VISITS,
    Action.OVERRIDE, Action.DISCHARGE, Action.READ_OWN_NOTES, Action.READ_NOTES_WITH_REASON,
    Action.EXPORT, Action.CHANGE_OWN_PIN,
})  # fmt: skip

PERMITTED: Mapping[Role, frozenset[Action]] = {
    Role.PATIENT: _ANYBODY | {Action.LEAVE_INTENTION},
    Role.STAFF: _ANYBODY | _CARE,
    Role.THERAPIST: _ANYBODY | _CARE | {Action.BUILD_PLAYLISTS},
    Role.ADMIN: _ANYBODY
    | {
        Action.LEAVE_KIOSK, Action.READ_VISITS, Action.EXPORT, Action.CHANGE_OWN_PIN,
        Action.MANAGE_PEOPLE, Action.MANAGE_DEVICES, Action.SET_RETENTION, Action.ERASE,
        Action.MANAGE_KEYS, Action.BACK_UP, Action.READ_AUDIT,
    },
}  # fmt: skip
"""Role to what it allows. An administrator reads visits without their notes.

A patient leaves an intention and reads nothing, also not what they left.
"""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something.

    Attributes
    ----------
    id : str
        A person's identifier; ``patient``, ``nobody`` and ``console`` are nobody's.
    role : Role
        What they are.
    """

    id: str
    role: Role


PATIENT = Actor("patient", Role.PATIENT)
"""Whoever sits in the chair; signs in nowhere."""

NOBODY = Actor("nobody", Role.PATIENT)
"""Whoever has not said who they are."""

CONSOLE = Actor("console", Role.ADMIN)
"""Whoever works at the command line: that account of the machine holds the key anyway."""


def is_permitted(role: Role, action: Action) -> bool:
    """Return whether a role allows an action."""
    return action in PERMITTED[role]
