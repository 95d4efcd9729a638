"""Rest for the garbage collector while much is made that stays.

It would look through all of it again and again for what may go, and nothing else, the window
neither, gets on meanwhile: a tenth of a second with a large library.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def keeping() -> Iterator[None]:
    """Do not collect within a block, nor ever what it has made; in any thread."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
