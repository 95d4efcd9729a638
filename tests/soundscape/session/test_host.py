"""A session's first sound is not kept waiting by what its processes load."""

import subprocess
import sys

import pytest

SLOW = ("numpy", "scipy", "av", "pulsectl", "sounddevice", "sqlite3")
"""What takes long to load."""


def loaded_by(statement: str) -> set[str]:
    """Return what of it a new process has loaded after a statement."""
    words = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", words], check=True, stdout=subprocess.PIPE, text=True
    )
    return set(SLOW) & set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "most"),
    [
        pytest.param("client", {"sqlite3"}, id="when it is called"),
        pytest.param("host", {"sqlite3"}, id="before it has the process at the sound card load"),
        pytest.param("hosting", {"sqlite3", "numpy"}, id="before it decodes"),
        pytest.param("hearing", {"sqlite3"}, id="when it is armed"),
    ],
)
def test_a_session_loads_no_more_than_it_needs(module: str, most: set[str]) -> None:
    loaded = loaded_by(f"import soundscape.session.{module}")

    assert loaded <= most


def test_what_is_loaded_is_known() -> None:
    assert loaded_by("import soundscape.session.noise") >= {"numpy", "scipy"}
