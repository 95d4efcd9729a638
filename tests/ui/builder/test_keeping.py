"""Nothing is collected while much is made, and all is as before afterwards."""

import gc

import pytest

from ui.builder.keeping import keeping


def test_what_is_made_within_is_never_looked_through_again() -> None:
    try:
        with keeping():
            assert not gc.isenabled()
            made = [[number] for number in range(10)]
        tracked = {id(one) for one in gc.get_objects()}

        assert gc.isenabled()
        assert not tracked & {id(one) for one in made}
    finally:
        gc.unfreeze()


def test_collecting_goes_on_after_a_failure() -> None:
    with pytest.raises(KeyError), keeping():
        raise KeyError

    gc.unfreeze()
    assert gc.isenabled()
