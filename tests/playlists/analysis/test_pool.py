"""Whatever a file does to its reader, it is the only one that is lost."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import pytest
from fakes.examiners import burn, die_once, examine_by_name, process_id, work_in_steps

from playlists.analysis.pool import LimitedPool, examine_all
from playlists.analysis.worker import Examined, Limits
from soundscape.errors import RejectedFileError

pytestmark = pytest.mark.slow

HANGING_PARENT = """
from pathlib import Path
from fakes.examiners import examine_by_name, process_id
from playlists.analysis.pool import LimitedPool

if __name__ == "__main__":
    pool = LimitedPool(1)
    reader = pool.submit(process_id).result()
    hanging = pool.submit(examine_by_name, Path("hang"))
    print(reader, flush=True)
    hanging.result()
"""


def examined(names: list[str], workers: int = 2, **limits: float) -> dict[str, Examined]:
    with LimitedPool(workers, limits=Limits(**limits)) as pool:  # type: ignore[arg-type]
        paths = [Path(name) for name in names]
        found = examine_all(paths, executor=pool, examiner=examine_by_name)
        return {str(one.path): one for one in found}


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_crash_a_fault_and_a_hunger_for_memory_cost_only_their_file() -> None:
    found = examined(["a", "crash", "b", "fail", "memory", "c"])

    assert len(found) == 6
    assert "crashed" in found["crash"].reason
    assert "ValueError" in found["fail"].reason
    assert "memory" in found["memory"].reason
    assert all(found[name].title for name in "abc")


def test_a_reader_that_hangs_is_replaced() -> None:
    found = examined(["hang", "a"], workers=1, base_s=3.0)

    assert "too long" in found["hang"].reason
    assert found["a"].title


def test_a_reader_that_gets_on_slowly_is_waited_for() -> None:
    with LimitedPool(1, limits=Limits(base_s=1.0)) as pool:
        answered = pool.submit(work_in_steps).result()

    assert answered


def test_a_reader_that_never_stops_computing_is_ended_by_the_system() -> None:
    with LimitedPool(1, limits=Limits(base_s=2.0)) as pool:
        outcome = pool.submit(burn).exception()

    assert isinstance(outcome, RejectedFileError)
    assert "too long" in str(outcome)


def test_a_reader_is_kept_from_file_to_file() -> None:
    found = examined(["a", "b", "c"], workers=1)

    assert len({one.title for one in found.values()}) == 1


def test_a_reader_that_somebody_killed_costs_nothing(tmp_path: Path) -> None:
    with LimitedPool(1) as pool:
        first = pool.submit(process_id).result()
        os.kill(first, signal.SIGKILL)
        after_idling = pool.submit(process_id).result()
        in_the_middle = pool.submit(die_once, tmp_path / "died").result()

    assert len({first, after_idling, in_the_middle}) == 3


def test_when_the_asker_fails_no_reader_is_left() -> None:
    def ask(pool: LimitedPool, readers: list[int]) -> None:
        with pool:
            readers.append(pool.submit(process_id).result())
            pool.submit(examine_by_name, Path("hang"))
            raise KeyError

    readers: list[int] = []
    with pytest.raises(KeyError):
        ask(LimitedPool(1), readers)

    assert not is_running(readers[0])


def test_a_pool_that_is_shut_down_calls_everything_off() -> None:
    pool = LimitedPool(1)
    reader = pool.submit(process_id).result()
    asked = [pool.submit(examine_by_name, Path("hang")) for _ in range(3)]

    pool.shutdown(cancel_futures=True)

    assert wait(asked).not_done == set()
    for future in asked:
        with pytest.raises(CancelledError):
            future.result()
    assert not is_running(reader)
    with pytest.raises(RuntimeError, match="shutdown"):
        pool.submit(process_id)


def test_readers_end_with_their_parent_in_the_middle_of_a_file() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", HANGING_PARENT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    reader = os.pidfd_open(int(parent.stdout.readline()))

    parent.kill()
    parent.communicate()

    # Readable when the process has ended.
    assert select.select([reader], [], [], 60.0)[0]
    os.close(reader)


def test_what_cannot_be_sent_is_said_to_who_asks() -> None:
    with LimitedPool(1) as pool:
        outcome = pool.submit(lambda: 1).exception()
        after = pool.submit(process_id).result()

    assert outcome is not None
    assert after


def test_no_files_need_no_reader() -> None:
    assert examined([]) == {}


def test_any_executor_will_do_and_only_a_few_files_are_asked_for_ahead() -> None:
    asked = []

    def endless() -> Iterator[Path]:
        for number in count():
            asked.append(number)
            yield Path(str(number))

    with (
        ThreadPoolExecutor(2) as threads,
        closing(
            examine_all(endless(), executor=threads, examiner=examine_by_name, ahead=5)
        ) as found,
    ):
        first = list(islice(found, 100))

    assert len({one.path for one in first}) == 100
    assert len(asked) <= 105
