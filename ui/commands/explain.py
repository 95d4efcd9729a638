"""``soundscape explain``: why each track of a plan stands where it does."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.session.plan_file import read_plan

SUMMARY = "say in words why each track of a plan stands where it does"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("plan", type=Path, help="a plan made by 'soundscape plan'")
    parser.add_argument("place", nargs="?", metavar="PLACE", help="as deepen.2; all if left out")


def run(options: argparse.Namespace) -> int:
    """Say why each track stands where it does.

    Raises
    ------
    InvalidPlanError
        If the plan came without its proof, or has no such place.
    """
    read_plan(options.plan)
    proof = json.loads(options.plan.read_text("utf-8")).get("proof")
    try:
        rows = [
            _row(phase["name"], number, heard)
            for phase in proof["phases"]
            for number, heard in enumerate(phase["tracks"], 1)
        ]
    except (TypeError, KeyError, AttributeError):
        raise InvalidPlanError(options.plan.name, "has no proof; make the plan anew") from None
    if not rows:
        raise InvalidPlanError(options.plan.name, "has no music, so there is nothing to explain")
    chosen = [row for row in rows if options.place in {None, row["place"]}]
    if not chosen:
        places = ", ".join(row["place"] for row in rows)
        raise InvalidPlanError("place", f"must be one of {places}")
    if options.json:
        sys.stdout.write(json.dumps(chosen, ensure_ascii=False) + "\n")
    else:
        for row in chosen:
            names = " - ".join(name for name in (row["artist"], row["title"]) if name)
            sys.stdout.write(f"{row['place']:<10} {names}: {row['why']}\n")
    return 0


def _row(phase: str, number: int, heard: dict[str, Any]) -> dict[str, str]:
    said = {name: str(heard[name]) for name in ("track", "title", "artist", "why")}
    return {"place": f"{phase}.{number}", **said}
