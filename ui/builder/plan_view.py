"""The plan as a picture: the target's line over its phases, and each track as a block below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen

from playlists.solver.layout import USUAL_JOIN, Joins, Slot, slots_of
from playlists.solver.proof import ENERGY_ERROR_AT_MOST
from soundscape.session.phases import PhasePlan
from soundscape.session.plan import Join
from soundscape.units import Seconds
from ui.builder.wishes import Place
from ui.sentences import translated
from ui.theme import Color
from ui.widgets.arc_view import ArcPicture, ArcView, PhaseSpan
from ui.words import _, phase_title

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution

BLOCK_GAP_PX = 2.0
MARK_FROM_PX = 9.0


class Fit(Enum):
    """How near a track's energy is to its target: a color, and a mark for who sees no color."""

    GOOD = ("\N{CHECK MARK}", Color.SAGE)
    NEAR = ("~", Color.AMBER)
    OFF = ("\N{MULTIPLICATION X}", Color.STOP_TEXT)

    @property
    def mark(self) -> str:
        """The mark: a tick, a tilde or a cross."""
        return self.value[0]

    @property
    def color(self) -> Color:
        """The color."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Block:
    """A track in its place.

    Attributes
    ----------
    title, artist, phase, why : str
        In words.
    start_s, end_s : Seconds
        From the session's start.
    energy : float
        0-1.
    fit : Fit
        How near the target.
    place : Place
        Which phase, and which place in it, from 0.
    track : str
        The content.
    locked : bool
        It stays when the music is looked for again.
    join : Join | None
        How the one before hands over to it; None for the first of all.
    begins : bool
        It is the first of its phase, which says how long its own fade is.
    """

    title: str
    artist: str
    phase: str
    why: str
    start_s: Seconds
    end_s: Seconds
    energy: float
    fit: Fit
    place: Place = (0, 0)
    track: str = ""
    locked: bool = False
    join: Join | None = None
    begins: bool = False


def fit_of(mean_error: float) -> Fit:
    """Return the fit for a mean distance from the target energy, 0-1.

    A whole plan holds up to ``ENERGY_ERROR_AT_MOST``; a single track may be twice as far.
    """
    if mean_error <= ENERGY_ERROR_AT_MOST:
        return Fit.GOOD
    return Fit.NEAR if mean_error <= 2.0 * ENERGY_ERROR_AT_MOST else Fit.OFF


def picture_of(phases: tuple[PhasePlan, ...], delivery_s: Seconds) -> ArcPicture:
    """Return phases and target energy as they come if all goes as planned."""
    slots = slots_of(phases, delivery_s)
    return ArcPicture(
        phases=tuple(PhaseSpan(phase_title(s.phase.name), s.start_s, s.end_s) for s in slots),
        energy=tuple(
            (slot.start_s + fraction * slot.length_s, energy)
            for slot in slots
            for fraction, energy in slot.phase.energy
        ),
        end_s=slots[-1].end_s,
    )


def blocks_of(
    solution: "Solution",
    locks: Mapping[Place, str] | None = None,
    joins: Joins | None = None,
) -> tuple[Block, ...]:
    """Return every track of a plan in its place; none where there is no plan.

    Parameters
    ----------
    solution : Solution
        With its proof.
    locks : Mapping[Place, str] | None
        Which tracks are locked where; None is none.
    joins : Joins | None
        Joins that are not the usual ones; None is none.
    """
    if solution.plan is None:
        return ()
    slots = slots_of(solution.plan.phases, solution.plan.delivery_s)
    return tuple(
        Block(
            title=heard.title,
            artist=heard.artist,
            phase=phase_title(slot.phase.name),
            why=translated(heard.why),
            start_s=heard.start_s,
            end_s=heard.end_s,
            energy=heard.energy,
            fit=fit_of(heard.energy_error),
            place=(phase_number, number),
            track=heard.track,
            locked=(locks or {}).get((phase_number, number)) == heard.track,
            join=_join((joins or {}).get((phase_number, number), USUAL_JOIN), slot, number),
            begins=number == 0,
        )
        for phase_number, (slot, phase) in enumerate(
            zip(slots, solution.proof.phases, strict=True)
        )
        for number, heard in enumerate(phase.tracks)
    )


def _join(join: Join, slot: Slot, number: int) -> Join | None:
    """Return how a phase's first or later track is joined to what is before it."""
    if number:
        return join
    return Join(slot.phase.fade_s, join.shape) if slot.start_s > 0.0 else None


class PlanView(ArcView):
    """Draws the blocks under the arc; the playlist beside it says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Target energy and tracks over the session"))
        self._blocks: tuple[Block, ...] = ()
        self._chosen = -1

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is drawn under the arc."""
        return self._blocks

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Draw other blocks."""
        self._blocks = blocks
        self._chosen = -1
        self.update()

    def choose(self, number: int) -> None:
        """Mark one block, by its number from 0; -1 is none."""
        self._chosen = number
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the blocks, then the arc over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, block in enumerate(self._blocks):
            self._paint_block(painter, block, chosen=number == self._chosen)
        painter.end()
        super().paintEvent(event)

    def _paint_energy(self, painter: QPainter) -> None:
        """Draw the target; over blocks as a line alone, so that their colors stay their own."""
        if not self._blocks:
            super()._paint_energy(painter)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(Color.TEXT), 2.5, cap=Qt.PenCapStyle.RoundCap))
        painter.drawPath(self._curve())

    def _paint_block(self, painter: QPainter, block: Block, *, chosen: bool) -> None:
        left, right = self.x_of(block.start_s), self.x_of(block.end_s)
        top = self._point(block.start_s, block.energy).y()
        body = QRectF(QPointF(left, top), QPointF(right, self._plot().bottom()))
        body.adjust(BLOCK_GAP_PX / 2, 0.0, -BLOCK_GAP_PX / 2, 0.0)
        fill = QColor(block.fit.color)
        fill.setAlphaF(0.45 if chosen else 0.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(body, 4.0, 4.0)
        painter.setPen(QPen(QColor(block.fit.color), 3.0, cap=Qt.PenCapStyle.RoundCap))
        painter.drawLine(body.topLeft() + QPointF(2, 0), body.topRight() - QPointF(2, 0))
        if body.width() >= MARK_FROM_PX:
            painter.setFont(self._font(15))
            row = QRectF(body.left(), body.bottom() - 24.0, body.width(), 24.0)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, block.fit.mark)
