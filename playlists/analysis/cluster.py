"""A running Dask cluster as an executor: each call in a limited process of some machine.

Imported only where a scheduler is given, as ``distributed`` is an optional extra. The music must
be in a folder that every machine has under the same path: only paths go over the network, and a
machine that sees another file there, or none, says so.
"""

import gc
import multiprocessing
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from distributed import Client, KilledWorker, get_worker
from distributed.comm.core import CommClosedError
from distributed.versions import VersionMismatchWarning

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.analysis.pool import LimitedPool
from soundscape.errors import LibraryError
from soundscape.home import call

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE_S = 5
_CREW = "soundscape_crew"


@contextmanager
def connected(address: str) -> Iterator["Cluster"]:
    """Yield the cluster whose scheduler has this address, as ``tcp://host:8786``.

    Raises
    ------
    LibraryError
        If it cannot be reached, does not fit this machine, or is lost meanwhile.
    """
    # A client that never connected closes itself when it is collected; while another one starts,
    # both would wait for each other for ever.
    gc.collect()
    try:
        with warnings.catch_warnings():
            # What matters of it is compared below and said in a sentence.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            client = Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise LibraryError(
            f"No Dask scheduler answers at {address}; check the address, and that it runs."
        ) from error
    with client:
        _compare(client)
        try:
            yield Cluster(client)
        except (KilledWorker, CommClosedError, CancelledError) as error:
            raise LibraryError(
                "The cluster was lost in the middle of the work; run this again to go on."
            ) from error
        except ImportError as error:
            raise LibraryError(
                "A machine of the cluster has not this version of soundscape; install it there."
            ) from error


class Cluster(Executor):
    """Sends each call to some machine of a cluster, into a limited process there.

    Parameters
    ----------
    client : Client
        Connected to the scheduler; whoever made it closes it.
    """

    def __init__(self, client: Client) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called; it must be importable, and takes no arguments by name."""
        place = f"{fn.__module__}:{fn.__qualname__}"
        future: Future[T] = self._executor.submit(
            call, f"{__name__}:do_limited", ANALYSIS_VERSION, place, _sizes(args), *args, **kwargs
        )
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base class has it
        """Take no more calls; call off those that are not done, if that is asked for."""
        self._executor.shutdown(wait=wait and not cancel_futures)


def do_limited(version: int, place: str, sizes: dict[Path, int], *arguments: object) -> object:
    """Call a function in a limited process of this machine; runs in a thread of a Dask worker.

    Parameters
    ----------
    version : int
        The analysis version of whoever asks.
    place : str
        The function, as ``package.module:name``.
    sizes : dict[Path, int]
        The sizes in bytes of the files among the arguments, where they were asked for.
    *arguments : object
        What the function is called with.

    Raises
    ------
    LibraryError
        If this machine's code or files are not those of whoever asks.
    """
    worker = get_worker()
    if version != ANALYSIS_VERSION:
        raise LibraryError(
            f"The machine at {worker.address} has another version of soundscape; "
            "install the same on all."
        )
    if sizes != _sizes(sizes):
        raise LibraryError(
            f"The machine at {worker.address} does not see {next(iter(sizes))} as it is here; "
            "put the music into a folder that all have under the same path."
        )
    # Dask's nanny forbids its workers to have children, lest they outlive them; ours never do.
    multiprocessing.current_process().daemon = False
    crew = vars(worker).setdefault(_CREW, LimitedPool(worker.state.nthreads))
    return crew.submit(call, place, *arguments).result()


def _sizes(arguments: Any) -> dict[Path, int]:  # noqa: ANN401 - whatever a function takes
    """Return the sizes in bytes of those of the arguments that are files that exist."""
    paths = (argument for argument in arguments if isinstance(argument, Path))
    return {path: path.stat().st_size for path in paths if path.is_file()}


def _compare(client: Client) -> None:
    """Look whether there are workers, and whether they understand what this machine says.

    Raises
    ------
    LibraryError
        If not.
    """
    versions: Any = client.get_versions()
    if not versions["workers"]:
        raise LibraryError("The cluster has no workers yet; start some with 'dask worker'.")
    ours = _language(versions["client"])
    others = {"scheduler": versions["scheduler"], **versions["workers"]}
    for name, theirs in others.items():
        if _language(theirs) != ours:
            raise LibraryError(
                f"The cluster's {name} has {_language(theirs)} and this machine {ours}; "
                "install the same on all."
            )


def _language(versions: Any) -> str:  # noqa: ANN401 - nested dictionaries of a library
    """Return what must be the same for two machines to understand each other."""
    python = ".".join(versions["host"]["python"].split(".")[:2])
    return f"Python {python} with distributed {versions['packages']['distributed']}"
