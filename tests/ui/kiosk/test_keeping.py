"""One patient's screen is kept open on a chair; a second one leaves it the place."""

import argparse
from pathlib import Path

import pytest

from soundscape.session.chair_lock import ChairLock
from ui.kiosk.keeping import LOCK_FILE, OPEN_ALREADY, main


def test_a_second_screen_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ChairLock(tmp_path, LOCK_FILE)

    status = main(argparse.Namespace(data_dir=str(tmp_path)))

    first.release()
    assert status == 1
    assert capsys.readouterr().err == f"soundscape: {OPEN_ALREADY}\n"
