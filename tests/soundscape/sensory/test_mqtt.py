"""Lamps over MQTT: what they are told, and what strangers may say about them."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundscape.sensory.fixtures import Fixture, Kind, Via
from soundscape.sensory.mixing import Light, channels_of
from soundscape.sensory.mqtt_lamps import BRIDGE, lamps_in
from soundscape.sensory.mqtt_output import state_of

CONFIG = {
    "name": "Bulb",
    "schema": "json",
    "command_topic": "zigbee2mqtt/bulb/set",
    "brightness": True,
    "brightness_scale": 254,
    "supported_color_modes": ["color_temp"],
    "min_mireds": 153,
    "max_mireds": 454,
}
CONFIGURED = "homeassistant/light/0x01/light/config"
DEVICE = {
    "friendly_name": "shelf",
    "definition": {
        "exposes": [
            {"type": "light", "features": [{"name": "state"}, {"name": "brightness"}]},
            {"type": "numeric", "name": "linkquality"},
        ]
    },
}


def told(kind: Kind, level: float, color_k: float = 2700.0) -> dict[str, object]:
    lamp = Fixture("lamp", kind, Via.MQTT, topic="t")
    return state_of(lamp, np.array(channels_of(lamp, Light(level, color_k))))


def test_a_lamp_is_told_its_brightness_and_its_color() -> None:
    assert told(Kind.DIMMER, 0.5) == {"state": "ON", "brightness": 127}
    assert told(Kind.TUNABLE, 0.5) == {"state": "ON", "brightness": 127, "color_temp": 370}
    assert told(Kind.DIMMER, 0.0) == {"state": "OFF"}


@pytest.mark.parametrize("kind", [Kind.RGB, Kind.RGBW])
def test_a_colored_lamp_gets_the_same_light_with_a_white_of_its_own_or_without(kind: Kind) -> None:
    said = told(kind, 0.5, 6500.0)

    assert said["brightness"] == 127
    assert min(said["color"].values()) > 230  # type: ignore[attr-defined]
    assert max(said["color"].values()) == 255  # type: ignore[attr-defined]


def test_lamps_are_found_by_either_convention() -> None:
    found = lamps_in(
        {
            CONFIGURED: json.dumps(CONFIG).encode(),
            BRIDGE: json.dumps([{"friendly_name": "Coordinator"}, DEVICE]).encode(),
        }
    )

    bulb, shelf = found
    assert (bulb.name, bulb.kind, bulb.topic) == ("Bulb", Kind.TUNABLE, "zigbee2mqtt/bulb/set")
    assert bulb.whites_k == pytest.approx((1e6 / 454, 1e6 / 153))
    assert (shelf.name, shelf.kind, shelf.topic) == ("shelf", Kind.DIMMER, "zigbee2mqtt/shelf/set")


_anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*CONFIG, *DEVICE, "exposes", "type"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(CONFIG)), _anything, st.sampled_from([BRIDGE, CONFIGURED]))
@settings(max_examples=150, derandomize=True)
def test_whatever_stands_at_a_broker_is_a_lamp_or_is_passed_over(
    key: str, value: object, topic: str
) -> None:
    data = [{**DEVICE, key: value}, value] if topic == BRIDGE else {**CONFIG, key: value}

    for lamp in lamps_in({topic: json.dumps(data).encode()}):
        assert lamp.name.strip()
        assert lamp.topic
        assert 1 <= lamp.brightness_steps <= 65535
        assert lamp.whites_k[0] < lamp.whites_k[1]


def test_bytes_that_are_no_json_are_passed_over() -> None:
    messages = {BRIDGE: b"\xff\xfe{", CONFIGURED: b"[" * 100_000}

    assert lamps_in(messages) == ()
