"""Filters that go on from block to block: K-weighting, and decimation to a lower rate.

Both work on groups of frames as products of matrices in single precision, several times as fast
as a recursion from frame to frame.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.linalg import toeplitz
from scipy.signal import firwin, lfilter, residuez, sos2tf, sosfilt

# The analog prototypes behind the coefficients that ITU-R BS.1770-5, Annex 1 gives for 48 kHz,
# recovered to full precision by B. De Man, "Evaluation of implementations of the EBU R128
# loudness measurement", AES Convention 145 (2018).
_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_SHELF_SLOPE = 0.4996667741545416
_HIGH_PASS_HZ, _HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773

_DISTINCT = 1e-9  # poles farther apart are different; those of the high pass nearly touch
_KAISER_BETA = 6.9  # side lobes of -70 dB
_TAPS_EACH = 28  # so that the stop band begins a sixth above the half of the lower rate
_OUT_FRAMES = 32


def k_weighting(sample_rate_hz: int) -> NDArray[np.float64]:
    """Return the K-weighting of ITU-R BS.1770-5, Annex 1, at any sample rate.

    Returns
    -------
    NDArray[np.float64], shape (2, 6)
        Second-order sections: the head's shelf and the high pass.
    """
    return np.array([_shelf(sample_rate_hz), _high_pass(sample_rate_hz)])


class GroupFilter:
    """A recursive filter whose state outlives a block, group of frames by group.

    Within a group it is its impulse response. What came before a group rings on as one decaying
    exponential for each pole (the partial fractions of the filter), so that only one number for
    each group and pair of poles has to be carried from group to group.

    Parameters
    ----------
    sections : NDArray[np.float64]
        Of shape (sections, 6), as scipy's ``sos``; their poles are complex and all different.
    group_frames : int
        Frames in a group.
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, sections: NDArray[np.float64], group_frames: int, channels: int) -> None:
        residues, poles, _ = residuez(*sos2tf(sections), tol=_DISTINCT)
        upper = poles.imag > 0.0  # the other one of each pair gives the conjugate
        residues, poles = residues[upper], poles[upper]
        frames = np.arange(group_frames)
        impulse = sosfilt(sections, frames == 0)
        arriving = poles ** (group_frames - 1 - frames)[:, None]
        ringing = 2.0 * residues[:, None] * poles[:, None] ** (frames + 1)
        within = toeplitz(np.zeros(group_frames), impulse)
        np.fill_diagonal(within, impulse[0])
        self._group_frames = group_frames
        self._arriving = np.hstack([arriving.real, arriving.imag]).astype(np.float32)
        self._filtering = np.vstack([within, ringing.real, -ringing.imag]).astype(np.float32)
        self._decays = poles**group_frames
        self._state = np.zeros((channels, 1, len(poles)), np.complex128)

    def filtered(self, block: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return the next block filtered.

        Parameters
        ----------
        block : NDArray[np.floating], shape (frames, channels)
            Whole groups.

        Returns
        -------
        NDArray[np.float32], shape (channels, groups, frames in a group)
        """
        groups = block.T.astype(np.float32).reshape(len(block.T), -1, self._group_frames)
        real, imaginary = np.split(groups @ self._arriving, 2, axis=2)
        states = self._states(real + 1j * imaginary)
        inputs = np.concatenate([groups, states.real, states.imag], axis=2, dtype=np.float32)
        return inputs @ self._filtering

    def _states(self, arriving: NDArray[np.complexfloating]) -> NDArray[np.complex128]:
        """Return what rings before each group, and keep what rings after the last one."""
        parts = [
            lfilter([1.0], [1.0, -decay], arriving[:, :, n], zi=decay * self._state[:, :, n])[0]
            for n, decay in enumerate(self._decays)
        ]
        after = np.concatenate([self._state, np.stack(parts, axis=2)], axis=1)
        self._state = after[:, -1:]
        return after[:, :-1]


class Decimator:
    """A whole-numbered step down in sample rate.

    It passes what lies below five sixths of half the lower rate; what would fold onto that is
    70 dB down. It gives its frames in groups of 32, so the very last ones never come.

    Parameters
    ----------
    factor : int
        Frames in for each frame out.
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, factor: int, channels: int) -> None:
        length = _TAPS_EACH * factor
        taps = firwin(length, 1.0 / factor, window=("kaiser", _KAISER_BETA))
        self._group_frames = _OUT_FRAMES * factor
        self._width = self._group_frames + length - 1
        starts = np.arange(_OUT_FRAMES) * factor
        self._matrix = np.zeros((self._width, _OUT_FRAMES), np.float32)
        self._matrix[starts + np.arange(length)[:, None], np.arange(_OUT_FRAMES)] = taps[:, None]
        self._rest = np.zeros((length - 1, channels), np.float32)

    def decimated(self, block: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return the next block at the lower rate; both of shape (frames, channels)."""
        signal = np.concatenate([self._rest, block], dtype=np.float32)
        count = max(0, len(signal) - self._width + self._group_frames) // self._group_frames
        self._rest = signal[count * self._group_frames :]
        if not count:
            return np.empty((0, signal.shape[1]), np.float32)
        groups = [
            sliding_window_view(channel, self._width)[:: self._group_frames][:count]
            for channel in signal.T
        ]
        return np.stack([(part @ self._matrix).ravel() for part in groups], axis=1)


def _shelf(sample_rate_hz: int) -> list[float]:
    """Return the high shelf by the bilinear transform of its prototype."""
    k = np.tan(np.pi * _SHELF_HZ / sample_rate_hz)
    high = 10.0 ** (_SHELF_DB / 20.0)
    band = high**_SHELF_SLOPE
    norm = 1.0 + k / _SHELF_Q + k * k
    return [
        (high + band * k / _SHELF_Q + k * k) / norm,
        2.0 * (k * k - high) / norm,
        (high - band * k / _SHELF_Q + k * k) / norm,
        1.0,
        2.0 * (k * k - 1.0) / norm,
        (1.0 - k / _SHELF_Q + k * k) / norm,
    ]


def _high_pass(sample_rate_hz: int) -> list[float]:
    """Return the high pass by the bilinear transform, with Annex 1's unscaled numerator."""
    k = np.tan(np.pi * _HIGH_PASS_HZ / sample_rate_hz)
    norm = 1.0 + k / _HIGH_PASS_Q + k * k
    return [
        1.0,
        -2.0,
        1.0,
        1.0,
        2.0 * (k * k - 1.0) / norm,
        (1.0 - k / _HIGH_PASS_Q + k * k) / norm,
    ]
