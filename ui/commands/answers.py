"""What a command prints: JSON alone where that was asked for, else lines for a person."""

import argparse
import json
import sys

from soundscape.clinic.service import Clinic
from soundscape.clock import MachineClock
from soundscape.folders import data_folder


def answer(options: argparse.Namespace, facts: object, text: str) -> None:
    """Print facts as JSON, or text as it is."""
    sys.stdout.write((json.dumps(facts) if options.json else text) + "\n")


def opened_clinic(options: argparse.Namespace) -> Clinic:
    """Return the clinic's records of the data folder that the options name."""
    return Clinic.open(data_folder(options.data_dir), MachineClock())
