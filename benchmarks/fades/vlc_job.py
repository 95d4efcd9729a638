"""The job in libVLC: two players, their volumes set from outside every 20 ms.

libVLC has no crossfade; this is the best that a program can do with its volume, which takes
whole percents of a cubic law. Run as ``python vlc_job.py A.wav B.wav START_S FADE_S END_S``.
"""

import math
import sys

import vlc

from soundscape.clock import Clock, MachineClock

STEP_S = 0.02
READY_BEFORE_S = 1.0


def percent(amplitude: float) -> int:
    """Return the volume whose cubic law comes nearest to an amplitude."""
    return round(100.0 * math.cbrt(max(amplitude, 0.0)))


def wait_until(at_s: float, clock: Clock) -> None:
    """Return when the clock has reached a time."""
    clock.sleep(max(0.0, at_s - clock.now()))


def begun_s(player: "vlc.MediaPlayer", clock: Clock) -> float:
    """Return when a player's sound began, on the clock, by the first time that it tells."""
    while player.get_time() <= 0:
        clock.sleep(0.001)
    return float(clock.now() - player.get_time() / 1000.0)


def main() -> None:
    """Play the job to its end."""
    clock = MachineClock()
    library = vlc.Instance("--aout=pulse", "--no-video", "--quiet")
    leaving, arriving = (library.media_player_new(file) for file in sys.argv[1:3])
    start_s, fade_s, end_s = map(float, sys.argv[3:])
    leaving.play()
    origin_s = begun_s(leaving, clock)
    wait_until(origin_s + start_s - READY_BEFORE_S, clock)
    arriving.audio_set_volume(0)
    arriving.play()
    while clock.now() < origin_s + start_s:
        arriving.audio_set_volume(0)
        clock.sleep(0.001)
    share = 0.0
    while share < 1.0:
        share = min(1.0, (clock.now() - origin_s - start_s) / fade_s)
        leaving.audio_set_volume(percent(math.cos(share * math.pi / 2.0)))
        arriving.audio_set_volume(percent(math.sin(share * math.pi / 2.0)))
        clock.sleep(STEP_S)
    wait_until(origin_s + end_s, clock)
    leaving.stop()
    arriving.stop()


if __name__ == "__main__":
    main()
