"""Joins of the plan to be heard: one, or one after another to the end of the plan."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from ui.builder.plan_panel import PlanPanel
from ui.builder.plan_view import Block
from ui.tasks import Jobs
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution
    from ui.builder.workshop import Workshop


class JoinHearing(QObject):
    """Makes the joins of a plan as the headphones would get them, and has them played.

    ``hear`` carries an ``Excerpt``, ``hush`` ends it; ``turned`` says whether joins are heard.

    Parameters
    ----------
    workshop : Callable[[], Workshop]
        Returns what works; called in the background.
    jobs : Jobs
        What goes on.
    plan : PlanPanel
        Shows the plan.
    """

    hear = pyqtSignal(object)
    hush = pyqtSignal()
    turned = pyqtSignal(bool)

    def __init__(self, workshop: Callable[[], "Workshop"], jobs: Jobs, plan: PlanPanel) -> None:
        super().__init__()
        self._workshop, self._jobs, self._plan = workshop, jobs, plan
        self._solution: Solution | None = None
        self._block: Block | None = None
        self._is_heard = False
        self._goes_on = False

    def turn(self, solution: "Solution", block: Block, *, goes_on: bool = False) -> None:
        """Let a join be heard, and those after it if it goes on; or no more of what is heard."""
        if self._block is not None:
            self.stop()
            return
        self._solution, self._goes_on = solution, goes_on
        self._make(block)

    def stop(self) -> None:
        """Let nothing more be heard."""
        if self._block is not None:
            self.forget()
            self.hush.emit()

    def forget(self) -> None:
        """Let what is heard be; something else takes its place."""
        self._block = None
        self.turned.emit(False)  # noqa: FBT003 - a signal

    def hushed(self) -> None:
        """Take it that nothing sounds any more; the next join follows where it goes on."""
        block = self._block
        if block is None or not self._is_heard:
            return
        blocks = self._plan.view.blocks
        later = blocks[blocks.index(block) + 1 :] if block in blocks else ()
        following = next((one for one in later if one.join is not None), None)
        if self._goes_on and following is not None:
            self._make(following)
            self._plan.choose(following)
        else:
            self.forget()

    def _make(self, block: Block) -> None:
        solution = self._solution
        assert solution is not None, "a join is one of a plan"  # noqa: S101
        self._block, self._is_heard = block, False
        self.turned.emit(True)  # noqa: FBT003 - a signal
        self._plan.state.setText(_("Making the join as the headphones would get it…"))
        self._jobs.run(
            lambda _report: self._workshop().plans.join(solution, block.track),
            lambda excerpt: self._hear(block, excerpt),
            failed=self._fail,
        )

    def _hear(self, block: Block, excerpt: object) -> None:
        if self._block is not block:  # it was stopped before it was made
            return
        words = _("Ten seconds before {title}, the join, ten seconds of it.")
        self._plan.state.setText(words.format(title=block.title))
        self._is_heard = True
        self.hear.emit(excerpt)

    def _fail(self, sentence: str) -> None:
        self.forget()
        self._plan.state.setText(sentence)
