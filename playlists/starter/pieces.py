"""The starter library on the disk: every piece a FLAC file, made once and known to be whole."""

import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.starter.catalog import PIECES
from playlists.starter.cover import cover
from playlists.starter.render import rendered
from playlists.starter.score import Piece
from soundscape.media.cover import embed_cover
from soundscape.media.store import content_hash
from soundscape.media.writer import write_audio
from soundscape.output import arriving

ARTIST = "Soundscape"
LICENCE = "CC0-1.0"
RECIPE = 7
"""Version of the sound: a file made by another recipe is made again."""

LICENCE_TEXT = """\
These pieces were composed and rendered by Soundscape. As far as the law allows, all rights in them
are waived: anybody may use, change and share them, for any purpose, without asking
(Creative Commons CC0 1.0 Universal, https://creativecommons.org/publicdomain/zero/1.0/).
"""

_LICENCE_FILE = "LICENSE.txt"
_RECORD = "starter.json"
_STEP_16_BIT = 1.0 / 32_768.0
_BLOCK_FRAMES = 1 << 16


def path_of(piece: Piece, folder: Path) -> Path:
    """Return where a piece lies, or would lie."""
    return folder / f"{piece.title}.flac"


def make_starter(
    folder: Path,
    *,
    seed: int,
    workers: int,
    pieces: Iterable[Piece] = PIECES,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Make what is not there yet, and return where every piece lies.

    A file counts as there if it is what the folder's record says was made from this seed, to the
    last bit. The same seed makes the same bytes, however many workers share the task.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    seed : int
        Not negative.
    workers : int
        Processes, at least one.
    pieces : Iterable[Piece]
        What to make.
    progress : Callable[[int, int], None] | None
        Told at first and after each piece how many are done, and of how many.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _LICENCE_FILE).write_text(LICENCE_TEXT, encoding="utf-8")
    wanted = list(pieces)
    record = _record(folder, seed)
    missing = [piece for piece in wanted if not _is_whole(path_of(piece, folder), record)]
    done = len(wanted) - len(missing)
    tell = progress or (lambda _done, _total: None)
    tell(done, len(wanted))
    pool = ProcessPoolExecutor(
        max(1, workers),
        mp_context=get_context("spawn"),
        # The workers share the task; threads within them would only wait for each other.
        initializer=os.putenv,
        initargs=("OPENBLAS_NUM_THREADS", "1"),
    )
    with pool:
        jobs = [pool.submit(_made, piece, folder, seed) for piece in missing]
        try:
            for job in as_completed(jobs):
                name, digest = job.result()
                record[name] = digest
                _write_record(folder, seed, record)
                done += 1
                tell(done, len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [path_of(piece, folder) for piece in wanted]


def _made(piece: Piece, folder: Path, seed: int) -> tuple[str, str]:
    """Make one piece, in a worker, and return its file's name and content hash."""
    path = path_of(piece, folder)
    # Plans let no album follow itself: a mood for an album keeps its instruments apart.
    album = piece.mood.capitalize()
    tags = {"title": piece.title, "artist": ARTIST, "album": album, "license": LICENCE}
    blocks = _dithered(rendered(piece, seed=seed), piece.title)
    write_audio(path, blocks, subtype="PCM_16", tags=tags)
    embed_cover(path, cover(piece), said=f"Haze and light in the colors of {piece.mood}")
    return path.name, content_hash(path)


def _dithered(sound: NDArray[np.float32], title: str) -> Iterator[NDArray[np.float32]]:
    """Yield a sound's blocks with triangular dither of one step of 16 bits: fades stay clean.

    Each frame's dither is the rise of one noise, so that it lies high, where it is heard least.
    """
    rng = np.random.default_rng(zlib.crc32(title.encode()))
    for at in range(0, len(sound), _BLOCK_FRAMES):
        block = sound[at : at + _BLOCK_FRAMES]
        noise = rng.random((len(block) + 1, block.shape[1]), np.float32)
        yield block + np.diff(noise, axis=0) * np.float32(_STEP_16_BIT)


def _is_whole(path: Path, record: dict[str, str]) -> bool:
    """Return whether a file is what was once made."""
    return path.name in record and path.is_file() and content_hash(path) == record[path.name]


def _record(folder: Path, seed: int) -> dict[str, str]:
    """Return the content hash of each file made here by this recipe from this seed."""
    try:
        said = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        if (said["recipe"], said["seed"]) == (RECIPE, seed):
            return {str(name): str(digest) for name, digest in said["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no record, or a broken one: everything is made again
    return {}


def _write_record(folder: Path, seed: int, files: dict[str, str]) -> None:
    """Write the record; it appears whole or not at all."""
    content = {"recipe": RECIPE, "seed": seed, "files": dict(sorted(files.items()))}
    with arriving(folder / _RECORD) as whole:
        whole.write_text(json.dumps(content, indent=1), encoding="utf-8")
