"""Steps that can be undone and done again, as long as their window is open."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Steps(Generic[T]):
    """Holds how something stood before each step, and after those that were undone."""

    def __init__(self) -> None:
        self._before: list[T] = []
        self._after: list[T] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._after)

    def keep(self, now: T) -> None:
        """Remember how it stands before a step; what was undone is forgotten."""
        self._before.append(now)
        self._after = []

    def undo(self, now: T) -> T:
        """Return how it stood before the last step."""
        self._after.append(now)
        return self._before.pop()

    def redo(self, now: T) -> T:
        """Return how it stood after the step that was undone last."""
        self._before.append(now)
        return self._after.pop()

    def forget(self) -> None:
        """Have no past."""
        self._before, self._after = [], []
