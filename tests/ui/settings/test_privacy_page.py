"""How long data is kept is chosen; what is due goes by a hold; a backup is a touch."""

from fakes.clinic import record_session
from fakes.clock import FakeClock
from fakes.screens import click
from pytestqt.qtbot import QtBot

from soundscape.clinic.backup import backups_in
from soundscape.clinic.service import Clinic
from soundscape.clinic.upkeep import Kept
from soundscape.folders import DataFolder
from ui.settings.privacy_page import PrivacyPage
from ui.settings.window import SettingsWindow

from .conftest import OpenSettings

PATIENCE_MS = 20_000
OLD = "20200101t000000-ab12"


def privacy_page(window: SettingsWindow) -> PrivacyPage:
    page = window.page_of("privacy")
    assert isinstance(page, PrivacyPage)
    return page


def keep(qtbot: QtBot, page: PrivacyPage, days: str) -> None:
    click(page.kept["sessions"].buttons[days])
    qtbot.waitUntil(lambda: page.says.text() == "Kept.", timeout=PATIENCE_MS)


def test_a_time_is_kept_for_each_class(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = privacy_page(open_settings("privacy"))
    keep(qtbot, page, "365")

    with Clinic.open(folder, FakeClock()) as clinic:
        assert clinic.upkeep.retention()[Kept.SESSIONS] == 365
        assert clinic.upkeep.retention()[Kept.VISITS] is None


def test_what_is_kept_for_too_long_is_erased_by_a_hold(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    record_session(folder, "x", session=OLD)
    page = privacy_page(open_settings("privacy"))
    keep(qtbot, page, "365")
    told = page.due.text()
    page.erase.held.emit()
    qtbot.waitUntil(lambda: page.says.text() == "Erased.", timeout=PATIENCE_MS)

    assert told == "1 record is to be erased."
    assert not (folder.sessions / OLD).exists()
    assert not page.erase.isEnabled()


def test_a_backup_is_made_by_a_touch(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = privacy_page(open_settings("privacy"))
    click(page.back_up)
    qtbot.waitUntil(lambda: page.says.text() == "The backup is made.", timeout=PATIENCE_MS)

    assert len(backups_in(folder)) == 1
    assert page.copies.text().startswith("The last one is of ")
