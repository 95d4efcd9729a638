"""Papers as PDF: tagged for screen readers (PDF/UA-1), with the project's own fonts.

The pages' layouts are in ``assets/visit``. They are handed data, never markup, so a title
cannot change them. Nothing is read but those layouts and fonts.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from soundscape.home import home
from soundscape.visit.sheet import Sheet


class Paper(StrEnum):
    """Sizes of paper, by the names that the layouts know."""

    A4 = "a4"
    LETTER = "us-letter"


def sheet_pdf(sheet: Sheet, paper: Paper, made: datetime) -> bytes:
    """Return a take-home sheet as a PDF of one page.

    Parameters
    ----------
    sheet : Sheet
        What it says.
    paper : Paper
        On which paper.
    made : datetime
        When it is made, in UTC.
    """
    return _laid_out("sheet.typ", asdict(sheet), paper, made)


def record_pdf(record: Mapping[str, Any], paper: Paper, made: datetime) -> bytes:
    """Return a session's record as a PDF, without its seconds, which are for machines.

    Parameters
    ----------
    record : Mapping[str, Any]
        As ``record_of`` returns it.
    paper : Paper
        On which paper.
    made : datetime
        When it is made, in UTC.
    """
    shown = {name: value for name, value in record.items() if name not in {"plan", "seconds"}}
    shown["title"] = record["plan"]["title"]
    return _laid_out("record.typ", shown, paper, made)


def _laid_out(layout: str, data: Mapping[str, Any], paper: Paper, made: datetime) -> bytes:
    # Only here: it takes 10 MB, and a desk that follows visits seldom makes a paper.
    import typst  # noqa: PLC0415

    assets = home() / "assets"
    made_pdf = typst.compile(
        str(assets / "visit" / layout),
        root=str(assets / "visit"),
        font_paths=[str(assets / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "paper": str(paper)},
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )
    assert isinstance(made_pdf, bytes), "a PDF is one file"  # noqa: S101 - only images are many
    return made_pdf
