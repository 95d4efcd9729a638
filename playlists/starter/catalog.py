"""The starter library's moods and pieces, as data."""

from dataclasses import dataclass

from playlists.starter.score import Layer, Piece


@dataclass(frozen=True, slots=True)
class Mood:
    """What the pieces of one mood have in common.

    Attributes
    ----------
    layers : tuple[Layer, ...]
        Its parts, from the ground up.
    reverberation_s : float
        Of its room.
    wet : float
        Energy of the room by that of the direct sound.
    """

    layers: tuple[Layer, ...]
    reverberation_s: float
    wet: float


MOODS = {
    "shore": Mood(
        (
            Layer("noise", "sea", -30.0, -16.0),
            Layer("drone", "drone", -4.0, -21.0),
            Layer("pad", "warm", -6.0, -21.0),
            Layer("drops", "bell", -16.0, -12.0, enters=0.12, leaves=1.6),
            Layer("melody", "felt", -12.0, -6.0, enters=0.3),
            Layer("figure", "harp", -12.0, 4.0, enters=0.45, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.7),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        5.0,
        0.5,
    ),
    "forest": Mood(
        (
            Layer("noise", "wind", -30.0, -16.0),
            Layer("pad", "glass", -6.0, -21.0),
            Layer("drone", "drone", -6.0, -22.0),
            Layer("melody", "bowed", -10.0, -8.0, enters=0.15),
            Layer("drops", "harp", -18.0, -12.0, enters=0.2, leaves=1.6),
            Layer("figure", "felt", -12.0, 4.0, enters=0.4, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.7),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        4.0,
        0.4,
    ),
    "night": Mood(
        (
            Layer("drone", "drone", -3.0, -20.0),
            Layer("pad", "warm", -8.0, -22.0),
            Layer("pad", "glass", -12.0, -23.0),
            Layer("drops", "bell", -17.0, -11.0, enters=0.1, leaves=1.6),
            Layer("melody", "bell", -15.0, -9.0, enters=0.35),
            Layer("figure", "felt", -12.0, 4.0, enters=0.5, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.65),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        6.0,
        0.7,
    ),
    "hearth": Mood(
        (
            Layer("drone", "drone", -7.0, -23.0),
            Layer("pad", "warm", -5.0, -21.0),
            Layer("melody", "felt", -14.0, -5.0, enters=0.1),
            Layer("melody", "bowed", -14.0, -10.0, enters=0.3),
            Layer("figure", "felt", -12.0, 4.0, enters=0.4, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.65),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        3.2,
        0.35,
    ),
    "sky": Mood(
        (
            Layer("noise", "wind", -30.0, -16.0),
            Layer("pad", "glass", -5.0, -21.0),
            Layer("pad", "warm", -10.0, -23.0),
            Layer("drops", "harp", -18.0, -10.0, enters=0.15, leaves=1.6),
            Layer("melody", "bell", -14.0, -9.0, enters=0.3),
            Layer("figure", "harp", -12.0, 4.0, enters=0.4, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.75),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        5.5,
        0.6,
    ),
    "rain": Mood(
        (
            Layer("noise", "rain", -30.0, -16.0),
            Layer("drone", "drone", -5.0, -22.0),
            Layer("pad", "warm", -6.0, -21.0),
            Layer("drops", "felt", -16.0, -10.0, enters=0.12, leaves=1.6),
            Layer("melody", "felt", -12.0, -6.0, enters=0.3),
            Layer("figure", "harp", -12.0, 4.0, enters=0.45, leaves=1.45),
            Layer("pulse", "mallet", -16.0, -7.0, enters=0.7),
            Layer("brush", "brush", -24.0, -5.0, enters=0.6),
            Layer("figure", "pluck", -24.0, -8.0, enters=1.01),
            Layer("spark", "kalimba", -20.0, -6.0, enters=1.25),
            Layer("shaker", "shaker", -30.0, -14.0, enters=1.01),
        ),
        3.6,
        0.4,
    ),
}
"""Each mood by its name, which is also the tag that its pieces carry."""

PIECES = (
    Piece("Low Tide", "shore", 50, "dorian", 0.00, 300.0),
    Piece("Slack Water", "shore", 53, "lydian", 0.18, 315.0),
    Piece("Salt Light", "shore", 48, "ionian", 0.36, 290.0),
    Piece("Dune Grass", "shore", 55, "mixolydian", 0.54, 305.0),
    Piece("Far Lantern", "shore", 50, "aeolian", 0.72, 320.0),
    Piece("Homeward Swell", "shore", 55, "dorian", 0.90, 295.0),
    Piece("Cedar", "forest", 50, "dorian", 0.03, 310.0),
    Piece("Moss", "forest", 53, "ionian", 0.21, 295.0),
    Piece("Fern Shade", "forest", 52, "aeolian", 0.39, 320.0),
    Piece("Clearing", "forest", 48, "lydian", 0.57, 300.0),
    Piece("Birch Path", "forest", 55, "mixolydian", 0.75, 290.0),
    Piece("Canopy", "forest", 57, "dorian", 0.93, 310.0),
    Piece("Blue Hour", "night", 50, "aeolian", 0.06, 320.0),
    Piece("Still Stars", "night", 46, "lydian", 0.24, 305.0),
    Piece("Moon Over Water", "night", 55, "dorian", 0.42, 295.0),
    Piece("Owl Meadow", "night", 45, "aeolian", 0.60, 315.0),
    Piece("Slow Comet", "night", 48, "mixolydian", 0.78, 300.0),
    Piece("Before Dawn", "night", 55, "ionian", 0.96, 290.0),
    Piece("Ember", "hearth", 50, "mixolydian", 0.09, 295.0),
    Piece("Wool", "hearth", 53, "ionian", 0.27, 320.0),
    Piece("Old Oak Table", "hearth", 50, "dorian", 0.45, 305.0),
    Piece("Tea Steam", "hearth", 53, "lydian", 0.63, 290.0),
    Piece("Window Seat", "hearth", 45, "aeolian", 0.81, 310.0),
    Piece("Kept Promise", "hearth", 55, "ionian", 1.00, 300.0),
    Piece("First Light", "sky", 46, "lydian", 0.12, 305.0),
    Piece("Thin Cloud", "sky", 48, "ionian", 0.30, 290.0),
    Piece("Kite String", "sky", 48, "mixolydian", 0.48, 315.0),
    Piece("High Pasture", "sky", 53, "lydian", 0.66, 295.0),
    Piece("Swallows", "sky", 57, "dorian", 0.84, 320.0),
    Piece("Afterglow", "sky", 53, "ionian", 0.15, 300.0),
    Piece("Soft Rain", "rain", 52, "aeolian", 0.10, 310.0),
    Piece("Tin Roof", "rain", 57, "dorian", 0.26, 295.0),
    Piece("Stone Basin", "rain", 55, "ionian", 0.40, 300.0),
    Piece("Green After", "rain", 50, "mixolydian", 0.47, 320.0),
    Piece("Gutter Song", "rain", 50, "dorian", 0.69, 290.0),
    Piece("Clearing West", "rain", 48, "lydian", 0.87, 305.0),
    Piece("Running Tide", "shore", 55, "mixolydian", 1.30, 240.0),
    Piece("Bright Inlet", "shore", 53, "ionian", 1.46, 240.0),
    Piece("Harbor Bells", "shore", 48, "lydian", 1.60, 240.0),
    Piece("Long Shade", "forest", 55, "dorian", 0.66, 300.0),
    Piece("Quick Brook", "forest", 46, "lydian", 1.15, 240.0),
    Piece("Sun Flecks", "forest", 53, "ionian", 1.36, 240.0),
    Piece("Leaf Dance", "forest", 50, "mixolydian", 1.52, 240.0),
    Piece("Lamplight", "night", 48, "ionian", 0.70, 300.0),
    Piece("Star Loom", "night", 55, "dorian", 1.30, 240.0),
    Piece("Fireflies", "night", 48, "lydian", 1.50, 240.0),
    Piece("Clock Garden", "hearth", 55, "ionian", 1.38, 240.0),
    Piece("Spinning Wheel", "hearth", 57, "dorian", 1.46, 240.0),
    Piece("Seed Drift", "sky", 52, "aeolian", 0.72, 300.0),
    Piece("Paper Wings", "sky", 53, "lydian", 1.24, 240.0),
    Piece("Wind Games", "sky", 48, "mixolydian", 1.40, 240.0),
    Piece("Open Gate", "sky", 53, "ionian", 1.60, 240.0),
    Piece("Many Drops", "rain", 57, "dorian", 1.40, 240.0),
    Piece("Rain Wheel", "rain", 55, "mixolydian", 1.52, 240.0),
    Piece("Quiet Eaves", "rain", 45, "aeolian", 0.44, 310.0),
    Piece("Mill Pond", "rain", 53, "ionian", 0.36, 320.0),
    Piece("Long Dusk", "night", 50, "dorian", 0.30, 320.0),
    Piece("Snow Field", "night", 53, "lydian", 0.20, 310.0),
    Piece("Lichen", "forest", 52, "aeolian", 0.30, 315.0),
    Piece("Banked Fire", "hearth", 48, "ionian", 0.18, 320.0),
    Piece("Tide Pool", "shore", 48, "mixolydian", 0.26, 315.0),
    Piece("Feather", "sky", 53, "ionian", 0.36, 310.0),
)
"""The whole library. A piece's chance hangs on its title alone, so that the list may grow.

All are in modes of F, C or G major: any two share five tones or more, so none jars beside another.
"""
