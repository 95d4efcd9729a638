"""The table of known headphones is whole, and a model is found by a part of its name."""

import pytest

from soundscape.errors import CalibrationError
from soundscape.room.headphones import known_headphones, sensitivity_of


def test_every_model_of_the_table_has_a_sensitivity_that_can_be() -> None:
    models = known_headphones()

    assert len({model.name for model in models}) == len(models) >= 5
    assert all(90.0 <= model.sensitivity_db <= 130.0 for model in models)


def test_a_model_is_found_by_a_part_of_its_name() -> None:
    assert sensitivity_of("ath-m50") == 115.0


@pytest.mark.parametrize("name", ["AKG", "no such"])
def test_a_name_that_does_not_say_which_is_refused_with_those_that_could_be(name: str) -> None:
    with pytest.raises(CalibrationError, match=r"AKG K271 MK II.*give its sensitivity"):
        sensitivity_of(name)
