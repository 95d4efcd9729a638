"""What the builder does with the plan: find it, change it by hand, hear it, keep it."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from playlists.arcs import load_arcs
from playlists.presets import Preset, load_presets
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder
from ui.builder.arc_draft import ArcDraft
from ui.builder.arc_panel import ArcPanel
from ui.builder.jobs import Jobs
from ui.builder.plan_panel import PlanPanel
from ui.builder.plan_view import Block
from ui.builder.swap_panel import SwapPanel
from ui.builder.wishes import Place, PresetWish, Wish
from ui.sentences import translated
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution
    from playlists.solver.arrange import Arrangement
    from soundscape.units import Seconds
    from ui.builder.workshop import Workshop


class PlanWork(QObject):
    """Stands between the plan's panels and what works behind them.

    ``said`` carries a sentence; ``hear`` an ``Excerpt``, and ``hush`` ends it; ``swapping`` and
    ``drawing`` say whether the list of other tracks, or the arc that is drawn, is to be seen.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    workshop : Callable[[], Workshop]
        Returns what works; called in the background.
    jobs : Jobs
        What goes on.
    panels : tuple[PlanPanel, SwapPanel, ArcPanel]
        What is seen.
    """

    said = pyqtSignal(str)
    hear = pyqtSignal(object)
    hush = pyqtSignal()
    swapping = pyqtSignal(bool)
    drawing = pyqtSignal(bool)

    def __init__(
        self,
        folder: DataFolder,
        workshop: "Callable[[], Workshop]",
        jobs: Jobs,
        panels: tuple[PlanPanel, SwapPanel, ArcPanel],
    ) -> None:
        super().__init__()
        self._folder, self._workshop, self._jobs = folder, workshop, jobs
        self._plan, self._swaps, self._arc = panels
        self._asked = 0
        self._wish: Wish | None = None
        self.solution: Solution | None = None
        self._locks: dict[Place, str] = {}
        self._fades: dict[Place, Seconds] = {}
        self._hears = False
        self.renew()
        self._wire()

    @property
    def has_plan(self) -> bool:
        """Whether a plan is shown."""
        return self.solution is not None and self.solution.plan is not None

    def renew(self) -> None:
        """Offer the presets and arcs that there are by now."""
        self._plan.form.show_presets(load_presets(self._folder))
        try:
            self._plan.form.show_arcs(load_arcs(self._folder.arcs))
        except InvalidPlanError as error:
            self._plan.form.show_arcs(load_arcs())
            self.said.emit(translated(f"{error}."))

    def hushed(self) -> None:
        """Take it that nothing sounds any more."""
        self._hears = False

    def save(self, path: Path) -> None:
        """Write the plan that is shown."""
        solution = self.solution
        if solution is not None:
            said = _("Saved as {name}.").format(name=path.name)
            self._jobs.run(
                lambda _report: self._workshop().save(path, solution),
                lambda _none: self._plan.state.setText(said),
                failed=self._plan.state.setText,
            )

    def save_preset(self, wish: PresetWish) -> None:
        """Keep a preset of the clinic's own, and offer it."""
        solution = self.solution

        def done(preset: Preset) -> None:
            self._plan.form.show_presets(load_presets(self._folder))
            self.said.emit(_("Saved as the preset {name}.").format(name=preset.title))

        self._jobs.run(lambda _report: self._workshop().save_preset(wish, solution), done)

    def _wire(self) -> None:
        plan, bar = self._plan, self._plan.place
        plan.solve.clicked.connect(self._solve)
        plan.changed.connect(self._forget)
        plan.unlock.clicked.connect(self._unlock)
        plan.form.draw.clicked.connect(self._draw)
        bar.lock_asked.connect(self._lock)
        bar.swap_asked.connect(self._look_for_swaps)
        bar.join_asked.connect(self._hear_join)
        bar.fade_asked.connect(self._fade)
        self._swaps.taken.connect(self._take)
        self._swaps.left.connect(lambda: self.swapping.emit(False))  # noqa: FBT003 - a signal
        self._arc.wished.connect(self._keep_arc)
        self._arc.left.connect(lambda: self.drawing.emit(False))  # noqa: FBT003 - a signal

    def _solve(self) -> None:
        wish = replace(self._plan.form.wish(), locks=dict(self._locks))

        def done(solution: "Solution") -> None:
            self._fades = {}
            self._show(solution)

        self._wish = wish
        self._plan.show_working()
        self._run(
            lambda: self._workshop().solve(wish),
            done,
            lambda sentence: self._plan.show_refusal([sentence]),
        )

    def _run(
        self,
        work: Callable[[], object],
        show: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        """Work on the plan; an answer to what is no longer asked is not shown as if it were."""
        self._asked += 1
        asked = self._asked

        def still(told: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda result: told(result) if asked == self._asked else None

        self._jobs.run(lambda _report: work(), still(show), failed=still(failed))

    def _show(self, solution: "Solution") -> None:
        self.solution = solution
        self._plan.show_solution(solution, self._locks, self._fades)
        self._plan.show_locks(len(self._locks))

    def _forget(self) -> None:
        """Let no answer to an earlier request arrive, and let a new one be asked."""
        self._asked += 1
        self.solution = None
        if self._wish is None or self._plan.form.wish().route != self._wish.route:
            self._locks = {}  # the places are those of another route
        self._plan.show_locks(len(self._locks))
        self._plan.solve.setEnabled(True)
        self.swapping.emit(False)  # noqa: FBT003 - a signal

    def _lock(self, block: Block) -> None:
        """Lock a track in its place, or let it go."""
        if self._locks.get(block.place) == block.track:
            del self._locks[block.place]
        else:
            self._locks[block.place] = block.track
        if self.solution is not None:
            self._show(self.solution)

    def _unlock(self) -> None:
        self._locks = {}
        self._plan.show_locks(0)

    def _look_for_swaps(self, block: Block) -> None:
        wish, arrangement = self._wish, self._arrangement()
        self._swaps.show_looking(block)
        self.swapping.emit(True)  # noqa: FBT003 - a signal
        if wish is not None:
            self._run(
                lambda: self._workshop().plans.swaps(wish, arrangement, block.place),
                self._swaps.show_found,
                self._swaps.say,
            )

    def _take(self, place: Place, content: str) -> None:
        """Put another track into a place; one that was locked there gives way."""
        if place in self._locks:
            self._locks[place] = content
        self._arrange(self._arrangement().with_track(place, content), self._swaps.say)

    def _fade(self, block: Block, length_s: int) -> None:
        self._arrange(
            self._arrangement().with_fade(block.place, length_s), self._plan.state.setText
        )

    def _arrange(self, arrangement: "Arrangement", refuse: Callable[[str], None]) -> None:
        """Show a plan that was changed by hand; where it does not hold, the last one stays."""
        wish = self._wish

        def done(solution: "Solution") -> None:
            if solution.plan is None:
                refuse(translated(" ".join(solution.proof.missing)))
                return
            self._fades = dict(arrangement.fades)
            self._show(solution)
            self.swapping.emit(False)  # noqa: FBT003 - a signal

        if wish is not None:
            self._run(lambda: self._workshop().plans.arrange(wish, arrangement), done, refuse)

    def _arrangement(self) -> "Arrangement":
        """Return what stands where now."""
        assert self.solution is not None, "only a plan that is shown is changed"  # noqa: S101
        made = import_module("playlists.solver.arrange").Arrangement
        phases = self.solution.proof.phases
        picks = tuple(tuple(heard.track for heard in phase.tracks) for phase in phases)
        arrangement: Arrangement = made(picks, dict(self._fades))
        return arrangement

    def _hear_join(self, block: Block) -> None:
        solution = self.solution
        if self._hears:
            self.hush.emit()
        elif solution is not None:
            self._plan.state.setText(_("Making the join as the headphones would get it…"))
            self._jobs.run(
                lambda _report: self._workshop().plans.join(solution, block.track),
                lambda excerpt: self._heard(block, excerpt),
                failed=self._plan.state.setText,
            )

    def _heard(self, block: Block, excerpt: object) -> None:
        self._plan.state.setText(
            _("Ten seconds before {title}, the crossfade, ten seconds of it.").format(
                title=block.title
            )
        )
        self.hear.emit(excerpt)
        self._hears = True

    def _draw(self) -> None:
        """Draw on from the arc that is chosen; silence has no line, so from the usual one."""
        shipped = load_arcs()
        arc = self._plan.form.chosen_arc()
        usual = next(one for one in shipped.values() if not one.is_silent)
        self._arc.begin(usual if arc.is_silent else arc, shipped)
        self.drawing.emit(True)  # noqa: FBT003 - a signal

    def _keep_arc(self, draft: ArcDraft) -> None:
        def done(name: str) -> None:
            self._plan.form.show_arcs(load_arcs(self._folder.arcs), chosen=name)
            self.said.emit(_("Saved as the arc {name}.").format(name=draft.title))
            self.drawing.emit(False)  # noqa: FBT003 - a signal

        self._jobs.run(
            lambda _report: self._workshop().shelves.keep_arc(draft),
            done,
            failed=self._arc.refuse,
        )
