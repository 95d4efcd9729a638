"""How the builder's tables and lists paint a row: two lines, a bar, a mark beside a word."""

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.builder.playlist_model import BLOCK_ROLE
from ui.builder.track_model import CURVE_ROLE, MARK_ROLE, TRACK_ROLE, clock_text
from ui.builder.wave_strip import paint_strip
from ui.theme import Color, icon_pixmap, tabular

PAD_PX = 12
SCROLL_BAR_PX = 20
LINE = 1.4
LINE_LEFT_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
LINE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(round(font.pixelSize() * 15 / 18))
    return small


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Fill a chosen row; a line of amber at its left says so without color's help."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(Color.PRESSED))


def _text(painter: QPainter, area: QRect, text: str, color: Color) -> None:
    """Draw one line, shortened to its room."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setPen(QColor(color))
    painter.drawText(area, LINE_LEFT, shown)


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    """Return where a part of a row lies, which is laid out as for who reads from left to right."""
    return QStyle.visualRect(option.direction, option.rect, place)


class TitleDelegate(QStyledItemDelegate):
    """A title with its artist below."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the two lines."""
        track = index.data(TRACK_ROLE)
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.left(), option.rect.top() + 8, 4, option.rect.height() - 16)
            painter.fillRect(_seen(option, bar), QColor(Color.AMBER))
        area = option.rect.adjusted(PAD_PX, 4, -6, -4)
        unusable = track.rating.avoid or not track.present
        lower = QRect(area)
        if track.artist:
            area.setBottom(area.center().y() + 3)
            lower.setTop(area.bottom())
        painter.setFont(option.font)
        _text(painter, area, track.title, Color.MUTED if unusable else Color.TEXT)
        if track.artist:
            painter.setFont(_small(option.font))
            _text(painter, lower, track.artist, Color.MUTED)
        painter.restore()


class NumberDelegate(QStyledItemDelegate):
    """A number in the middle of its column, in digits of one width."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the number."""
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        painter.setFont(tabular(option.font))
        painter.setPen(QColor(Color.TEXT))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()


class EnergyDelegate(QStyledItemDelegate):
    """A number with a short bar below."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the number and the bar."""
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        area = option.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tabular(option.font))
        painter.setPen(QColor(Color.TEXT))
        painter.drawText(area.adjusted(0, 0, 0, -8), Qt.AlignmentFlag.AlignCenter, index.data())
        rail = QRectF(area.left(), area.center().y() + 14.0, area.width(), 4.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Color.HAIRLINE))
        painter.drawRoundedRect(rail, 2.0, 2.0)
        rail.setWidth(rail.width() * min(index.data(TRACK_ROLE).energy, 1.0))
        painter.setBrush(QColor(Color.AMBER))
        painter.drawRoundedRect(rail, 2.0, 2.0)
        painter.restore()


class StripDelegate(QStyledItemDelegate):
    """How loud a track is over its length."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the strip."""
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        area = QRectF(option.rect).adjusted(PAD_PX / 2, 12, -PAD_PX / 2, -12)
        paint_strip(painter, area, index.data(CURVE_ROLE))
        painter.restore()


class MarkDelegate(QStyledItemDelegate):
    """An icon with the word that says the same."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw icon and word."""
        name, color = index.data(MARK_ROLE)
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        area = option.rect.adjusted(PAD_PX, 0, -4, 0)
        middle = area.center().y() - 9
        place = _seen(option, QRect(area.left(), middle, 20, 20))
        painter.drawPixmap(place.topLeft(), icon_pixmap(name, color, 20))
        painter.setFont(option.font)
        _text(painter, _seen(option, area.adjusted(28, 0, 0, 0)), index.data(), color)
        painter.restore()


class PlaylistDelegate(QStyledItemDelegate):
    """A track of the plan: its mark, when it begins, its title, and why it stands there."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the row."""
        block = index.data(BLOCK_ROLE)
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        area = option.rect.adjusted(PAD_PX, 6, -PAD_PX, -6)
        half = area.height() // 2
        digits = tabular(option.font)
        painter.setFont(digits)
        mark = _seen(option, QRect(area.left(), area.top(), 24, half))
        _text(painter, mark, block.fit.mark, block.fit.color)
        time_px = painter.fontMetrics().horizontalAdvance("000:00") + PAD_PX
        start = _seen(option, QRect(area.left() + 28, area.top(), time_px, half))
        _text(painter, start, clock_text(block.start_s), Color.MUTED)
        left = area.left() + 28 + time_px
        painter.setFont(option.font)
        phase_px = painter.fontMetrics().horizontalAdvance(block.phase)
        title = QRect(left, area.top(), area.right() - left - phase_px - PAD_PX, half)
        if block.locked:
            lock = _seen(option, QRect(title.left(), title.center().y() - 9, 18, 18))
            painter.drawPixmap(lock.topLeft(), icon_pixmap("lock", Color.AMBER, 18))
            title.setLeft(title.left() + 26)
        _text(painter, _seen(option, title), block.title, Color.TEXT)
        phase = QRect(area.right() - phase_px, area.top(), phase_px + 1, half)
        _text(painter, _seen(option, phase), block.phase, Color.MUTED)
        painter.setFont(_small(option.font))
        why = _seen(option, QRect(left, area.top() + half, area.right() - left, half))
        _text(painter, why, block.why, Color.MUTED)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return a row for two lines, not lower than a target."""
        return QSize(0, max(60, round(option.font.pixelSize() * 3.4)))


class SwapDelegate(QStyledItemDelegate):
    """An alternative: its title, its artist, and in two lines what it would change."""

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the row."""
        one = index.data(int(Qt.ItemDataRole.UserRole))
        if painter is None:
            return
        painter.save()
        _ground(painter, option)
        area = option.rect.adjusted(PAD_PX, 6, -PAD_PX, -6)
        line = round(option.font.pixelSize() * LINE)
        painter.setFont(option.font)
        upper = QRect(area.left(), area.top(), area.width(), line)
        by = f"{one.track.title}  ·  {one.track.artist}" if one.track.artist else one.track.title
        _text(painter, upper, by, Color.TEXT)
        painter.setFont(_small(option.font))
        painter.setPen(QColor(Color.MUTED))
        lower = QRect(area.left(), area.top() + line, area.width(), area.height() - line)
        painter.drawText(lower, int(LINE_LEFT_TOP | Qt.TextFlag.TextWordWrap), one.why)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return a row in which the whole sentence has room."""
        why = index.data(Qt.ItemDataRole.ToolTipRole)
        # As if there were a scroll bar: it comes only after the rows have been measured.
        width = max(option.widget.width() - SCROLL_BAR_PX, 200) - 2 * PAD_PX
        metrics = QFontMetrics(_small(option.font))
        room = QRect(0, 0, width, 10_000)
        words = metrics.boundingRect(room, int(LINE_LEFT_TOP | Qt.TextFlag.TextWordWrap), why)
        return QSize(0, round(option.font.pixelSize() * LINE) + words.height() + 16)
