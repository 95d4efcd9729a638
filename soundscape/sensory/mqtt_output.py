"""Lamps over MQTT, in the JSON that Home Assistant and Zigbee2MQTT both take.

It only publishes: what lamps answer is not read, so nothing they say can disturb a session.
"""

import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import paho.mqtt.client as mqtt
from numpy.typing import NDArray
from paho.mqtt.enums import CallbackAPIVersion

from soundscape.errors import LightsLostError
from soundscape.sensory.color import mired
from soundscape.sensory.fixtures import CHANNELS, Broker, Fixture, Kind

EVERY_S = 0.25
"""A lamp's radio takes a few messages a second; in between it fades by itself."""

ANEW_S = 10.0
"""A message may get lost; what a lamp is to show is said again so often."""

FIRST_FADE_S = 4.0
"""It is not known where a lamp is when a session begins."""

KEEP_ALIVE_S = 5
RECONNECT_S = 1


class MqttLink:
    """Publishes what some lamps are to show.

    Parameters
    ----------
    fixtures : Sequence[Fixture]
        Whose channels the levels are, in this order.
    broker : Broker
        Where it is published.
    identity : str
        Names this chair for good.
    scale : float
        Seconds of session in a second, for a rehearsal that is watched.
    """

    lead_s = EVERY_S
    trusted_after_s = 0.0

    def __init__(
        self, fixtures: Sequence[Fixture], broker: Broker, identity: str, scale: float = 1.0
    ) -> None:
        self._fixtures = tuple(fixtures)
        self._scale = scale
        self._told: dict[str, tuple[dict[str, Any], float]] = {}
        self._next_s = 0.0
        self._ends = list(accumulate(CHANNELS[each.kind] for each in fixtures))
        self._last: tuple[NDArray[np.float64], float] = (np.zeros(0), 0.0)
        self._client = client_of(broker, identity)
        self._client.connect_async(broker.host, broker.port, keepalive=KEEP_ALIVE_S)
        self._client.loop_start()

    def send(self, levels: NDArray[np.float64], now_s: float) -> None:
        """Publish what has changed since it was published.

        Parameters
        ----------
        levels : NDArray[np.float64], shape (channels,)
            0-1.
        now_s : float
            On a clock that never goes back.

        Raises
        ------
        LightsLostError
            If the broker cannot be reached.
        """
        if not self._client.is_connected():
            self._told.clear()
            raise LightsLostError("The lamps' broker cannot be reached.")
        self._last = levels, now_s
        if now_s >= self._next_s:
            self._next_s = now_s + EVERY_S
            self._publish_all(levels, now_s)

    def close(self) -> None:
        """Leave the broker, once the last levels are said."""
        self._publish_all(*self._last)
        self._client.disconnect()
        self._client.loop_stop()

    def _publish_all(self, levels: NDArray[np.float64], now_s: float) -> None:
        first = 0
        for fixture, after in zip(self._fixtures, self._ends, strict=True):
            if after <= len(levels):
                self._publish(fixture.topic, state_of(fixture, levels[first:after]), now_s)
            first = after

    def _publish(self, topic: str, state: dict[str, Any], now_s: float) -> None:
        before, told_s = self._told.get(topic, ({}, 0.0))
        if state == before and now_s - told_s < ANEW_S:
            return
        fade_s = (EVERY_S if before else FIRST_FADE_S) / self._scale
        self._client.publish(topic, json.dumps({**state, "transition": round(fade_s, 4)}))
        self._told[topic] = state, now_s


def client_of(broker: Broker, identity: str) -> mqtt.Client:
    """Return a client for a broker, not yet connected.

    Raises
    ------
    LightsLostError
        If the certificate that the broker is to be known by cannot be read.
    """
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"soundscape-{identity}")
    client.reconnect_delay_set(RECONNECT_S, RECONNECT_S)
    if broker.username:
        client.username_pw_set(broker.username, broker.password or None)
    if broker.tls:
        try:
            client.tls_set(ca_certs=broker.ca_file or None)
        except (OSError, ValueError) as error:
            why = "The broker's certificate cannot be read; see ca_file in lights.toml."
            raise LightsLostError(why) from error
    return client


def state_of(fixture: Fixture, channels: NDArray[np.float64]) -> dict[str, Any]:
    """Return what a lamp is told, for its channels.

    Parameters
    ----------
    fixture : Fixture
        The lamp.
    channels : NDArray[np.float64], shape (channels,)
        0-1, as ``mixing.channels_of`` makes them.

    Returns
    -------
    dict[str, Any]
        ``state``, ``brightness``, and ``color_temp`` in mired or ``color`` where it has one.
    """
    if fixture.kind is Kind.TUNABLE:
        level = float(channels.sum())
        color = {"color_temp": _mired(fixture, channels)}
    elif fixture.kind is Kind.DIMMER:
        level, color = float(channels[0]), {}
    else:
        white = channels[3] if fixture.kind is Kind.RGBW else 0.0
        colors = channels[:3] + white
        level, color = float(colors.max()), _color(colors)
    brightness = round(min(1.0, level) * fixture.brightness_steps)
    if brightness == 0:
        return {"state": "OFF"}
    return {"state": "ON", "brightness": brightness, **color}


def _mired(fixture: Fixture, channels: NDArray[np.float64]) -> int:
    total = float(channels.sum())
    cold = float(channels[1]) / total if total > 0.0 else 0.0
    warm, coldest = (1.0 / white_k for white_k in fixture.whites_k)
    return mired(1.0 / (warm + (coldest - warm) * cold))


def _color(colors: NDArray[np.float64]) -> dict[str, Any]:
    if colors.max() <= 0.0:
        return {}
    red, green, blue = (round(255 * float(part)) for part in colors / colors.max())
    return {"color": {"r": red, "g": green, "b": blue}}
