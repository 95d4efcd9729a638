"""Whatever a file does to its reader, it is the only one that is lost."""

import os
from contextlib import closing
from pathlib import Path

import pytest
from fakes.examiners import examine_by_name

from playlists.analysis.pool import examine_all
from playlists.analysis.worker import Examined, Limits

pytestmark = pytest.mark.slow


def examined(names: list[str], workers: int = 2, **limits: float) -> dict[str, Examined]:
    found = examine_all(
        [Path(name) for name in names],
        workers=workers,
        limits=Limits(**limits),  # type: ignore[arg-type]
        examiner=examine_by_name,
    )
    return {str(one.path): one for one in found}


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
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


def test_a_reader_is_kept_from_file_to_file() -> None:
    found = examined(["a", "b", "c"], workers=1)

    assert len({one.title for one in found.values()}) == 1


def test_when_the_asker_stops_no_reader_is_left() -> None:
    with closing(
        examine_all([Path("a"), Path("hang")], workers=1, examiner=examine_by_name)
    ) as found:
        reader = int(next(iter(found)).title)
        assert is_running(reader)

    assert not is_running(reader)


def test_no_files_need_no_reader() -> None:
    assert examined([]) == {}
