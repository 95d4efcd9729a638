"""The reference that ``playlists.analysis.energy`` ships: how scores are spread over music."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_STARTER_SHARE = 0.33
_PLACES = (0, 0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1)


def knots(
    game: Sequence[Sequence[float]], starter: Sequence[Sequence[float]]
) -> NDArray[np.float64]:
    """Return scores and the share of the reference below each, of shape (knots, 2).

    Every track counts the same, however many windows it has; the starter pieces together are a
    third of the reference, so that calm music is not all crowded near 0.

    Parameters
    ----------
    game, starter : Sequence[Sequence[float]]
        The scores of each track's windows; no track is empty.
    """
    shares = [(1.0 - _STARTER_SHARE) / len(game)] * len(game)
    shares += [_STARTER_SHARE / len(starter)] * len(starter)
    tracks = [*game, *starter]
    scores = np.concatenate([np.asarray(track, np.float64) for track in tracks])
    weights = np.concatenate(
        [
            np.full(len(track), share / len(track))
            for track, share in zip(tracks, shares, strict=True)
        ]
    )
    order = np.argsort(scores)
    below = np.cumsum(weights[order]) - 0.5 * weights[order]
    places = np.array(_PLACES, np.float64)
    return np.stack([np.round(np.interp(places, below, scores[order]), 2), places], axis=1)
