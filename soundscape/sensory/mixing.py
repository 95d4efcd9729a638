"""From a light, its brightness and color, to the channels of a fixture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from soundscape.sensory.color import cold_share, rgb_of
from soundscape.sensory.fixtures import Fixture, Kind


@dataclass(frozen=True, slots=True)
class Light:
    """What one lamp is to show.

    Attributes
    ----------
    brightness : float
        0-1.
    color_k : float
        Its color temperature, in kelvin.
    """

    brightness: float
    color_k: float


def channels_of(fixture: Fixture, light: Light) -> tuple[float, ...]:
    """Return what a fixture's channels get, 0-1: as many as its kind has.

    A tunable lamp has warm, then cold; the others red, green, blue and white.
    """
    return _MIXES[fixture.kind](fixture, light)


def _dimmer(_fixture: Fixture, light: Light) -> tuple[float, ...]:
    return (light.brightness,)


def _tunable(fixture: Fixture, light: Light) -> tuple[float, ...]:
    cold = cold_share(light.color_k, *fixture.whites_k)
    return light.brightness * (1.0 - cold), light.brightness * cold


def _rgb(_fixture: Fixture, light: Light) -> tuple[float, ...]:
    return tuple(light.brightness * part for part in rgb_of(light.color_k))


def _rgbw(_fixture: Fixture, light: Light) -> tuple[float, ...]:
    # The white lamp gives what the three colors share.
    colors = rgb_of(light.color_k)
    white = min(colors)
    return *(light.brightness * (part - white) for part in colors), light.brightness * white


_MIXES: Mapping[Kind, Callable[[Fixture, Light], tuple[float, ...]]] = {
    Kind.DIMMER: _dimmer,
    Kind.TUNABLE: _tunable,
    Kind.RGB: _rgb,
    Kind.RGBW: _rgbw,
}
