"""What a session's status means in words and numbers; no widget is made here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from soundscape.clock import Clock
from soundscape.session.plan import LONGEST_GAP_S
from soundscape.units import Seconds
from ui.bridge import Status
from ui.words import _, decimal, localized

ENDING = frozenset({"fading_out", "ended"})
"""After one of these states, a session that does not answer is over."""

UNKNOWN = "\u2013"


def span_text(length: Seconds | float) -> str:
    """Return a length of time as ``6:10`` or ``1:06:10``."""
    minutes, seconds = divmod(max(0, int(length)), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}"


def signed_text(value: float, decimals: int = 0) -> str:
    """Return a number with its sign, with a true minus; nothing has no sign."""
    if not round(value, decimals):
        return decimal(0.0, decimals)
    return localized(f"{value:+.{decimals}f}").replace("-", "\u2212")


def title_text(title: str) -> str:
    """Return a session's title, whose parts are names of sound and route, in the language."""
    return ", ".join(_(part) for part in title.split(", ") if part)


def event_title(name: str) -> str:
    """Return what an event is called in the list of what happened."""
    titles = {
        "dose_start": _("Dose started"),
        "last_device": _("Last device given"),
        "delivery_end": _("Delivery ended"),
        "pump_paused": _("Pump paused"),
        "pump_resumed": _("Pump resumed"),
        "pump_stopped_early": _("Pump stopped early"),
        "hold": _("Held here"),
        "resume": _("Went on"),
        "extend": _("Phase made longer"),
        "start_return": _("Return started"),
        "correct": _("Time corrected"),
        "soften": _("Softened"),
        "unsoften": _("Sound back"),
        "silence": _("Silenced"),
        "next_track": _("Next track"),
        "volume": _("Volume changed"),
        "talk_on": _("Talking began"),
        "talk_off": _("Talking ended"),
        "call": _("The patient called"),
        "call_seen": _("Call seen"),
        "note": _("Mark"),
        "vitals": _("Vital signs"),
        "undo": _("Taken back"),
        "stop": _("Stopped"),
        "stop_fast": _("Stopped fast"),
        "track_barred": _("A damaged track was replaced"),
    }
    return titles.get(name, name.replace("_", " "))


def event_text(event: Mapping[str, Any]) -> str:
    """Return what an event of the record was, with what it carried."""
    name = str(event["event"])
    if name == "note" and event.get("text"):
        return str(event["text"])
    if name == "volume" and "lu" in event:
        return _("Volume {level} LU").format(level=signed_text(float(event["lu"])))
    if name == "extend" and "minutes" in event:
        return _("Phase {minutes:g} min longer").format(minutes=float(event["minutes"]))
    if name == "correct" and "anchor" in event:
        return f"{event_title(str(event['anchor']))}: {earlier_text(float(event['ago_min']))}"
    if event.get("ago_min"):
        return f"{event_title(name)}: {earlier_text(float(event['ago_min']))}"
    return event_title(name)


def earlier_text(ago_min: float) -> str:
    """Return by how much earlier than it was touched something happened."""
    if not ago_min:
        return _("as it was touched")
    return _("{count:g}\u00a0min earlier").format(count=ago_min)


def in_phase_text(status: Status) -> str:
    """Return how far the phase is, and of how long where that is known."""
    passed = span_text(status["phase_elapsed_s"])
    length_s = status["phase_length_s"]
    if length_s is None:
        return passed
    return _("{passed} of {whole}").format(passed=passed, whole=span_text(length_s))


def phase_note(status: Status) -> str:
    """Return what the phase is waiting for, if it waits; else an empty text."""
    if status["state"] == "ended":
        return _("The session has ended.")
    if status["state"] == "fading_out":
        return _("Fading out.")
    if status["held"]:
        return _("Held here; the music goes on.")
    if status["pump_paused"]:
        return _("The pump is paused; the phase waits.")
    if status["state"] == "holding":
        return _("Waiting for you; the music goes on.")
    return ""


def ends_text(status: Status, clock: Clock) -> str:
    """Return about when the session ends, by the wall clock, as far as anybody can expect."""
    ends_in_s = status["ends_in_s"]
    if ends_in_s is None:
        last_s = status["expected"][-1]["end_s"]
        if last_s is None:
            return UNKNOWN
        ends_in_s = float(last_s) - float(status["t_s"])
    now = datetime.fromisoformat(clock.wall_time()).astimezone()
    return f"{now + timedelta(seconds=float(ends_in_s)):%H:%M}"


def sound_text(status: Status) -> str:
    """Return what sounds now, in one line."""
    if status["silenced"]:
        return _("Silent")
    titles = [str(voice["title"]) for voice in status["sounding"]]
    if not titles:
        breath = any(
            0.0 <= cue["start_s"] - status["t_s"] <= LONGEST_GAP_S for cue in status["cues"]
        )
        return _("A breath between two tracks") if breath else _("Nothing is sounding")
    if status["on_bed"]:
        return _("The calm bed")
    return "  →  ".join(titles)


def next_text(status: Status) -> str:
    """Return which track comes next and when; empty where none is planned."""
    if status["state"] in ENDING:
        return ""
    now_s = float(status["t_s"])
    coming = next((cue for cue in status["cues"] if cue["start_s"] > now_s), None)
    sounding = {voice["title"] for voice in status["sounding"]}
    if coming is None or coming["title"] in sounding:  # the bed follows itself: no news
        return ""
    wait = span_text(coming["start_s"] - now_s)
    return _("then {title} in {wait}").format(title=coming["title"], wait=wait)
