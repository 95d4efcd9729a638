"""Draws every starter piece, waveform and spectrogram, and writes the page that shows them.

Run as ``python docs/starter/draw.py DATA_DIR`` after ``soundscape starter --data-dir DATA_DIR``.
"""

import argparse
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from playlists.analysis.spectrum import BANDS, BandSpectrometer
from playlists.library.repository import Library
from playlists.models import Track
from playlists.starter.catalog import PIECES
from playlists.starter.pieces import path_of
from soundscape.folders import DataFolder
from soundscape.media.decoder import open_stream
from soundscape.media.store import content_hash
from soundscape.units import frames_in

FOLDER = Path(__file__).parent
COLUMNS = 3
CELL_PX, WAVE_PX, TITLE_PX, GAP_PX = 380, 34, 20, 14
BAND_PX = 1
RANGE_DB = 60.0
_BLOCK = frames_in(10.0)
_SHADES = 48
_NIGHT, _EMBER, _PAPER = QColor(14, 17, 22), QColor(242, 196, 134), QColor(220, 222, 226)


def measured(path: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a piece's peak and its bands in dB, both in as many steps as a cell is wide.

    Returns
    -------
    tuple[NDArray[np.float64], NDArray[np.float64]]
        Of shapes (steps,) and (bands, steps).
    """
    spectrometer, peaks, bands = BandSpectrometer(), [], []
    with open_stream(path) as stream:
        while len(block := stream.read(_BLOCK)):
            steps = np.array_split(np.abs(block).max(axis=1), 100)
            peaks += [step.max() for step in steps if len(step)]
            bands.append(spectrometer.spectra(block.mean(axis=1)).bands)
    power = np.concatenate(bands)
    wide = np.array([part.mean(axis=0) for part in np.array_split(power, CELL_PX)])
    decibels = 10.0 * np.log10(np.maximum(wide, 1e-12) / power.max()).T
    envelope = np.array([part.max() for part in np.array_split(np.array(peaks), CELL_PX)])
    return envelope, decibels


def drawn(tracks: list[tuple[str, Track, Path]]) -> QImage:
    """Return one picture of all pieces."""
    height_px = TITLE_PX + WAVE_PX + 2 * BANDS * BAND_PX + GAP_PX
    rows = -(-len(tracks) // COLUMNS)
    picture = QImage(
        COLUMNS * (CELL_PX + GAP_PX) + GAP_PX, rows * height_px + GAP_PX,
        QImage.Format.Format_RGB888,
    )  # fmt: skip
    picture.fill(_NIGHT)
    painter = QPainter(picture)
    painter.setFont(QFont("Inter", 9))
    for number, (mood, track, path) in enumerate(tracks):
        left = GAP_PX + number % COLUMNS * (CELL_PX + GAP_PX)
        top = GAP_PX + number // COLUMNS * height_px
        words = f"{track.title}   {mood}, energy {track.analysis.energy:.2f}"
        painter.setPen(_PAPER)
        painter.drawText(QRectF(left, top, CELL_PX, TITLE_PX), Qt.AlignmentFlag.AlignLeft, words)
        envelope, decibels = measured(path)
        _draw_wave(painter, envelope, left, top + TITLE_PX)
        painter.drawImage(left, top + TITLE_PX + WAVE_PX, _spectrogram(decibels))
    painter.end()
    return picture


def _draw_wave(painter: QPainter, envelope: NDArray[np.float64], left: int, top: int) -> None:
    """Draw how far the samples reach, mirrored around the middle."""
    painter.setPen(_EMBER)
    middle = top + WAVE_PX // 2
    for step, peak in enumerate(envelope):
        reach = round(float(peak) * (WAVE_PX // 2 - 2))
        painter.drawLine(left + step, middle - reach, left + step, middle + reach)


def _spectrogram(decibels: NDArray[np.float64]) -> QImage:
    """Return bands over time, the lowest at the bottom, from night to ember."""
    share = np.clip(1.0 + decibels / RANGE_DB, 0.0, 1.0)[::-1].repeat(2 * BAND_PX, axis=0)
    share = np.round(share * _SHADES) / _SHADES
    ends = np.array([[14, 17, 22], [58, 74, 104], [242, 196, 134], [255, 244, 226]])
    places = np.array([0.0, 0.45, 0.85, 1.0])
    colors = np.stack([np.interp(share, places, ends[:, n]) for n in range(3)], axis=2)
    pixels = np.ascontiguousarray(colors, np.uint8)
    height, width, _ = pixels.shape
    bytes_a_row = 3 * width
    return QImage(pixels.tobytes(), width, height, bytes_a_row, QImage.Format.Format_RGB888).copy()


def page(tracks: list[tuple[str, Track, Path]]) -> str:
    """Return the page."""
    minutes = sum(track.analysis.duration_s for _, track, _ in tracks) / 60.0
    rows = "\n".join(
        f"| {track.title} | {mood} | {track.analysis.duration_s / 60.0:.1f} |"
        f" {track.analysis.energy:.2f} | {track.analysis.integrated_lufs:.2f} |"
        f" {track.analysis.loudness_range_lu:.1f} | {track.analysis.max_rise_lu_2s:.1f} |"
        f" {track.analysis.true_peak_dbtp:.1f} |"
        for mood, track, _ in tracks
    )
    return f"""# The starter library

`soundscape starter` makes {len(tracks)} pieces, {minutes:.0f} minutes, in six moods, from a seed:
the same seed gives the same bytes. They are original and in the public domain (CC0-1.0). Below,
each piece from its first to its last second: how far its samples reach, and {BANDS} bands from
60 Hz (bottom) to 10 kHz (top), {RANGE_DB:.0f} dB deep, in the order of their energy.

![Waveforms and spectrograms of all pieces](starter/pieces.png)

As `soundscape analyze` measures them. The gates are a loudness range of 8 LU and a rise of 8 LU
within 2 s; the target is -20 LUFS.

| piece | mood | min | energy | LUFS | range LU | rise LU | peak dBTP |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}

This page is made by `docs/starter/draw.py`.
"""


def main() -> None:
    """Draw the pieces of a data folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    folder = DataFolder(parser.parse_args().data_dir)
    application = QGuiApplication([])
    found = []
    with Library.open(folder.library) as library:
        for piece in PIECES:
            path = path_of(piece, folder.starter)
            track = library.track(content_hash(path))
            assert track is not None, f"run soundscape starter first: {path}"  # noqa: S101
            found.append((piece.mood, track, path))
    found.sort(key=lambda each: each[1].analysis.energy)
    drawn(found).save(str(FOLDER / "pieces.png"), "PNG", 0)
    (FOLDER.parent / "starter.md").write_text(page(found), encoding="utf-8")
    application.quit()


if __name__ == "__main__":
    main()
