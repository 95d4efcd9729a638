"""Who looks at a session: a patient's screen that freezes is missed within seconds."""

from collections.abc import Iterable

from fakes.clock import FakeClock

from soundscape.session.presence import PATIENCE_S, SCREEN_CLOSED, Presence

LOOK_S = 0.1


class Told:
    """A screen, a desk, and what is said of them."""

    def __init__(self, recorded: Iterable[str] = ()) -> None:
        self.clock = FakeClock(100.0)
        self.presence = Presence(self.clock, recorded)
        self.news: list[str] = []
        self._shows = 0
        self._window = 1

    def show(self) -> None:
        """Let the screen ask, after it has shown itself again."""
        self._shows += 1
        self.ask()

    def start_again(self) -> None:
        """Let another screen take its place."""
        self._window += 1
        self.show()

    def ask(self) -> None:
        """Let the screen ask; it has not shown itself since."""
        sign = {"shows": self._shows, "window": self._window}
        self.presence.note({"do": "status", "role": "kiosk", **sign})

    def pass_time(self, seconds: float, *, asking: bool = False) -> None:
        """Let the host look on for some seconds."""
        for _ in range(round(seconds / LOOK_S)):
            self.clock.advance(LOOK_S)
            if asking:
                self.ask()
            self.news += self.presence.look()


def test_without_a_patients_screen_none_is_missed() -> None:
    told = Told()

    told.pass_time(60.0)

    assert told.presence.screen == "none"
    assert told.news == []


def test_a_screen_that_asks_nothing_is_lost_within_seconds_and_found_again() -> None:
    told = Told()
    told.show()
    told.pass_time(PATIENCE_S - 2 * LOOK_S)
    before = told.presence.screen
    told.pass_time(1.0)
    meanwhile = told.presence.screen
    told.show()
    told.pass_time(LOOK_S)

    assert (before, meanwhile, told.presence.screen) == ("ok", "lost", "ok")
    assert told.news == ["screen_shown", "screen_lost", "screen_back"]


def test_a_screen_that_is_soon_replaced_is_never_lost_but_recorded() -> None:
    told = Told()
    told.show()
    told.pass_time(1.0)

    told.start_again()
    told.pass_time(1.0)

    assert told.presence.screen == "ok"
    assert told.news == ["screen_shown", "screen_shown"]


def test_a_screen_whose_thread_asks_on_while_it_shows_nothing_new_is_lost() -> None:
    told = Told()
    told.show()

    told.pass_time(PATIENCE_S + 1.0, asking=True)

    assert told.presence.screen == "lost"


def test_a_host_that_stood_still_takes_no_screen_to_be_lost() -> None:
    told = Told()
    told.show()

    told.clock.advance(3600.0)
    told.pass_time(LOOK_S)

    assert told.presence.screen == "ok"


def test_a_screen_that_staff_closed_is_not_missed() -> None:
    told = Told()
    told.show()

    is_all = told.presence.note({"do": "tell", "event": SCREEN_CLOSED, "role": "kiosk"})
    told.pass_time(60.0)

    assert is_all
    assert told.presence.screen == "none"
    assert told.news == ["screen_shown", "screen_closed"]


def test_a_host_that_follows_another_waits_for_the_screen_that_the_record_knows() -> None:
    open_before = Told(["session_started", "screen_shown"])
    closed_before = Told(["screen_shown", "screen_lost", "screen_back", "screen_closed"])

    for told in (open_before, closed_before):
        told.pass_time(PATIENCE_S + 1.0)

    assert Told(["screen_shown", "screen_lost"]).presence.screen == "lost"
    assert (open_before.presence.screen, open_before.news) == ("lost", ["screen_lost"])
    assert (closed_before.presence.screen, closed_before.news) == ("none", [])


def test_a_desk_is_seen_while_it_asks() -> None:
    told = Told()
    before = told.presence.desk_is_seen
    told.presence.note({"do": "status", "role": "desk"})
    asked = told.presence.desk_is_seen
    told.clock.advance(5.0)

    assert (before, asked, told.presence.desk_is_seen) == (False, True, False)
