"""The job in GStreamer: volumes on control points each 10 ms, one mixer, one sink.

Run by the system's own Python, which has GStreamer's bindings:
``/usr/bin/python3 gstreamer_job.py A.wav B.wav SINK START_S FADE_S``.
"""

import importlib
import math
import sys
from typing import Any

POINT_S = 0.01
UNITY = 0.1
"""A control value of 1 stands for the property's largest volume, which is 10."""


def fade(gst: Any, control: Any, volume: Any, points: list[tuple[float, float]]) -> None:  # noqa: ANN401 -- untyped library
    """Give a volume a curve of (seconds of its own stream, amplitude)."""
    source = control.InterpolationControlSource()
    source.set_property("mode", control.InterpolationMode.LINEAR)
    volume.add_control_binding(control.DirectControlBinding.new(volume, "volume", source))
    for at_s, amplitude in points:
        source.set(round(at_s * gst.SECOND), amplitude * UNITY)


def main() -> None:
    """Play the job to its end."""
    gi: Any = importlib.import_module("gi")
    gi.require_version("Gst", "1.0")
    gi.require_version("GstController", "1.0")
    gst: Any = importlib.import_module("gi.repository.Gst")
    control: Any = importlib.import_module("gi.repository.GstController")
    gst.init(None)
    a_file, b_file, sink, start_s, fade_s = sys.argv[1:]
    start, length = float(start_s), float(fade_s)
    source = "filesrc location={} ! wavparse ! audioconvert ! audio/x-raw,format=F32LE"
    pipeline: Any = gst.parse_launch(
        f"audiomixer name=mix ! audio/x-raw,format=F32LE,rate=48000,channels=2 ! "
        f"pulsesink device={sink} "
        f"{source.format(a_file)} ! volume name=a ! mix.sink_0 "
        f"{source.format(b_file)} ! volume name=b ! mix.sink_1"
    )
    pipeline.get_by_name("mix").get_static_pad("sink_1").set_offset(round(start * gst.SECOND))
    steps = [n * POINT_S / length for n in range(round(length / POINT_S) + 1)]
    falling = [(0.0, 1.0)] + [(start + s * length, math.cos(s * math.pi / 2)) for s in steps]
    rising = [(s * length, math.sin(s * math.pi / 2)) for s in steps]
    fade(gst, control, pipeline.get_by_name("a"), falling)
    fade(gst, control, pipeline.get_by_name("b"), rising)
    pipeline.set_state(gst.State.PLAYING)
    ends = gst.MessageType.EOS | gst.MessageType.ERROR
    message = pipeline.get_bus().timed_pop_filtered(gst.CLOCK_TIME_NONE, ends)
    pipeline.set_state(gst.State.NULL)
    if message.type == gst.MessageType.ERROR:
        sys.exit(str(message.parse_error()))


if __name__ == "__main__":
    main()
