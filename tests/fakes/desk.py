"""A chair whose sessions are only remembered."""

from soundscape.engine.sinks import Sink
from soundscape.session.preflight import Check
from ui.desk.wishes import ChairState, Wish
from ui.tasks import Report

USB = Sink("alsa_output.usb", "USB Headphones")
BLUETOOTH = Sink("bluez_output.1", "Wireless Headphones")
SESSION = "20260101-0900"


class FakeChair:
    """A chair with music and two pairs of headphones."""

    def __init__(self, *, staffed: bool = False) -> None:
        self.staffed = staffed
        self.begun: list[Wish] = []
        self.tracks = 412
        self.sinks: tuple[Sink, ...] = (USB, BLUETOOTH)
        self.headphones: Sink | None = USB
        self.refusal: Exception | None = None
        self.interrupted = ""
        self.intention = ""
        self.became = ""
        self.toned: Sink | None = None
        self.anchored: list[str] = []

    def state(self) -> ChairState:
        """Return a chair with music."""
        return ChairState(
            tracks=self.tracks,
            free_gb=38.0,
            choice="",
            sinks=self.sinks,
            headphones=self.headphones,
            interrupted=self.interrupted,
            checks=(Check("power", ok=True, detail="plugged in"),) if self.staffed else (),
            staffed=self.staffed,
            intention=self.intention,
        )

    def resume(self, report: Report) -> None:
        """Let what was cut off go on."""
        report("Starting the sound")
        self.became, self.interrupted = "resumed", ""

    def end_interrupted(self) -> None:
        """Let what was cut off be over."""
        self.became, self.interrupted = "ended", ""

    def begin(self, wish: Wish, report: Report) -> str:
        """Remember a wish, or refuse it."""
        report("Choosing the music")
        if self.refusal is not None:
            raise self.refusal
        self.begun.append(wish)
        return SESSION

    def remember(self, headphones: Sink) -> None:
        """Keep a choice."""
        self.headphones = headphones

    def anchor(self, session: str) -> None:
        """Remember whose record was kept."""
        self.anchored.append(session)

    def play_sides(self, headphones: Sink) -> None:
        """Remember where tones were played, or refuse."""
        if self.refusal is not None:
            raise self.refusal
        self.toned = headphones

    def fill(self, report: Report) -> int:
        """Have music from now on."""
        report("Making the starter sounds")
        self.tracks = 12
        return self.tracks
