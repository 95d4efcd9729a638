"""What a patient can choose: large cards with a landscape, and quieter choices without one.

Each is a real button with the manners of a radio button, so that keyboards and screen readers
find what the eye finds.
"""

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QAbstractButton, QWidget

from playlists.presets import Preset
from ui.theme import PATIENT_TARGET_PX, Color, Look, icon_pixmap
from ui.widgets.landscape import landscape
from ui.widgets.mirror import seen
from ui.words import _

RADIUS_PX = 26.0
INSET_PX = 22
RING_PX = 44
SIDE_PX = 16
ICON_COLUMN_PX = 42
ART_AT_LEAST_PX = 150
ART_SHARE_BESIDE = 0.4
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


def sized(font: QFont, size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return a font in another size and weight."""
    other = QFont(font)
    other.setPixelSize(size_px)
    other.setWeight(weight)
    return other


class Choice(QAbstractButton):
    """A radio button that paints itself; it keeps the focus frame for the keyboard.

    Parameters
    ----------
    name, description : str
        What a screen reader says; the name is also shown.
    look : Look
        The reader's text size.
    """

    def __init__(self, name: str, description: str, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a screen reader calls it a radio button then
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._keyboard_is_here = False

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show the focus frame if a key brought the focus, not when a window opened."""
        keys = {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }
        self._keyboard_is_here = event is not None and event.reason() in keys
        super().focusInEvent(event)

    def set_look(self, look: Look) -> None:
        """Change the text size."""
        self.look = look
        self.updateGeometry()
        self.update()

    def shape_path(self) -> QPainterPath:
        """Return the outline, half a pen inside the widget."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), RADIUS_PX, RADIUS_PX)
        return path

    def paint_ground(self, painter: QPainter) -> None:
        """Fill the outline."""
        painter.fillPath(self.shape_path(), QColor(Color.RAISED if self.isDown() else Color.PANEL))

    def paint_edge(self, painter: QPainter) -> None:
        """Draw the outline: amber when chosen, light when the keyboard is here."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = Color.AMBER if self.isChecked() else Color.EDGE
        painter.setPen(QPen(QColor(edge), 3.0 if self.isChecked() else 1.2))
        painter.drawPath(self.shape_path())
        if self.hasFocus() and self._keyboard_is_here:
            inner = QRectF(self.rect()).adjusted(7, 7, -7, -7)
            painter.setPen(QPen(QColor(Color.TEXT), 2.0))
            painter.drawRoundedRect(inner, RADIUS_PX - 5, RADIUS_PX - 5)

    def paint_tick(self, painter: QPainter, center: QPointF) -> None:
        """Draw the mark of the chosen one: a shape, so that color is not all that tells."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Color.AMBER))
        painter.drawEllipse(center, 19.0, 19.0)
        mark = icon_pixmap("check", Color.ON_AMBER, 24)
        painter.drawPixmap(QPointF(center.x() - 12, center.y() - 12), mark)


class QuietChoice(Choice):
    """A choice without a picture: an icon and one or two lines."""

    def __init__(self, name: str, icon_name: str, look: Look, parent: QWidget) -> None:
        super().__init__(name, "", look, parent)
        self._icon_name = icon_name

    def sizeHint(self) -> QSize:
        """Return a size in which the name fits on two lines."""
        metrics = QFontMetrics(self._font())
        words = self.text().split()
        halves = [
            max(metrics.horizontalAdvance(" ".join(part)) for part in (words[:cut], words[cut:]))
            for cut in range(1, len(words))
        ]
        width = min(halves, default=metrics.horizontalAdvance(self.text()))
        height = 2 * metrics.lineSpacing() + 2 * INSET_PX
        return QSize(width + 2 * SIDE_PX + ICON_COLUMN_PX + 4, max(height, PATIENT_TARGET_PX))

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing may be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw icon and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        place = seen(self, QRectF(SIDE_PX, self.height() / 2 - 15, 30, 30))
        if self.isChecked():
            self.paint_tick(painter, place.center())
        else:
            mark = icon_pixmap(self._icon_name, Color.MUTED, 30)
            painter.drawPixmap(place.topLeft(), mark)
        painter.setFont(self._font())
        painter.setPen(QColor(Color.TEXT))
        left = SIDE_PX + ICON_COLUMN_PX
        text = seen(self, QRectF(self.rect().adjusted(left, 0, -SIDE_PX + 4, 0)))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, int(flags), self.text())
        self.paint_edge(painter)

    def _font(self) -> QFont:
        return sized(self.font(), self.look.px(24))


class PresetCard(Choice):
    """A preset: its landscape, its name, one line, and whether it can be or is heard.

    The landscape lies above the words or beside them, as ``lay_out`` was told.
    """

    def __init__(self, preset: Preset, look: Look, parent: QWidget) -> None:
        super().__init__(_(preset.title), _(preset.line), look, parent)
        self.preset = preset
        self._heard: float | None = None
        self._audible = True
        self._beside = False
        self._words_px = 0
        self._art = QImage()

    @property
    def heard(self) -> float | None:
        """How much of its excerpt has been heard, 0-1; None while it is not playing."""
        return self._heard

    @property
    def is_audible(self) -> bool:
        """Whether it invites to listen."""
        return self._audible

    @property
    def is_beside(self) -> bool:
        """Whether the picture lies beside the words."""
        return self._beside

    def set_heard(self, fraction: float | None) -> None:
        """Show how much of the excerpt has been heard (0-1), or that none is playing."""
        self._heard = fraction
        self.update()

    def set_audible(self, audible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide the invitation to listen."""
        self._audible = audible
        self.update()

    def lay_out(self, *, beside: bool, words_px: int) -> None:
        """Put the picture beside the words or above them; keep this much height for the words."""
        if (beside, words_px) != (self._beside, self._words_px):
            self._beside, self._words_px = beside, words_px
            self.update()

    def needed_height(self, width_px: int, *, beside: bool) -> int:
        """Return the height in pixels that a width asks for, so that no text is cut."""
        height = self.words_height(width_px, beside=beside)
        if beside:
            return height + 2 * SIDE_PX
        return height + 2 * INSET_PX + RING_PX + ART_AT_LEAST_PX

    def minimumSizeHint(self) -> QSize:
        """Return the height in which nothing is cut at the width of now."""
        return QSize(0, self.needed_height(self.width(), beside=self._beside))

    def words_height(self, width_px: int, *, beside: bool) -> int:
        """Return the height in pixels of name and line, wrapped as the card's width asks for."""
        room = QRect(0, 0, self._words_width(width_px, beside=beside), 10_000)
        title = QFontMetrics(self._title_font()).boundingRect(room, WRAP, self.text())
        line = QFontMetrics(self._line_font()).boundingRect(room, WRAP, _(self.preset.line))
        return title.height() + line.height() + (8 if beside else 20)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw picture, words and the listening row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        self._paint_art(painter)
        words = seen(self, QRectF(self._words_area()))
        painter.setPen(QColor(Color.TEXT))
        painter.setFont(self._title_font())
        title = painter.boundingRect(words, WRAP, self.text())
        painter.drawText(words, WRAP, self.text())
        painter.setPen(QColor(Color.MUTED))
        painter.setFont(self._line_font())
        painter.drawText(words.adjusted(0, title.height() + 6, 0, 0), WRAP, _(self.preset.line))
        if self._audible:
            self._paint_listen(painter)
        if self.isChecked():
            corner = self._art_area()
            at = QRectF(corner.right() - 34, corner.top() + 36, 0, 0)
            self.paint_tick(painter, seen(self, at).center())
        self.paint_edge(painter)

    def _landscape(self) -> QImage:
        """Return the picture for the size of now, painted anew only if that is another."""
        ratio = self.devicePixelRatioF()
        size = self._art_area().size() * ratio
        if self._art.size() != size:
            self._art = landscape(self.preset.seed, self.preset.color, size)
            self._art.setDevicePixelRatio(ratio)
        return self._art

    def _paint_art(self, painter: QPainter) -> None:
        area = seen(self, QRectF(self._art_area()))
        shape = QPainterPath()
        shape.addRect(area)
        brush = QBrush(self._landscape())
        painter.save()
        painter.setBrushOrigin(area.topLeft())
        painter.fillPath(shape.intersected(self.shape_path()), brush)
        painter.restore()
        fade = QLinearGradient(area.bottomLeft() - QPointF(0, 46), area.bottomLeft())
        if self._beside:
            right, step = area.topRight(), QPointF(46, 0)
            fade = QLinearGradient(right - step, right)
            if self.isRightToLeft():
                fade = QLinearGradient(area.topLeft() + step, area.topLeft())
        clear = QColor(Color.PANEL)
        clear.setAlphaF(0.0)
        fade.setColorAt(0.0, clear)
        fade.setColorAt(1.0, QColor(Color.RAISED if self.isDown() else Color.PANEL))
        painter.fillPath(shape.intersected(self.shape_path()), fade)

    def _paint_listen(self, painter: QPainter) -> None:
        """Draw the ring, which fills while the excerpt is heard, and a word where there is room.

        Beside the words there is no room for it, so it lies on the picture, on a dark ground.
        """
        plays = self._heard is not None
        row = self._listen_area()
        ring = seen(self, QRectF(row.left() + 1.5, row.top() + 1.5, RING_PX - 3, RING_PX - 3))
        ground = QColor(Color.INK)
        ground.setAlphaF(0.8 if self._beside else 0.0)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(Color.EDGE), 2.0))
        painter.drawEllipse(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._heard is not None:
            pen = QPen(QColor(Color.AMBER), 3.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(self._heard * 360 * 16))
        color = Color.AMBER if plays else Color.TEXT
        mark = icon_pixmap("pause" if plays else "play", color, 20)
        painter.drawPixmap(ring.center() - QPointF(9.5 if plays else 9, 10), mark)
        if self._beside:
            return
        painter.setPen(QColor(Color.TEXT if plays else Color.MUTED))
        painter.setFont(self._line_font())
        word = _("Playing") if plays else _("Listen")
        room = seen(self, QRectF(row.adjusted(RING_PX + 12, 0, 0, 0)))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)

    def _listen_area(self) -> QRect:
        if self._beside:
            corner = self._art_area().bottomLeft()
            return QRect(corner.x() + 14, corner.y() - RING_PX - 14, RING_PX, RING_PX)
        words = self._words_area()
        return QRect(words.left(), words.bottom() - RING_PX + 2, words.width(), RING_PX)

    def _art_area(self) -> QRect:
        inside = self.rect().adjusted(2, 2, -2, -2)
        if self._beside:
            inside.setWidth(round(self.width() * ART_SHARE_BESIDE))
        else:
            inside.setBottom(inside.bottom() - self._words_px - RING_PX - 2 * INSET_PX + 6)
        return inside

    def _words_area(self) -> QRect:
        area = self._art_area()
        if self._beside:
            top_left = area.topRight() + QPointF(14, SIDE_PX).toPoint()
            return QRect(top_left, self.rect().bottomRight() - QPointF(INSET_PX, 18).toPoint())
        top_left = area.bottomLeft() + QPointF(INSET_PX, 12).toPoint()
        return QRect(top_left, self.rect().bottomRight() - QPointF(INSET_PX, 20).toPoint())

    def _words_width(self, width_px: int, *, beside: bool) -> int:
        if beside:
            return round(width_px * (1.0 - ART_SHARE_BESIDE)) - INSET_PX - 16
        return width_px - 2 * INSET_PX - 4

    def _title_font(self) -> QFont:
        return sized(self.font(), self.look.px(30), QFont.Weight.DemiBold)

    def _line_font(self) -> QFont:
        return sized(self.font(), self.look.px(24))
