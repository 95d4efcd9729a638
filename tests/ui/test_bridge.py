"""The bridge follows a session, finds it again, and never blocks a window."""

import threading
from collections.abc import Iterator

import pytest
from fakes.session import FakeClient
from pytestqt.qtbot import QtBot

from ui.bridge import Bridge


@pytest.fixture
def client() -> FakeClient:
    return FakeClient()


@pytest.fixture
def bridge(client: FakeClient, qapp: object) -> Iterator[Bridge]:  # noqa: ARG001
    made = Bridge(client, interval_ms=5)
    yield made
    made.close()


def test_the_status_arrives(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.waitSignal(bridge.status_changed) as heard:
        bridge.start()

    assert heard.args is not None
    assert heard.args[0]["phase"] == "deepen"


def test_the_session_is_asked_outside_the_windows_thread(
    qtbot: QtBot, bridge: Bridge, client: FakeClient
) -> None:
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    bridge.send("soften")
    qtbot.waitUntil(lambda: bool(client.sent))

    assert threading.get_ident() not in client.threads


def test_an_event_carries_its_facts(qtbot: QtBot, bridge: Bridge, client: FakeClient) -> None:
    bridge.start()
    bridge.send("extend", minutes=5)
    qtbot.waitUntil(lambda: bool(client.sent))

    assert client.sent == [("extend", {"minutes": 5})]


def test_a_refused_event_comes_back_as_a_sentence(qtbot: QtBot, bridge: Bridge) -> None:
    bridge.start()
    with qtbot.waitSignal(bridge.refused) as heard:
        bridge.send("dose_start")

    assert heard.args == ["dose_start", "dose_start is not possible now."]


class HangingClient(FakeClient):
    """A client of a session that does not answer, except for what must not wait."""

    def __init__(self, asked: threading.Event, answers: threading.Event) -> None:
        super().__init__()
        self._asked, self._answers = asked, answers

    def status(self) -> dict[str, object]:
        """Answer only when the session does."""
        self._asked.set()
        self._answers.wait()
        return super().status()


def test_stopping_fast_does_not_wait_behind_a_question_that_nobody_answers(
    qtbot: QtBot,
) -> None:
    asked, answers = threading.Event(), threading.Event()
    clients: list[HangingClient] = []

    def connect() -> HangingClient:
        clients.append(HangingClient(asked, answers))
        return clients[-1]

    bridge = Bridge(connect)
    bridge.start()
    qtbot.waitUntil(asked.is_set)

    bridge.send("stop_fast")

    qtbot.waitUntil(lambda: any(client.stopped for client in clients))
    answers.set()
    bridge.close()


def test_a_lost_session_is_told_and_found_again(
    qtbot: QtBot, bridge: Bridge, client: FakeClient
) -> None:
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()

    client.gone = True
    with qtbot.waitSignal(bridge.lost) as heard:
        pass
    assert heard.args == ["No session answers."]

    client.gone = False
    with qtbot.waitSignal(bridge.status_changed):
        pass


def test_an_event_without_a_session_is_refused(
    qtbot: QtBot, bridge: Bridge, client: FakeClient
) -> None:
    client.gone = True
    bridge.start()
    with qtbot.waitSignal(bridge.refused) as heard:
        bridge.send("call")

    assert heard.args == ["call", "The session does not answer; nothing was changed."]


def test_closing_lets_go_of_the_session_once(
    qtbot: QtBot, bridge: Bridge, client: FakeClient
) -> None:
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    bridge.close()
    bridge.close()

    assert client.closed == 1
