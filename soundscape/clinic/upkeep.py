"""Upkeep: how long each class of data is kept, what is erased, and new keys.

What is erased leaves a tombstone and a line in the audit, which is itself never erased.
"""

from soundscape.clinic.office import Office
from soundscape.folders import DataFolder


class Upkeep:
    """Keys, retention and erasure.

    Parameters
    ----------
    office : Office
        The clinic's.
    folder : DataFolder
        Where the sessions' records lie.
    """

    def __init__(self, office: Office, folder: DataFolder) -> None:
        self._office = office
        self._folder = folder
