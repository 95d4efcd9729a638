"""What each measure of a track means, in one plain sentence, and what it cannot tell."""

from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.words import _, later

WIDTH_PX, HEIGHT_PX = 640, 720


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in words, to be translated where they are shown.

    Attributes
    ----------
    name : str
        As in the table's heading.
    means : str
        One sentence that needs no knowledge of sound.
    limits : str
        What it cannot tell.
    """

    name: str
    means: str
    limits: str


ENERGY = Measure(
    later("Energy"),
    later("How much happens in the music, from 0 (a still drone) to 1 (driving drums)."),
    later(
        "It knows nothing of loudness or mood, and real music is less sure than its number looks:"
        " your own word stands above it."
    ),
)
TEMPO = Measure(
    later("BPM"),
    later("Beats in a minute as a listener may tap them; “free” where no steady beat is heard."),
    later("Half or double may be tapped as well, above all where notes swell in softly."),
)
LOUDNESS = Measure(
    later("LUFS"),
    later("How loud the recording is as a whole, to the ear; every track is brought to the same."),
    later("It says nothing of how loud the headphones are."),
)
VOICE = Measure(
    later("Voice"),
    later("Whether somebody seems to sing or speak for some seconds, and where."),
    later(
        "It can miss choirs, chant and speech far behind the music: listen before you trust it."
    ),
)
FIT = Measure(
    later("Fits"),
    later("Whether a session may use the track and, if not, why: what people said comes first."),
    later("Whether its energy suits a phase is seen in the plan; a preset may keep out more."),
)
LENGTH = Measure(
    later("Length"),
    later("How long the recording lasts, as decoded to its end."),
    later("Silence at its ends is left out when it is played."),
)
RANGE = Measure(
    later("Loudness range"),
    later("How far soft and loud passages lie apart."),
    later("A wide range is not a startle: a slow swell has one too."),
)
OTHERS = (
    Measure(
        later("Startle"),
        later("The largest rise of loudness within two seconds; tracks above 8 LU are not used."),
        later("It is measured, not felt: a sudden change of sound at the same loudness has none."),
    ),
    Measure(
        later("True peak"),
        later("The highest point of the sound wave, also between the samples."),
        later("Only a safety figure; it says nothing of how the music feels."),
    ),
    Measure(
        later("Brightness"),
        later("Where the middle of the sound lies, from dark to bright."),
        later("One number for a whole track, which may change on its way."),
    ),
    Measure(
        later("Percussiveness"),
        later("How much of the sound is struck rather than held, from 0 to 1."),
        later("Plucked strings and drums look alike to it."),
    ),
    Measure(
        later("Fits a loop"),
        later("How little would be heard of a jump from its end to its start, from 0 to 1."),
        later("It compares the two ends only, not the melody."),
    ),
)
EVERY = (FIT, LENGTH, ENERGY, TEMPO, LOUDNESS, VOICE, RANGE, *OTHERS)


class MeasuresDialog(QDialog):
    """All measures with their sentences, to be read once and closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle(_("What is measured"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        page = Page(_("What is measured"))
        column = QVBoxLayout()
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(GAP_PX // 2)
        for measure in EVERY:
            column.addWidget(Label(_(measure.name), Role.TITLE))
            column.addWidget(Label(_(measure.means), Role.BODY, wraps=True))
            column.addWidget(Label(_(measure.limits), Role.MUTED, wraps=True))
            column.addSpacing(GAP_PX)
        page.lay_out_in(column)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, GAP_PX)
        whole.addWidget(page.scrolling())
        whole.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignHCenter)
