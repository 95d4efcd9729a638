"""While a session holds the card the server's default leads nowhere, and afterwards as before."""

from fakes.sound_servers import FakeSoundServer

from soundscape.engine.refuge import REFUGE, default_before, leave_refuge, take_refuge


def test_the_default_leads_nowhere_and_afterwards_where_it_did() -> None:
    server = FakeSoundServer("speakers", "headphones")

    take_refuge(server, before=default_before(server))
    during = server.default_sink()
    was_there = leave_refuge(server)

    assert during == REFUGE
    assert was_there
    assert server.default_sink() == "speakers"
    assert server.sink(REFUGE) is None


def test_taking_refuge_again_makes_no_second_sink_and_forgets_nothing() -> None:
    server = FakeSoundServer("speakers", "headphones")
    take_refuge(server, before="speakers")
    server.set_default_sink("headphones")

    take_refuge(server, before=default_before(server))

    assert server.default_sink() == REFUGE
    assert default_before(server) == "speakers"


def test_a_refuge_that_somebody_took_away_is_made_again() -> None:
    server = FakeSoundServer("speakers", "headphones")
    take_refuge(server, before="headphones")
    server.unplug(REFUGE)

    take_refuge(server, before="headphones")
    leave_refuge(server)

    assert server.default_sink() == "headphones"


def test_without_a_refuge_nothing_is_put_back() -> None:
    server = FakeSoundServer("speakers", "headphones")

    assert not leave_refuge(server)
    assert server.default_sink() == "speakers"


def test_a_default_that_staff_have_chosen_meanwhile_stands() -> None:
    server = FakeSoundServer("speakers", "headphones")
    take_refuge(server, before="speakers")
    server.set_default_sink("headphones")

    leave_refuge(server)

    assert server.default_sink() == "headphones"


def test_where_the_old_default_is_gone_the_server_chooses() -> None:
    server = FakeSoundServer("speakers", "headphones")
    take_refuge(server, before="speakers")
    server.unplug("speakers")

    leave_refuge(server)

    assert server.default_sink() == "headphones"
