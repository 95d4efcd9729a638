"""The color of white light by its temperature."""

import numpy as np

COLD_FROM_K = 4000.0
_TO_RGB = np.array(
    [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
)
"""From CIE XYZ to linear sRGB: IEC 61966-2-1."""


def rgb_of(color_k: float) -> tuple[float, float, float]:
    """Return the linear red, green and blue of a black body, the strongest of them 1.

    Parameters
    ----------
    color_k : float
        Its temperature, 1667-25000 K. Chromaticity by the cubic approximation of the Planckian
        locus of Kim et al. (2002), US patent 7024034.
    """
    t = 1000.0 / color_k
    if color_k <= COLD_FROM_K:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    y = _locus_y(x, color_k)
    linear = np.clip(_TO_RGB @ np.array([x / y, 1.0, (1.0 - x - y) / y]), 0.0, None)
    red, green, blue = (float(part) for part in linear / linear.max())
    return red, green, blue


def cold_share(color_k: float, warm_k: float, cold_k: float) -> float:
    """Return how much of a light comes from the cold of two lamps, 0-1, by reciprocal kelvin."""
    share = (1.0 / warm_k - 1.0 / color_k) / (1.0 / warm_k - 1.0 / cold_k)
    return min(1.0, max(0.0, share))


def mired(color_k: float) -> int:
    """Return a color temperature in mired, a million by kelvin, as lamps take it."""
    return round(1e6 / color_k)


def _locus_y(x: float, color_k: float) -> float:
    if color_k <= 2222.0:  # noqa: PLR2004 -- a bound of the approximation
        return float(-1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683)
    if color_k <= COLD_FROM_K:
        return float(-0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867)
    return float(3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483)
