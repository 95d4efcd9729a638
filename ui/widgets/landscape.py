"""A landscape for each preset, painted from a seed and two colors.

Dark gradients band when they are painted with 8 bits. So all is painted with 16 bits for each
channel and then rounded to 8 with triangular noise of one step either way, which hides the steps.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QRadialGradient,
)

INK = QColor("#14110F")
RIDGES = 5
RIDGE_STEP_PX = 3


@dataclass(frozen=True, slots=True)
class _Scenery:
    """What the seed decided.

    Attributes
    ----------
    body : QPointF
        Center of the moon, as ratios of width and height.
    radius : float
        Its radius, as a ratio of the shorter side.
    horizon : float
        Height of the farthest ridge, as a ratio from the top.
    stars : int
        How many.
    waves : NDArray[np.float64], shape (ridges, waves, 3)
        Of each ridge: waves across the picture, their share of its height, their phase.
    """

    body: QPointF
    radius: float
    horizon: float
    stars: int
    waves: NDArray[np.float64]


def landscape(seed: int, colors: tuple[str, str], size: QSize) -> QImage:
    """Return the picture of a preset: always the same for the same seed, colors and size.

    Parameters
    ----------
    seed : int
        Decides the moon, the hills and the stars.
    colors : tuple[str, str]
        The land's and the moon's, as ``#RRGGBB``.
    size : QSize
        In device pixels; at least one each way.
    """
    generator = np.random.default_rng(seed)
    scenery = _scenery(generator)
    land, glow = QColor(colors[0]), QColor(colors[1])
    picture = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGBA64_Premultiplied)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_sky(painter, scenery, land, glow)
    _paint_stars(painter, scenery, glow, generator)
    _paint_body(painter, scenery, glow)
    for number in range(RIDGES):
        _paint_ridge(painter, scenery, land, number)
    painter.end()
    return _dithered(picture, generator)


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return a color between two, with ``share`` (0-1) of the second."""
    keep = 1.0 - share
    return QColor.fromRgbF(
        first.redF() * keep + second.redF() * share,
        first.greenF() * keep + second.greenF() * share,
        first.blueF() * keep + second.blueF() * share,
    )


def _scenery(generator: np.random.Generator) -> _Scenery:
    waves = np.empty((RIDGES, 4, 3))
    waves[:, :, 0] = generator.uniform(0.4, 1.0, (RIDGES, 4)) * np.array([1.0, 2.2, 4.1, 7.3])
    waves[:, :, 1] = generator.uniform(0.6, 1.0, (RIDGES, 4)) * np.array([1.0, 0.5, 0.16, 0.05])
    waves[:, :, 2] = generator.uniform(0.0, math.tau, (RIDGES, 4))
    return _Scenery(
        body=QPointF(generator.uniform(0.3, 0.7), generator.uniform(0.24, 0.50)),
        radius=generator.uniform(0.13, 0.19),
        horizon=generator.uniform(0.56, 0.62),
        stars=int(generator.integers(24, 60)),
        waves=waves,
    )


def _paint_sky(painter: QPainter, scenery: _Scenery, land: QColor, glow: QColor) -> None:
    """Paint from near black at the top to the land's color, warmed by the moon, at the horizon."""
    bounds = _bounds(painter)
    sky = QLinearGradient(bounds.topLeft(), bounds.bottomLeft())
    sky.setColorAt(0.0, mixed(INK, land, 0.16))
    sky.setColorAt(scenery.horizon * 0.55, mixed(INK, land, 0.40))
    sky.setColorAt(scenery.horizon, mixed(mixed(INK, land, 0.70), glow, 0.22))
    sky.setColorAt(1.0, mixed(INK, land, 0.30))
    painter.fillRect(bounds, sky)


def _paint_stars(
    painter: QPainter, scenery: _Scenery, glow: QColor, generator: np.random.Generator
) -> None:
    """Paint stars, fainter and fewer towards the horizon."""
    bounds = _bounds(painter)
    places = generator.uniform(0.0, 1.0, (scenery.stars, 3))
    unit_px = min(max(min(bounds.width(), bounds.height()) / 300.0, 0.6), 1.4)
    for across, down, size in places:
        height = down**1.4 * scenery.horizon
        star = QColor(glow)
        star.setAlphaF(float(0.55 * (1.0 - height / scenery.horizon) * (0.35 + 0.65 * size)))
        painter.setBrush(star)
        radius = unit_px * (0.5 + 0.8 * size**3)
        painter.drawEllipse(
            QPointF(across * bounds.width(), height * bounds.height()), radius, radius
        )


def _paint_body(painter: QPainter, scenery: _Scenery, glow: QColor) -> None:
    """Paint the moon and the light around it."""
    bounds = _bounds(painter)
    center = QPointF(scenery.body.x() * bounds.width(), scenery.body.y() * bounds.height())
    radius = scenery.radius * min(bounds.width(), bounds.height())
    halo = QRadialGradient(center, radius * 4.5)
    for place, alpha in ((0.0, 0.42), (0.22, 0.30), (0.45, 0.11), (0.72, 0.03), (1.0, 0.0)):
        light = QColor(glow)
        light.setAlphaF(alpha)
        halo.setColorAt(place, light)
    painter.fillRect(bounds, halo)
    face = QLinearGradient(center.x(), center.y() - radius, center.x(), center.y() + radius)
    face.setColorAt(0.0, mixed(glow, QColor("white"), 0.16))
    face.setColorAt(1.0, mixed(glow, INK, 0.16))
    painter.setBrush(face)
    painter.drawEllipse(center, radius, radius)


def _paint_ridge(painter: QPainter, scenery: _Scenery, land: QColor, number: int) -> None:
    """Paint one ridge; the farther it is, the more of the sky's light lies on it."""
    bounds = _bounds(painter)
    nearness = number / (RIDGES - 1)
    top = scenery.horizon + (0.94 - scenery.horizon) * nearness**1.15
    height = 0.075 * (1.0 - 0.35 * nearness)
    crest = _crest(scenery.waves[number], bounds, top, height)
    ridge = QPainterPath(QPointF(0.0, bounds.bottom()))
    for point in crest:
        ridge.lineTo(point)
    ridge.lineTo(bounds.right(), bounds.bottom())
    ridge.closeSubpath()
    first = min(point.y() for point in crest)
    fill = QLinearGradient(0.0, first, 0.0, first + bounds.height() * 0.34)
    fill.setColorAt(0.0, mixed(land, INK, 0.06 + 0.70 * nearness**0.8))
    fill.setColorAt(1.0, mixed(land, INK, 0.30 + 0.64 * nearness))
    painter.setBrush(fill)
    painter.drawPath(ridge)


def _crest(waves: NDArray[np.float64], bounds: QRectF, top: float, height: float) -> list[QPointF]:
    """Return the outline of a ridge from left to right.

    Parameters
    ----------
    waves : NDArray[np.float64], shape (waves, 3)
        Cycles across the picture, share of the height, phase in radians.
    bounds : QRectF
        The picture.
    top, height : float
        Mean place from the top and half the span, as ratios of the picture's height.
    """
    count = max(int(bounds.width() / RIDGE_STEP_PX), 2)
    across = np.linspace(0.0, 1.0, count + 1)
    aspect = bounds.width() / bounds.height()
    angles = math.tau * waves[:, 0] * aspect * across[:, np.newaxis] + waves[:, 2]
    places = top + height * (waves[:, 1] * np.sin(angles)).sum(axis=1)
    outline = np.column_stack((across * bounds.width(), places * bounds.height()))
    return [QPointF(float(x), float(y)) for x, y in outline]


def _bounds(painter: QPainter) -> QRectF:
    return QRectF(painter.viewport())


def _dithered(picture: QImage, generator: np.random.Generator) -> QImage:
    """Return the 16-bit picture with 8 bits a channel, rounded with triangular noise."""
    width, height = picture.width(), picture.height()
    memory = picture.constBits()
    deep = np.frombuffer(memory.asstring(picture.sizeInBytes()), np.uint16)
    channels = deep.reshape(height, picture.bytesPerLine() // 8, 4)[:, :width, :3]
    noise = generator.random((2, height, width, 1), np.float32).sum(axis=0) - np.float32(1.0)
    rounded = np.clip(np.rint(channels / np.float32(257.0) + noise), 0, 255).astype(np.uint8)
    opaque = np.full((height, width, 4), 255, np.uint8)
    opaque[:, :, :3] = rounded
    data = opaque.tobytes()
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
