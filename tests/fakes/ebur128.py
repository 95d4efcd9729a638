"""libebur128, an independent meter of loudness, as the system's package installs it."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LIBRARY = "libebur128.so.1"
_MODE = 0b111111  # all that it can measure


@dataclass(frozen=True, slots=True)
class Reading:
    """Integrated loudness, loudness range, and the highest true peak of any channel."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float


def read(blocks: Iterable[NDArray[np.floating]], rate_hz: int) -> Reading:
    """Return the library's reading of stereo blocks of shape (frames, 2)."""
    library = _loaded()
    with _state(library, rate_hz) as state:
        for block in blocks:
            samples = np.ascontiguousarray(block, np.float32)
            pointer = samples.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
            _check(library.ebur128_add_frames_float(state, pointer, len(samples)))
        peaks = [_number(library.ebur128_true_peak, state, channel) for channel in range(2)]
        return Reading(
            _number(library.ebur128_loudness_global, state),
            _number(library.ebur128_loudness_range, state),
            20 * float(np.log10(max(peaks))),
        )


def _loaded() -> ctypes.CDLL:
    library = ctypes.CDLL(_LIBRARY)
    library.ebur128_init.restype = ctypes.c_void_p
    library.ebur128_init.argtypes = [ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
    library.ebur128_add_frames_float.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_float),
        ctypes.c_size_t,
    ]
    return library


@contextmanager
def _state(library: ctypes.CDLL, rate_hz: int) -> Iterator[ctypes.c_void_p]:
    state = ctypes.c_void_p(library.ebur128_init(2, rate_hz, _MODE))
    assert state.value, "libebur128 refuses this kind of sound"
    try:
        yield state
    finally:
        library.ebur128_destroy(ctypes.byref(state))


def _number(function: Callable[..., int], state: ctypes.c_void_p, *which: int) -> float:
    result = ctypes.c_double()
    _check(function(state, *map(ctypes.c_uint, which), ctypes.byref(result)))
    return result.value


def _check(status: int) -> None:
    assert status == 0, f"libebur128 says {status}"
