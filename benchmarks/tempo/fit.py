"""Training of a small network by Adam, in numpy alone, the same each time for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_SLOW, _SLOWER, _TINY = 0.9, 0.999, 1e-8


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard is trained.

    Attributes
    ----------
    rounds : int
        Passes over the examples.
    batch : int
        Examples in each step.
    step : float
        Learning rate at the beginning; falls to 0 as a cosine.
    decay : float
        How much of each weight is taken away at each step, relative to ``step``.
    """

    rounds: int = 60
    batch: int = 16
    step: float = 4e-3
    decay: float = 0.02


def fitted(
    weights: dict[str, Array],
    gradient: Callable[[dict[str, Array], NDArray[np.intp]], dict[str, Array]],
    examples: int,
    schedule: Schedule,
    random: np.random.Generator,
) -> dict[str, Array]:
    """Return weights that descended along gradients.

    D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, with the
    decoupled decay of I. Loshchilov and F. Hutter, ICLR 2019.

    Parameters
    ----------
    weights : dict[str, Array]
        Where to begin.
    gradient : Callable
        Of the weights and the numbers of a batch's examples.
    examples : int
        How many there are.
    schedule : Schedule
        How long and how hard.
    random : np.random.Generator
        Decides the order.
    """
    now = dict(weights)
    first = {name: np.zeros(value.shape) for name, value in now.items()}
    second = {name: np.zeros(value.shape) for name, value in now.items()}
    steps = schedule.rounds * -(-examples // schedule.batch)
    done = 0
    for _ in range(schedule.rounds):
        order = random.permutation(examples)
        for start in range(0, examples, schedule.batch):
            slopes = gradient(now, order[start : start + schedule.batch])
            done += 1
            step = schedule.step * 0.5 * (1.0 + np.cos(np.pi * done / steps))
            for name, slope in slopes.items():
                first[name] = _SLOW * first[name] + (1 - _SLOW) * slope
                second[name] = _SLOWER * second[name] + (1 - _SLOWER) * np.square(slope)
                mean = first[name] / (1 - _SLOW**done)
                spread = np.sqrt(second[name] / (1 - _SLOWER**done)) + _TINY
                change = step * (mean / spread + schedule.decay * now[name])
                now[name] = np.asarray(now[name] - change, np.float32)
    return now
