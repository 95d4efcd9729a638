"""The first step: in which language, and how large."""

from soundscape.folders import DataFolder
from ui.first_run.step import Step
from ui.widgets.look_choices import LookChoices
from ui.words import _


class LanguageStep(Step):
    """Language and text size, shown at once.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    def __init__(self, folder: DataFolder) -> None:
        super().__init__(
            _("Welcome"),
            _("Five short steps. Each can be skipped, and done later in the settings."),
        )
        self.look = LookChoices(folder)
        self.add(self.look)
        self.has_acted = True  # what is ticked is a choice as well
