"""Words of our own written into a sound file's tags, and nothing else of the file changed.

Only fields that begin with ``SOUNDSCAPE_`` are touched, whatever else a file says stays. A copy
is written and takes the file's place once its decoded sound was found to be the same.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import mutagen
from mutagen.aiff import AIFF
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TXXX
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4, MP4FreeForm
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from soundscape.errors import DecodeError, EngineError
from soundscape.media.decoder import open_stream
from soundscape.media.sniff import container_of, open_regular
from soundscape.media.tags import TAG_ERRORS
from soundscape.output import settle
from soundscape.units import SESSION_RATE_HZ

PREFIX = "SOUNDSCAPE_"
Words = Mapping[str, str]
"""What is to be said, by the field's name without its prefix."""

_BLOCK = 10 * SESSION_RATE_HZ
_MP4_MEAN = "----:org.soundscape:"
_KINDS: dict[str, list[type[mutagen.FileType]]] = {
    "flac": [FLAC],
    "ogg": [OggVorbis, OggOpus, OggFLAC],
    "mov": [MP4],
    "mp3": [MP3],
    "wav": [WAVE],
    "aiff": [AIFF],
}
_OLD_ID3 = (2, 4)


def write_words(path: Path, words: Words) -> None:
    """Say words in a file's tags, in place of all that was said so before.

    Raises
    ------
    EngineError
        If the file cannot be written, has no tags that could, or would sound otherwise.
    """
    arriving = path.with_name(f".{path.name}.{os.getpid()}.arriving")
    before = path.lstat() if path.exists() else None
    try:
        sound = sound_hash(path)
        shutil.copy2(path, arriving, follow_symlinks=False)
        _tag(arriving, words)
        settle(arriving)
        if sound_hash(arriving) != sound:
            raise EngineError(f"{path.name} would sound otherwise with these tags; leave it.")
        now = path.lstat()
        if before is None or (now.st_size, now.st_mtime_ns) != (
            before.st_size,
            before.st_mtime_ns,
        ):
            raise EngineError(f"{path.name} changed meanwhile; try again.")
        arriving.replace(path)
    except DecodeError as error:
        raise EngineError(f"{path.name} cannot be tagged: {error}") from error
    except OSError as error:
        raise EngineError(f"{path.name} cannot be written: {error.strerror}.") from error
    except TAG_ERRORS as error:
        raise EngineError(f"The tags of {path.name} are damaged; leave it as it is.") from error
    finally:
        arriving.unlink(missing_ok=True)


def read_words(path: Path) -> dict[str, str]:
    """Return what is said in a file's tags in our own fields; a file without has none."""
    file = _opened(path)
    found: Any = file.tags or {}
    if isinstance(found, ID3):
        frames: Any = found.getall("TXXX")  # type: ignore[no-untyped-call]
        said = {str(frame.desc): str(frame.text[0]) for frame in frames}
    elif isinstance(file, MP4):
        said = {
            name.removeprefix(_MP4_MEAN): bytes(values[0]).decode("utf-8", "replace")
            for name, values in found.items()
            if name.startswith(_MP4_MEAN)
        }
    else:
        said = {name.upper(): str(values[0]) for name, values in dict(found).items()}
    own = {name: text for name, text in said.items() if name.startswith(PREFIX)}
    return {name.removeprefix(PREFIX): text for name, text in own.items()}


def sound_hash(path: Path) -> str:
    """Return the SHA-256 of a file's decoded sound; a damaged one raises ``DecodeError``."""
    digest = hashlib.sha256()
    with open_stream(path) as stream:
        while len(block := stream.read(_BLOCK)):
            digest.update(block.tobytes())
    return digest.hexdigest()


def _opened(path: Path) -> mutagen.FileType:
    """Return a file's tags.

    Raises
    ------
    DecodeError
        If it is of a kind that has none.
    """
    with open_regular(path) as file:
        kinds = _KINDS.get(container_of(file), [])
    found: mutagen.FileType | None = mutagen.File(path, options=kinds) if kinds else None
    if found is None:
        raise DecodeError("This kind of file has no tags to write to.")
    return found


def _tag(path: Path, words: Words) -> None:
    file = _opened(path)
    if file.tags is None:
        file.add_tags()
    say = next(say for kind, say in _SAY.items() if isinstance(file, kind))
    say(file, {f"{PREFIX}{name}": text for name, text in words.items()})


def _say_id3(file: mutagen.FileType, words: Words) -> None:
    """Say words as ID3 has it, in the version that the file has."""
    tags: Any = file.tags
    for key in [key for key in tags if key.startswith(f"TXXX:{PREFIX}")]:
        del tags[key]
    for name, text in words.items():
        tags.add(TXXX(encoding=3, desc=name, text=[text]))  # type: ignore[no-untyped-call]
    is_old = tags.version < _OLD_ID3
    if is_old:
        tags.update_to_v23()
    file.save(v2_version=3 if is_old else 4)


def _say_mp4(file: mutagen.FileType, words: Words) -> None:
    tags: Any = file.tags
    for key in [key for key in tags if key.startswith(f"{_MP4_MEAN}{PREFIX}")]:
        del tags[key]
    for name, text in words.items():
        tags[f"{_MP4_MEAN}{name}"] = [MP4FreeForm(text.encode())]  # type: ignore[no-untyped-call]
    file.save()


def _say_named(file: mutagen.FileType, words: Words) -> None:
    tags: Any = file.tags
    for key in {key for key, _ in tags if key.upper().startswith(PREFIX)}:
        del tags[key]
    for name, text in words.items():
        tags[name] = [text]
    file.save()


_SAY: dict[type[mutagen.FileType], Callable[[mutagen.FileType, Words], None]] = {
    MP3: _say_id3,
    WAVE: _say_id3,
    AIFF: _say_id3,
    MP4: _say_mp4,
    mutagen.FileType: _say_named,
}
