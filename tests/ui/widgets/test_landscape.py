"""The painted landscapes: repeatable, varied, without bands."""

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.widgets.landscape import landscape

COLORS = ("#574C86", "#CDBBD6")
SIZE = QSize(270, 300)


def pixels(image: QImage) -> NDArray[np.uint8]:
    flat = image.convertToFormat(QImage.Format.Format_RGBX8888)
    data = flat.constBits().asstring(flat.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(flat.height(), flat.width(), 4)


def test_the_same_seed_paints_the_same_picture(qtbot: QtBot) -> None:
    assert qtbot is not None

    first, again, other = (pixels(landscape(seed, COLORS, SIZE)) for seed in (7, 7, 8))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_sky_has_no_bands(qtbot: QtBot) -> None:
    assert qtbot is not None

    sky = pixels(landscape(7, COLORS, SIZE))[:40, :40, 2].astype(int)

    # a band is a row of one single value; noise leaves neighbors of each value in every row
    assert all(len(np.unique(row)) > 1 for row in sky)
    assert np.abs(np.diff(np.median(sky, axis=1))).max() <= 1.0  # the median passes over stars


def test_a_picture_fills_every_size_it_is_asked_for(qtbot: QtBot) -> None:
    assert qtbot is not None

    for size in (QSize(1, 1), QSize(501, 77), QSize(90, 640)):
        picture = landscape(3, COLORS, size)

        assert picture.size() == size
        assert pixels(picture)[..., :3].any()
