"""What a log may say of a fault: what kind it was and where, never what was said or typed.

An error's message may quote a name or a note. So a log gets only what is listed here: the types,
the numbers that the system gives errors, and the places in the code.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path


def described(error: BaseException) -> str:
    """Return what may be logged of an error and of what led to it, a line each."""
    return "\n".join(line for each in _led_up_to(error) for line in _lines(each))


def _led_up_to(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error's causes, the first one first, and itself."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    yield from reversed(chain)


def _lines(error: BaseException) -> Iterator[str]:
    number = f" {error.errno}" if isinstance(error, OSError) and error.errno else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{number}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
