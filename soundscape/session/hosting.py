"""Conducts a session: events, timeline, rendering, record.

It may be killed at any moment: a new one reads the record, attaches to the living holder and
goes on.
"""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from soundscape.clock import Clock
from soundscape.engine.pin import pin_facts
from soundscape.engine.ring import Field
from soundscape.errors import DeviceLostError, InvalidEventError, SessionError, SoundscapeError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session import bed
from soundscape.session.awake import Awake
from soundscape.session.comeback import DEVICE_OK, Comeback
from soundscape.session.conductor import Conductor, told_events
from soundscape.session.course import LAID_ANEW, LEAD
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.feeder import Feeder
from soundscape.session.files import Armed
from soundscape.session.heartbeat import Heartbeat
from soundscape.session.inspection import Inspector
from soundscape.session.journal import ENDED, JOURNAL_FILE, Entry, Journal, read_journal
from soundscape.session.lamps import Lamps
from soundscape.session.level import ramps_of
from soundscape.session.passage import Passage
from soundscape.session.player import Player
from soundscape.session.positions import PositionLog
from soundscape.session.presence import Presence
from soundscape.session.record import RAMP, ramp_facts, ramps_in
from soundscape.session.renderer import CHUNK, Renderer
from soundscape.session.rescue import Rescue
from soundscape.session.restart import RESTARTED, WRITTEN, interruption, reached, suspect
from soundscape.session.spare import Spare
from soundscape.session.state import Event, State
from soundscape.session.state import after as state_after
from soundscape.session.status import Beside, status_of
from soundscape.session.talk import Talk
from soundscape.units import Frames, frames_in, seconds_in
from soundscape.wire import Message, Server, address_of

TOLD_FRAME = "told_frame"
"""The fact that ties a recorded ramp to the event it stands for, so that none is sent twice."""

FIRST = frames_in(6.0)
"""What is rendered before anything is heard; the rest of the ring is filled meanwhile."""

SCRIPT_AHEAD = frames_in(2.0)
"""Level changes of the script are sent so early that they begin on their exact frame."""

SOON = frames_in(0.1)
"""A live event takes its frame so far ahead of the card, so that its fade begins exactly."""

DRAIN = frames_in(1.0)
"""The device stays open so long after the last frame, which the sound server still has to play."""

RECORD_WAIT_S = 0.25
TICK_S = 0.02
CHUNKS_A_TICK = 4
BURST = frames_in(3.0)
"""Touches that follow a call so closely are the same call."""


class Host:
    """Conducts one session until it has ended.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    armed : Armed
        The session.
    clock : Clock
        For heartbeats and labels.
    spare : Spare
        The process at the sound card that may be loading already.
    """

    def __init__(self, folder: DataFolder, armed: Armed, clock: Clock, spare: Spare) -> None:
        self._armed = armed
        self._runtime = folder.runtime
        self._clock = clock
        self._store = Store(folder.store)
        recorded = read_journal(armed.folder) if (armed.folder / JOURNAL_FILE).is_file() else []
        self._journal = Journal(armed.folder, clock, Rescue(folder.runtime, armed.session))
        self._entries: list[Entry] = [*recorded, *self._journal.rescued]
        self._conductor = Conductor(armed, self._entries)
        self._renderer = Renderer(armed.plan, self._store)
        self._player = Player(folder.runtime, armed.terms, clock, spare)
        self._feeder = Feeder(self._conductor, self._renderer, self._player)
        self._positions = PositionLog(armed.folder, clock)
        self._passage = Passage(armed.plan, self._entries)
        self._lock = threading.RLock()
        self._state = State.READY
        self._presence = Presence(clock, [entry.event for entry in self._entries])
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._comeback = Comeback(
            self._player, self._journal, clock, self._beside, attended=armed.terms.attended
        )
        self._inspector = Inspector(armed.plan, self._store, clock)
        self._faults: set[str] = set()
        self._sent_ramps = {
            (e.facts[TOLD_FRAME], e.facts["lane"]) for e in self._entries if TOLD_FRAME in e.facts
        }
        self._awake = Awake()
        self._lamps = Lamps(folder, armed.terms, clock)
        self._talk = Talk(armed.terms, self._player, self._conductor)
        self._heartbeat = Heartbeat(clock)
        self._has_heeded = False
        self.asked_to_stop = threading.Event()

    def conduct(self, *, resume: bool = False) -> bool:
        """Run the session to its end; return False where only the keeper has come to its own.

        A device that cannot be opened refuses it at once with ``DeviceLostError``.

        Parameters
        ----------
        resume : bool
            Staff have said that an interrupted session is to go on.

        Raises
        ------
        SessionError
            If it has a record but nothing of it sounds any more: nothing plays by itself.
        """
        if not self._entries:
            self._begin()
        elif self._player.adopt(self._armed.session, ramps_in(self._entries)):
            self._take_up()
        elif resume:
            self._resume()
        else:
            self._journal.close()
            raise SessionError(f"{interruption(self._armed, self._entries)} Resume or end it.")
        server = Server(address_of(self._runtime, "host"), self._answer)
        wake = threading.Event()
        try:
            while not self._over():
                with self._lock:
                    self._tick()
                self._heartbeat.beat()
                if not self._heartbeat.is_heard:
                    return False
                wake.wait(TICK_S / max(1.0, self._armed.terms.scale))
            with self._lock:
                self._finish()
            while self._lamps.are_moving() and not self.asked_to_stop.is_set():
                self._heartbeat.beat()
                wake.wait(TICK_S)
            while not self._journal.wait(RECORD_WAIT_S) and not self.asked_to_stop.is_set():
                self._heartbeat.beat()
                wake.wait(RECORD_WAIT_S)
        finally:
            server.close()
            self._beside.shutdown()
            self._renderer.close()
            self._awake.close()
            self._journal.close(RECORD_WAIT_S)
        return True

    def _begin(self) -> None:
        self._player.prepare(self._armed.session)
        self._start_sound()
        named = {"plan": self._armed.plan.title, "device": self._armed.terms.device_name}
        facts = {**named, **pin_facts(self._runtime)}
        self._journal.add(Frames(0), "session_started", facts)
        self._journal.wait(RECORD_WAIT_S)
        self._lay_bed()
        self._state = state_after(self._state, Event.STARTED)

    def _resume(self) -> None:
        """Begin again, by a fade, where a session was that lost all its processes."""
        at = reached(self._armed, self._entries)
        self._player.prepare(self._armed.session)
        self._player.start_at(at, ramps_in(self._entries), Frames(at // CHUNK * CHUNK))
        self._start_sound()
        self._journal.add(at, "session_resumed", pin_facts(self._runtime))
        self._lay_bed()
        self._state = State.RUNNING
        self._follow_state()
        self._send_unsent()

    def _start_sound(self) -> None:
        self._player.begin_holder()
        self._set_end()
        self._feeder.fill(FIRST // CHUNK)
        self._player.play()  # first: the card asks for its first blocks while it is opened
        try:
            self._player.start_holder()
        except DeviceLostError:
            self._journal.close()
            self._player.end()
            raise

    def _lay_bed(self) -> None:
        """Lay the safe bed. It takes a while to read: only now that there is sound and record."""
        if bed.is_laid(self._runtime):
            return
        self._feeder.fill(FIRST // CHUNK)  # nothing stands in for the music before it lies there
        try:
            bed.lay(self._runtime, self._armed.plan, self._store)
        except (SoundscapeError, OSError) as error:  # the music goes on
            self._journal.add(self._player.position(), "bed_missing", {"why": str(error)})
        else:
            self._player.take_bed()

    def _take_up(self) -> None:
        """Go on where another host stopped; what it had rendered is rendered again, compared."""
        self._state = State.RUNNING
        self._follow_state()
        written = Frames(self._player.ring.get(Field.WRITTEN))
        self._journal.add(self._player.heard(), RESTARTED, {WRITTEN: written})
        self._player.play()
        culprit = suspect(self._entries, written, self._conductor.timeline(written))
        if culprit is not None:
            self._fail(culprit, "Reading it ended the program twice.")
        self._send_unsent()
        self._talk.take_up()
        self._set_end()
        self._feeder.catch_up()
        self._feeder.render_again(Frames(self._player.position() + LEAD // 2))
        self._lay_bed()

    def _send_unsent(self) -> None:
        """Send the levels of events that were recorded, but whose levels were not."""
        for event in told_events(self._entries):
            self._send_level(event)

    def _tick(self) -> None:
        self._comeback.look()
        self._heed_stops()
        if self._talk.is_over(desk_is_seen=self._presence.desk_is_seen):
            with contextlib.suppress(InvalidEventError):  # a stop has ended it
                self._tell(Kind.TALK_OFF, {})
        position = self._player.position()
        for event, facts in self._conductor.due(Frames(position + SCRIPT_AHEAD)):
            self._send_level(event)
            self._passage.will_tell(event, facts)
        timeline = self._conductor.timeline(position)
        for line in self._passage.up_to(self._player.heard(), timeline):
            self._journal.add(*line)
            self._follow_state()
        for line in self._lamps.follow(timeline, self._player.heard()):
            self._journal.add(*line)
        for news in self._presence.look():
            self._journal.add(self._player.heard(), news)
        self._note_faults()
        self._positions.note(self._player.heard())
        self._feeder.fill(CHUNKS_A_TICK)

    def _heed_stops(self) -> None:
        """End the session where that was asked for past its windows, or past this process."""
        halted = bool(self._player.ring.get(Field.HALTED)) and not self._has_heeded
        if halted or self.asked_to_stop.is_set():
            with contextlib.suppress(InvalidEventError):  # it is ending already
                self._tell(Kind.STOP_FAST if halted else Kind.STOP, {})
        self._has_heeded = self._has_heeded or halted
        self.asked_to_stop.clear()

    def _answer(self, question: Message) -> Message:
        with self._lock:
            if self._presence.note(question):
                return {"ok": True}
            if question.get("do") != "tell":
                return self._status()
            if question.get("event") == DEVICE_OK:
                self._comeback.confirm()
                return {"ok": True}
            facts = question.get("facts")
            try:
                event = self._tell(question.get("event"), facts if isinstance(facts, dict) else {})
            except InvalidEventError as error:
                return {"ok": False, "why": str(error)}
        recorded = self._journal.wait(RECORD_WAIT_S)
        return {"ok": True, "t_s": seconds_in(event.frame), "recorded": recorded}

    def _tell(self, name: object, facts: dict[str, object]) -> SessionEvent:
        frame = Frames(self._player.position() + SOON)
        same = self._passage.same_call(name, frame, BURST)
        if same is not None:
            return same
        self._talk.check(name)
        event = self._conductor.tell(name, facts, frame)
        self._journal.add(event.frame, str(event.kind), event.facts)
        self._passage.told(event)
        self._talk.told(event)
        self._send_level(event)
        self._set_end()
        if event.kind in LAID_ANEW:
            self._journal.wait(RECORD_WAIT_S)  # the record is ahead of the sound
            self._feeder.render_again(Frames(event.frame + LEAD))
        self._follow_state()
        return event

    def _send_level(self, event: SessionEvent) -> None:
        for ramp in ramps_of(event):
            if (ramp.start, str(ramp.lane)) not in self._sent_ramps:
                self._sent_ramps.add((ramp.start, str(ramp.lane)))
                begun = self._player.add_ramp(ramp)
                facts = {**ramp_facts(begun), TOLD_FRAME: int(event.frame)}
                self._journal.add(begun.start, RAMP, facts)

    def _set_end(self) -> None:
        self._player.set_end(self._conductor.timeline(self._player.position()).end)

    def _note_faults(self) -> None:
        """Replace tracks whose files fail, before they are heard."""
        position = self._player.position()
        self._inspector.look(self._conductor.timeline(position), position)
        found = [*self._inspector.faults(position), *self._renderer.faults().items()]
        for track, why in found:
            if track not in self._faults:
                self._fail(track, why)

    def _fail(self, track: str, why: str) -> None:
        """Record that a track cannot be played, and let other music replace it."""
        self._faults.add(track)
        self._journal.add(self._player.position(), "track_failed", {"track": track, "why": why})
        event = self._conductor.bar(track, Frames(self._player.position() + SOON))
        if event is not None:
            self._journal.add(event.frame, str(event.kind), event.facts)
            self._feeder.render_again(Frames(event.frame + LEAD))

    def _follow_state(self) -> None:
        """Move the session's state on to what the course says."""
        course = self._conductor.course_at(Frames(self._player.position() + SOON))
        standing = course.held_since is not None or course.paused_since is not None
        if course.stop is not None and self._state is not State.FADING_OUT:
            self._state = state_after(self._state, Event.STOP_ASKED)
        elif standing and self._state is State.RUNNING:
            self._state = state_after(self._state, Event.HOLD_ASKED)
        elif not standing and self._state is State.HOLDING:
            self._state = state_after(self._state, Event.RESUME_ASKED)

    def _status(self) -> Message:
        frame = Frames(self._player.position() + SOON)
        call, call_at_s = self._passage.call()
        beside = Beside(
            state=self._state,
            volume_lu=self._passage.volume_lu,
            call=call,
            call_at_s=call_at_s,
            desk_seen=self._presence.desk_is_seen,
            chair_screen=self._presence.screen,
            device=self._armed.terms.device_name,
            device_state=self._comeback.state,
            waiting=self._journal.waiting if self._journal.trouble else 0,
            notices=tuple(self._notices()),
            talk=self._talk.state(),
            lights=self._lamps.state(),
        )
        course = self._conductor.course_at(frame)
        timeline = self._conductor.timeline(frame)
        return status_of(self._armed, timeline, course, self._player.ring, beside)

    def _notices(self) -> list[tuple[str, str]]:
        found = [*self._comeback.notices(), *self._lamps.notices(), *self._talk.notices()]
        if not self._awake.is_held:
            found.append(("note", "This machine may fall asleep by itself; set it never to."))
        if self._player.ring.get(Field.ON_BED):
            found.append(("soon", "The safe bed is playing while the music is prepared again."))
        if self._state is not State.ENDED and not bed.is_laid(self._runtime):
            found.append(("note", "The safe bed cannot be laid; the music goes on without it."))
        found += self._journal.notices(is_over=self._state is State.ENDED)
        titles = (self._armed.plan.tracks[track].title for track in sorted(self._faults))
        found += [("soon", f"'{title}' is damaged; other music replaces it.") for title in titles]
        return found

    def _over(self) -> bool:
        end = self._player.ring.get(Field.END)
        return end >= 0 and self._player.position() >= end + DRAIN

    def _finish(self) -> None:
        end = Frames(self._player.ring.get(Field.END))
        if self._state is not State.FADING_OUT:
            self._state = state_after(self._state, Event.PROGRAMME_FINISHED)
        self._state = state_after(self._state, Event.FADE_FINISHED)
        ring = self._player.ring
        facts = {
            "underruns": ring.get(Field.UNDERRUNS),
            "bed_s": seconds_in(Frames(ring.get(Field.BED_FRAMES))),
            "dry_s": seconds_in(Frames(ring.get(Field.DRY_FRAMES))),
            "guarded_samples": ring.get(Field.GUARDED),
        }
        self._journal.add(end, ENDED, facts)
        self._lamps.close()
        self._talk.close()
        self._player.end()
