"""Where painted parts lie for who reads from right to left.

Widgets in layouts are mirrored by Qt. What a widget paints itself is laid out as for English, and
each part is asked here for its place. Time runs from left to right in every picture of sound.
"""

from PyQt6.QtCore import QRectF
from PyQt6.QtWidgets import QWidget


def seen(widget: QWidget, place: QRectF) -> QRectF:
    """Return where a part of a widget is painted, as the widget is read.

    Parameters
    ----------
    widget : QWidget
        What paints.
    place : QRectF
        Of the part, where one reads from left to right.
    """
    if widget.isLeftToRight():
        return place
    return QRectF(widget.width() - place.right(), place.top(), place.width(), place.height())
