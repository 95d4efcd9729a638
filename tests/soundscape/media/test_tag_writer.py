"""Words go into a file's tags; its sound and what else it says stay to the bit."""

import subprocess
from pathlib import Path

import mutagen
import pytest
from fakes.sounds import drone, write

from soundscape.errors import EngineError
from soundscape.media.tag_writer import read_words, sound_hash, write_words
from soundscape.media.tags import read_tags

WORDS = {"TAGS": "space; faith:hymn", "ENERGY": "0.30", "SOURCE": "Ünïcode ☂"}
ENDINGS = (".flac", ".ogg", ".opus", ".mp3", ".m4a", ".wav", ".aiff")


@pytest.fixture(params=ENDINGS)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a sound of each kind with a title of its own."""
    source, made = write(tmp_path / "source.flac", drone(4.0)), tmp_path / f"made{request.param}"
    own = ["-write_id3v2", "1"] if request.param == ".aiff" else []
    command = ["ffmpeg", "-v", "error", "-i", str(source), "-metadata", "title=Shore", *own]
    subprocess.run([*command, str(made)], check=True)
    return made


def test_words_are_said_and_the_sound_and_the_title_stay(file: Path) -> None:
    sound, tags = sound_hash(file), read_tags(file)

    write_words(file, WORDS)

    assert read_words(file) == WORDS
    assert sound_hash(file) == sound
    assert read_tags(file) == tags
    assert [path.name for path in file.parent.glob("*arriving*")] == []


def test_what_is_not_said_any_more_goes_and_the_same_words_give_the_same_file(
    file: Path,
) -> None:
    write_words(file, WORDS)
    write_words(file, {"ENERGY": "0.40"})
    once = file.read_bytes()
    write_words(file, {"ENERGY": "0.40"})

    assert read_words(file) == {"ENERGY": "0.40"}
    assert file.read_bytes() == once


def test_fields_of_others_stay(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", drone(4.0))
    before = mutagen.File(path)
    before["replaygain_track_gain"] = "-3 dB"
    before["title"] = ["One", "Two"]
    before.save()

    write_words(path, WORDS)

    after = mutagen.File(path)
    assert after["replaygain_track_gain"] == ["-3 dB"]
    assert after["title"] == ["One", "Two"]


def test_what_is_no_sound_and_what_is_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text.flac").write_text("no sound " * 300)
    sound = write(tmp_path / "a.flac", drone(4.0))
    (tmp_path / "link.flac").symlink_to(sound)
    before = sound.read_bytes()

    for name in ("text.flac", "link.flac", "gone.flac"):
        with pytest.raises(EngineError):
            write_words(tmp_path / name, WORDS)

    assert sound.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.flac", "link.flac", "text.flac"]
