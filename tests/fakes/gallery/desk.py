"""The desk in its states."""

from dataclasses import replace
from typing import Any

from fakes.gallery.stage import Screen, Stage
from fakes.session import status

from playlists.presets import load_presets
from playlists.routes import load_routes
from soundscape.engine.sinks import Sink
from soundscape.session.preflight import Check
from soundscape.units import Seconds
from ui.desk.session_panel import SessionPanel
from ui.desk.start_panel import StartPanel
from ui.desk.wishes import ChairState

USB = Sink("alsa_output.usb", "USB Headphones")
LONG = Sink("bluez_output.1", "Wireless Headphones of the Second Chair", battery_percent=20)
CUT_OFF = (
    "The session begun 2026-03-10 09:14 was interrupted at 24:10 min. Nothing plays until you"
    " decide."
)
NO_POWER = Check(
    "power", ok=False, detail="on battery, 40 %; plug the machine in before a session"
)
TYPICAL = ChairState(412, 38.0, "ember", (USB,), USB, intention="shared")
FULL = replace(
    TYPICAL, free_gb=0.4, sinks=(LONG, USB), headphones=LONG, interrupted=CUT_OFF,
    checks=(NO_POWER,),
)  # fmt: skip
EMPTY = ChairState(0, 38.0, "", (), None)
GIVEN = frozenset({
    USB.title, LONG.title, "Headphones", "Wide water", "Spoke",
})  # fmt: skip
DEVICE_LOST = {
    "level": "act now",
    "text": f"Nothing is heard. The headphones '{USB.title}' are not there; check the plug.",
}
LITTLE_SPACE = {"level": "soon", "text": "3 entries of the record wait in memory; free some disk."}


def start(stage: Stage, state: ChairState) -> StartPanel:
    """Return the desk before a session."""
    made = StartPanel(load_routes(), load_presets(), stage.clock)
    made.show_chair(state)
    return made


def busy(stage: Stage) -> StartPanel:
    """Return the desk while music is chosen."""
    made = start(stage, TYPICAL)
    made.show_busy("\u2026")
    return made


def tried(stage: Stage) -> StartPanel:
    """Return the desk after one side of the headphones was not heard."""
    made = start(stage, TYPICAL)
    made.sides.show_played()
    made.sides.left.setChecked(True)
    return made


def live(stage: Stage, **changes: object) -> SessionPanel:
    """Return the desk in a session."""
    made = SessionPanel(stage.clock)
    made.show_status(shown(**changes))
    return made


def shown(**changes: object) -> dict[str, Any]:
    """Return a status whose notices need no translation."""
    return status(**changes)


def spoken(stage: Stage) -> SessionPanel:
    """Return the desk while staff speak to the patient."""
    return live(
        stage,
        talking=True,
        talk={"route": True, "open": True, "left_s": 27.4},
        can=["talk_off", "soften", "silence", "stop", "note", "volume", "hold", "next_track"],
    )


def corrected(stage: Stage) -> SessionPanel:
    """Return the desk after the dose was touched a little late."""
    touched = {"anchor": "dose_start", "event": "dose_start", "touched_s": 1932.0, "ago_min": 1.0}
    told = {"t_s": 1950.0, "event": "correct", "anchor": "dose_start", "ago_min": 1.0}
    recent = [{"t_s": 1932.0, "event": "dose_start", "undoable": False}]
    return live(stage, last_anchor=touched, recent=[{**told, "undoable": True}, *recent])


def lost(stage: Stage) -> SessionPanel:
    """Return the desk whose session has not answered for long."""
    made = live(stage)
    made.show_lost(Seconds(31.0))
    made.show_refusal("\u2026")
    return made


def over(stage: Stage) -> SessionPanel:
    """Return the desk after a session."""
    made = live(stage)
    made.show_over()
    made.offer_new("\u2026")
    return made


def all_at_once(stage: Stage) -> SessionPanel:
    """Return the desk on its worst day."""
    return live(
        stage,
        call={"state": "sent", "at_s": 1958.0},
        device={"name": LONG.name, "state": "lost"},
        notices=[DEVICE_LOST, LITTLE_SPACE],
        record={"state": "memory", "waiting": 3},
        held=True,
        pump_paused=True,
        softened=True,
        can=[
            "pump_resumed",
            "resume",
            "silence",
            "unsoften",
            "undo",
            "call_seen",
            "stop",
            "note",
            "volume",
        ],
    )


SCREENS = (
    Screen("start, empty", lambda stage: start(stage, EMPTY), given=GIVEN),
    Screen("start, loading", busy, given=GIVEN),
    Screen("start, typical", lambda stage: start(stage, TYPICAL), given=GIVEN),
    Screen("start, full", lambda stage: start(stage, FULL), given=GIVEN),
    Screen("start, one side", tried, given=GIVEN),
    Screen("live, typical", live, given=GIVEN),
    Screen("live, full", all_at_once, given=GIVEN),
    Screen(
        "live, no patient's screen", lambda stage: live(stage, chair_screen="lost"), given=GIVEN
    ),
    Screen("live, speaking", spoken, given=GIVEN),
    Screen("live, corrected", corrected, given=GIVEN),
    Screen(
        "live, fading",
        lambda stage: live(stage, state="fading_out", can=["stop_fast", "note"]),
        given=GIVEN,
    ),
    Screen("live, lost", lost, given=GIVEN),
    Screen("live, over", over, given=GIVEN),
)
