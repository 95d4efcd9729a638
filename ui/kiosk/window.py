"""The patient's screen: black, quiet, and a call wherever it is touched."""

from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QCloseEvent,
    QColor,
    QEventPoint,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
)
from PyQt6.QtWidgets import QMainWindow, QWidget

from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from soundscape.sensory.backlight import backlight_called
from soundscape.session.client import SessionClient
from soundscape.session.presence import SCREEN_CLOSED
from soundscape.settings import read_settings
from soundscape.units import Seconds
from ui.bridge import Bridge, Status
from ui.kiosk.calls import Calls
from ui.kiosk.comfort import (
    STILL_GLOW,
    Chair,
    Glow,
    breath,
    glow_image,
    read_cue,
    read_glow,
    words_for,
)
from ui.kiosk.dimming import ANSWER, GLOW, Dimming, Wish
from ui.kiosk.pin_pad import PinPad
from ui.kiosk.staff_door import StaffDoor
from ui.theme import Color, text_scale
from ui.words import _

CORNER_PX = 140
CORNER_HOLD_S = Seconds(3.0)
FRAME_MS = 100
_WORDS_PX = 36
_ANSWER_PX = 44


class PatientScreen(QWidget):
    """Paints what the patient sees, and tells touches; it decides nothing."""

    pressed = pyqtSignal(QPointF)
    released = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Touch anywhere to call your nurse"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._glow = Glow.OFF
        self._light: QImage | None = None
        self._strength = 1.0
        self._words = ("", 0.0)
        self._answer = ""

    def set_glow(self, glow: Glow) -> None:
        """Choose what glows; nothing as shipped."""
        self._glow = glow
        self._light = None
        self.update()

    def show_state(self, words: tuple[str, float], answer: str, strength: float) -> None:
        """Show words and how strong they are, an answer, and how strong the glow is (0-1)."""
        shown = (self._words, self._answer)
        moved = self._glow is not Glow.OFF and strength != self._strength
        self._words, self._answer, self._strength = words, answer, strength
        if moved or shown != (words, answer):
            self.update()

    def words(self) -> str:
        """Return the words that are shown while nothing is answered."""
        return self._words[0]

    def answer(self) -> str:
        """Return the answer that is shown."""
        return self._answer

    def event(self, event: QEvent | None) -> bool:
        """Take touches as they are, so that no second press is made up from them."""
        if isinstance(event, QTouchEvent):
            self._take(event)
            event.accept()
            return True
        return super().event(event)

    def _take(self, event: QTouchEvent) -> None:
        """Tell each finger that comes, also one that comes while a hand lies on the screen."""
        if event.type() in {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}:
            self.released.emit()
            return
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed:
                self.pressed.emit(point.position())

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take the left button as a touch; the others do nothing."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a press."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Take the second of two quick touches as a touch."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Draw the glow anew for the new size."""
        self._light = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw black, the glow if one is chosen, and at most one line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._glow is not Glow.OFF:
            painter.setOpacity(self._strength)
            painter.drawImage(self.rect(), self._glow_light())
            painter.setOpacity(1.0)
        if self._answer:
            self._paint_line(painter, self._answer, _ANSWER_PX, QColor(Color.MUTED))
        elif self._words[0] and self._words[1] > 0.0:
            color = QColor(Color.NIGHT_TEXT)
            color.setAlphaF(self._words[1])
            self._paint_line(painter, self._words[0], _WORDS_PX, color)

    def _glow_light(self) -> QImage:
        if self._light is None:
            self._light = glow_image(self._glow, self.width(), self.height())
        return self._light

    def _paint_line(self, painter: QPainter, text: str, size_px: int, color: QColor) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(size_px * text_scale(self.font())))
        font.setWeight(QFont.Weight.Light)
        room = QRectF(self.rect()).adjusted(48.0, 0.0, -48.0, 0.0)
        room.setTop(self.height() * 0.62)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, text)


class KioskWindow(QMainWindow):
    """The window at the chair; only staff can leave it.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    bridge : Bridge | None
        The link to the session; None makes the real one.
    clock : Clock | None
        None is the machine's.
    """

    def __init__(
        self, folder: DataFolder, *, bridge: Bridge | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        settings = folder.settings
        self._clock = clock or MachineClock()
        self._shows = 0
        self._bridge = bridge or Bridge(
            lambda: SessionClient(folder.runtime, "kiosk", lambda: self._shows)
        )
        self._calls = Calls(self._clock)
        self._lock = StaffDoor(folder, self._clock)
        self._status: Status | None = None
        self._chair = Chair.FRESH
        self._corner_since: Seconds | None = None
        self._may_close = False
        self.screen_ = PatientScreen()
        self._cue = read_cue(folder.visit)
        self._glow = read_glow(settings)
        self.screen_.set_glow(self._glow)
        self._breathes = read_settings(settings).get("reduced_motion") is not True
        chosen = read_settings(settings).get("kiosk_backlight")
        self._dimming = Dimming(backlight_called(chosen) if chosen else None, self._clock.now())
        self._is_leaving = False
        self.pad = PinPad(self._lock)
        self.pad.setParent(self)
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(_("Patient's screen"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCentralWidget(self.screen_)
        self.resize(1280, 800)
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._wire()
        self.follow()
        self._frames.start()
        self._bridge.start()

    def follow(self) -> None:
        """Look at the clock: end a corner press, and show what is to be shown now."""
        now = self._clock.now()
        self._shows += 1  # here, where a window that hangs does not come
        if self._corner_since is not None and now - self._corner_since >= CORNER_HOLD_S:
            self._corner_since = None
            self._ask_staff()
        if self._is_leaving:
            self._close_when_lit(now)
            return
        words = words_for(self._status, self._chair, self._cue)
        answer = self._calls.answer(self._status)
        shown = self._dimming.toward(self._wish(words, is_busy=bool(answer)), now)
        line = (shown.words, shown.strength)
        if self.pad.isVisible():
            line, answer = ("", 0.0), ""
        glow = breath(now) if self._breathes else STILL_GLOW
        self.screen_.show_state(line, answer, glow * shown.glow)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Close for staff; ignore everybody else's wish to close."""
        if event is None or not self._may_close:
            if event is not None:
                event.ignore()
            return
        self._frames.stop()
        self._bridge.send(SCREEN_CLOSED)
        self._bridge.close()
        super().closeEvent(event)
        QCoreApplication.quit()  # the last window ends the program only if it is still shown

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the keys in the middle."""
        super().resizeEvent(event)
        self._center_pad()

    def _wire(self) -> None:
        self._frames.timeout.connect(self.follow)
        self.screen_.pressed.connect(self._press)
        self.screen_.released.connect(self._release)
        self.pad.opened.connect(self.leave)
        self._bridge.status_changed.connect(self._show)
        self._bridge.lost.connect(self._lose)
        self._bridge.refused.connect(lambda _event, _why: self._calls.refuse())

    def leave(self) -> None:
        """Close, because staff asked for it, once the display is as bright as it was found."""
        self._is_leaving = True
        self.hide()
        self._close_when_lit(self._clock.now())

    def _close_when_lit(self, now: Seconds) -> None:
        if self._dimming.is_restored(now):
            self._may_close = True
            self.close()

    def _wish(self, words: tuple[str, float], *, is_busy: bool) -> Wish:
        """Return what the screen is to show, as the session's light has it."""
        glow = 0.0
        if self._glow is not Glow.OFF:
            glow = 1.0 if self._status is None else float(self._status.get("glow", 1.0))
        screen = words[1] if self._status is None else float(self._status["screen"])
        is_needed = is_busy or self.pad.isVisible()
        light = max(screen, ANSWER if is_needed else 0.0, GLOW * glow)
        return Wish(*words, glow, light)

    def _press(self, place: QPointF) -> None:
        """Take any touch as a call; one that stays in the corner may become staff's."""
        self.pad.put_away()
        if place.x() < CORNER_PX and place.y() < CORNER_PX:
            self._corner_since = self._clock.now()
        if self._calls.touch():
            if self._status is None:
                self._calls.refuse()
            else:
                self._bridge.send("call")
        self.follow()

    def _release(self) -> None:
        self._corner_since = None

    def _ask_staff(self) -> None:
        if not self._lock.asks:
            self.leave()
            return
        self.pad.ask()
        self._center_pad()

    def _center_pad(self) -> None:
        self.pad.move(
            (self.width() - self.pad.width()) // 2, (self.height() - self.pad.height()) // 2
        )

    def _show(self, status: Status) -> None:
        self._status = status
        over = status["state"] in {"fading_out", "ended"}
        self._chair = Chair.OVER if over else Chair.LOST  # what it will be if the link breaks
        self.follow()

    def _lose(self, _sentence: str) -> None:
        self._status = None
        self.follow()
