"""What the builder does with the plan: find it, change it by hand, hear it, keep it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from playlists.arcs import arc_faults, load_arcs
from playlists.models import Track
from playlists.presets import Preset, load_presets
from playlists.solver.layout import joins_in
from soundscape.folders import DataFolder
from soundscape.session.plan import Join
from ui.builder.arc_draft import ArcDraft
from ui.builder.arc_panel import ArcPanel
from ui.builder.join_hearing import JoinHearing
from ui.builder.join_panel import JoinPanel
from ui.builder.library_panel import LibraryPanel
from ui.builder.plan_panel import PlanPanel
from ui.builder.plan_view import Block
from ui.builder.steps import Steps
from ui.builder.swap_panel import SwapPanel
from ui.builder.wishes import Place, PresetWish, Wish
from ui.sentences import translated
from ui.tasks import Jobs
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution
    from playlists.solver.arrange import Arrangement
    from ui.builder.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Standing:
    """How the plan stands between two steps.

    Attributes
    ----------
    wish : Wish | None
        What was asked for; None before anything was.
    solution : Solution | None
        What was found; None where nothing was, or something else is asked for by now.
    locks : dict[Place, str]
        Which tracks are locked where.
    joins : dict[Place, Join]
        Joins that are not the usual ones.
    """

    wish: Wish | None = None
    solution: "Solution | None" = None
    locks: dict[Place, str] = field(default_factory=dict)
    joins: dict[Place, Join] = field(default_factory=dict)


class PlanWork(QObject):
    """Stands between the plan's panels and what works behind them.

    ``said`` carries a sentence; ``swapping``, ``joining`` and ``drawing`` say whether the list of
    other tracks, a join, or the arc that is drawn is to be seen; ``stepped`` says that the plan
    was changed by hand. Its joins are heard by ``hearing``.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    workshop : Callable[[], Workshop]
        Returns what works; called in the background.
    jobs : Jobs
        What goes on.
    panels : tuple[LibraryPanel, PlanPanel, SwapPanel, JoinPanel, ArcPanel]
        What is seen.
    """

    said = pyqtSignal(str)
    swapping = pyqtSignal(bool)
    drawing = pyqtSignal(bool)
    joining = pyqtSignal(bool)
    stepped = pyqtSignal()

    def __init__(
        self,
        folder: DataFolder,
        workshop: "Callable[[], Workshop]",
        jobs: Jobs,
        panels: tuple[LibraryPanel, PlanPanel, SwapPanel, JoinPanel, ArcPanel],
    ) -> None:
        super().__init__()
        self._folder, self._workshop, self._jobs = folder, workshop, jobs
        self._library, self._plan, self._swaps, self._join, self._arc = panels
        self._asked = 0
        self._now = Standing()
        self._steps: Steps[Standing] = Steps()
        self.hearing = JoinHearing(workshop, jobs, self._plan)
        self.renew()
        self._wire()

    @property
    def has_plan(self) -> bool:
        """Whether a plan is shown."""
        return self.solution is not None and self.solution.plan is not None

    @property
    def solution(self) -> "Solution | None":
        """What was found for what is asked for now."""
        return self._now.solution

    @property
    def can_undo(self) -> bool:
        """Whether the plan was changed since it was asked for."""
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return self._steps.can_redo

    def undo(self) -> None:
        """Take the last change of the plan back."""
        self._stand(self._steps.undo(self._now))

    def redo(self) -> None:
        """Change the plan again as it was before that was undone."""
        self._stand(self._steps.redo(self._now))

    def renew(self) -> None:
        """Offer the presets and arcs that there are by now."""
        self._plan.form.show_presets(load_presets(self._folder))
        self._plan.form.show_arcs(load_arcs(self._folder.arcs))
        for fault in arc_faults(self._folder.arcs).values():
            self.said.emit(translated(f"{fault}."))

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
        bar.shape_asked.connect(self._shape)
        plan.chosen.connect(self._follow_join)
        self._join.wished.connect(self._change_join)
        self._join.hear_asked.connect(self._hear_join)
        self._join.hear_all_asked.connect(lambda block: self._hear_join(block, goes_on=True))
        self.hearing.turned.connect(self._join.show_heard)
        self.hearing.turned.connect(bar.show_heard)
        self._join.left.connect(lambda: self.joining.emit(False))  # noqa: FBT003 - a signal
        plan.undo.clicked.connect(self.undo)
        plan.redo.clicked.connect(self.redo)
        self._swaps.taken.connect(self._take)
        self._swaps.left.connect(lambda: self.swapping.emit(False))  # noqa: FBT003 - a signal
        self._arc.wished.connect(self._keep_arc)
        self._arc.left.connect(lambda: self.drawing.emit(False))  # noqa: FBT003 - a signal

    def _solve(self) -> None:
        locks = dict(self._now.locks)
        wish = replace(self._plan.form.wish(), locks=locks, joins=self._met())

        def done(solution: "Solution") -> None:
            joins = {} if solution.plan is None else joins_in(solution.plan)
            self._step(Standing(wish, solution, dict(self._now.locks), joins))

        self._plan.show_working()
        self._run(
            lambda: self._workshop().solve(wish),
            done,
            lambda sentence: self._plan.show_refusal([sentence]),
        )

    def _met(self) -> dict[tuple[str, str], Join]:
        """Return the joins that were shaped, by the two tracks that meet there."""
        blocks, joins = self._plan.view.blocks, self._now.joins
        return {
            (before.track, block.track): joins[block.place]
            for before, block in pairwise(blocks)
            if block.place in joins
        }

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

    def _step(self, then: Standing) -> None:
        """Let the plan stand otherwise; where there was one, that can be undone."""
        if self.solution is not None:
            self._steps.keep(self._now)
            self.stepped.emit()
        self._stand(then)

    def _stand(self, then: Standing) -> None:
        """Show the plan as it stands; no answer to an earlier request arrives any more."""
        self._asked += 1
        self._now = then
        if then.solution is not None:
            self._plan.show_solution(then.solution, then.locks, then.joins)
        self._plan.show_locks(len(then.locks))
        self._plan.show_steps(undo=self.can_undo, redo=self.can_redo)
        self.swapping.emit(False)  # noqa: FBT003 - a signal
        if not self.has_plan:
            self.joining.emit(False)  # noqa: FBT003 - a signal

    def _forget(self) -> None:
        """Let no answer to an earlier request arrive, and let a new one be asked."""
        wish = self._now.wish
        is_alike = wish is not None and self._plan.form.wish().route == wish.route
        self._steps.forget()
        # the places of another route are others
        self._stand(Standing(wish, locks=self._now.locks if is_alike else {}))
        self._plan.solve.setEnabled(True)

    def _lock(self, block: Block) -> None:
        """Lock a track in its place, or let it go."""
        locks = dict(self._now.locks)
        if locks.pop(block.place, "") != block.track:
            locks[block.place] = block.track
        self._step(replace(self._now, locks=locks))

    def _unlock(self) -> None:
        self._step(replace(self._now, locks={}))

    def _look_for_swaps(self, block: Block) -> None:
        wish, arrangement, own = self._now.wish, self._arrangement(), self._chosen()
        self._swaps.show_looking(block)
        self.swapping.emit(True)  # noqa: FBT003 - a signal
        if wish is not None:
            self._run(
                lambda: self._workshop().plans.swaps(wish, arrangement, block.place, own),
                lambda found: self._swaps.show_found(found, has_own=own is not None),
                self._swaps.say,
            )

    def _chosen(self) -> Track | None:
        """Return the one track that is chosen in the library, if the plan does not have it."""
        standing = {block.track for block in self._plan.view.blocks}
        chosen = [one for one in self._library.selected() if one.content_hash not in standing]
        return chosen[0] if len(chosen) == 1 else None

    def _take(self, place: Place, content: str) -> None:
        """Put another track into a place; one that was locked there gives way."""
        locks = dict(self._now.locks)
        if place in locks:
            locks[place] = content
        self._arrange(self._arrangement().with_track(place, content), locks, self._swaps.say)

    def _shape(self, block: Block) -> None:
        """Show the join into a track, to be changed."""
        self._show_join(block)
        self.joining.emit(True)  # noqa: FBT003 - a signal

    def _follow_join(self, block: Block | None) -> None:
        """Show the join into the track that is chosen now, where a join is shown."""
        if block is None or not self._join.isVisible():
            return
        if block.join is None:
            self.joining.emit(False)  # noqa: FBT003 - a signal
        else:
            self._show_join(block)

    def _show_join(self, block: Block) -> None:
        blocks = self._plan.view.blocks
        self._join.show_join(block, blocks[blocks.index(block) - 1])

    def _change_join(self, block: Block, join: Join) -> None:
        arrangement = self._arrangement().with_join(block.place, join)
        self._arrange(arrangement, self._now.locks, self._join.say)

    def _arrange(
        self,
        arrangement: "Arrangement",
        locks: dict[Place, str],
        refuse: Callable[[str], None],
    ) -> None:
        """Show a plan that was changed by hand; where it does not hold, the last one stays."""
        wish = self._now.wish

        def done(solution: "Solution") -> None:
            if solution.plan is None:
                refuse(translated(" ".join(solution.proof.missing)))
                return
            self._step(Standing(wish, solution, locks, dict(arrangement.joins)))

        if wish is not None:
            self._run(lambda: self._workshop().plans.arrange(wish, arrangement), done, refuse)

    def _arrangement(self) -> "Arrangement":
        """Return what stands where now."""
        assert self.solution is not None, "only a plan that is shown is changed"  # noqa: S101
        arrangement_of = import_module("playlists.solver.arrange").arrangement_of
        arrangement: Arrangement = arrangement_of(self.solution.proof, self._now.joins)
        return arrangement

    def _hear_join(self, block: Block, *, goes_on: bool = False) -> None:
        if self.solution is not None:
            self.hearing.turn(self.solution, block, goes_on=goes_on)

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
