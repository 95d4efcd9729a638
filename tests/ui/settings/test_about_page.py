"""Every part of the program has its terms on the page about it."""

import tomllib
from pathlib import Path

from soundscape.home import home
from ui.settings.about_page import AboutPage
from ui.settings.licences import assets, packages, product

from .conftest import OpenSettings

PROJECT = tomllib.loads((Path(home()) / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_program_itself_is_under_the_license_that_it_says() -> None:
    whole = product()

    assert (whole.version, whole.licence) == (PROJECT["version"], PROJECT["license"])
    assert "GNU GENERAL PUBLIC LICENSE" in whole.text


def test_every_package_that_is_needed_says_its_terms() -> None:
    found = {part.name.casefold() for part in packages()}

    assert {"numpy", "pyqt6", "python-vlc", "tomlkit"} <= found
    assert [part.name for part in packages() if not part.licence] == []


def test_every_kind_of_asset_has_a_license() -> None:
    kinds = {part.name.split(":")[0] for part in assets()}
    folders = {path.name for path in (home() / "assets").iterdir() if path.is_dir()}

    assert kinds == folders - {"__pycache__"}


def test_the_text_of_a_part_is_shown(open_settings: OpenSettings) -> None:
    page = open_settings("about").page_of("about")
    assert isinstance(page, AboutPage)
    names = [part.name for part in page.parts]
    page.box.setCurrentIndex(names.index("icons"))

    assert page.text.text().startswith("ISC License")
