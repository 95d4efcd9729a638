"""A track's body is what can be crossfaded: music that has come up and is not yet going."""

import pytest
from fakes.tracks import track

from playlists.compiler import planned_track


@pytest.mark.parametrize(
    ("lead_s", "up_s", "down_s", "tail_s", "body_s"),
    [
        (0.0, 0.0, 0.0, 0.0, (0.0, 300.0)),
        (2.0, 12.0, 15.0, 3.0, (14.0, 282.0)),
        (0.0, 70.0, 80.0, 0.0, (70.0, 220.0)),
        (4.0, 70.0, 90.0, 1.0, (4.0, 299.0)),
    ],
)
def test_fades_of_the_recording_are_left_out_unless_they_are_most_of_it(
    lead_s: float, up_s: float, down_s: float, tail_s: float, body_s: tuple[float, float]
) -> None:
    faded = track(lead_silence_s=lead_s, fade_in_s=up_s, fade_out_s=down_s, tail_silence_s=tail_s)

    assert faded.analysis.body_s == body_s
    planned = planned_track(faded)
    assert (planned.music_start_s, planned.music_end_s) == body_s
