"""Every rule of the style sheet: its text can be read on its ground, its edge be seen."""

import re
from collections.abc import Iterator

import pytest
from fakes.screens import contrast

from ui.theme import Color, Look, style_sheet

TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
GROUNDS = (Color.INK, Color.PANEL, Color.RAISED)
"""What a part without a ground of its own may stand on."""
ON_BANNERS = ('QLabel[role="on_banner"]', 'QPushButton[kind="banner"]')
CONTROLS = ("QPushButton", "QLineEdit", "QComboBox", "QSpinBox")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")

Said = dict[str, str]


def rules() -> dict[str, Said]:
    """Return what each selector of the sheet says; a state says what its part says too."""
    found: dict[str, Said] = {}
    for selectors, body in _RULE.findall(_COMMENT.sub("", style_sheet(Look()))):
        said = dict(line.split(":", 1) for line in body.split(";") if ":" in line)
        for selector in map(str.strip, selectors.split(",")):
            part = found.get(re.sub(r":[a-z]+$", "", selector), {})
            found[selector] = part | {name.strip(): value for name, value in said.items()}
    return found


def grounds_of(selector: str, said: Said) -> tuple[str, ...]:
    """Return what the texts of a rule may stand on."""
    own = tuple(_COLOR.findall(said.get("background", "")))
    around = (Color.AMBER,) if selector.startswith(ON_BANNERS) else GROUNDS
    return own or around


def pairs_of_texts() -> Iterator[tuple[str, str, str]]:
    """Yield selector, text and ground; a part that is inert is told by its words and its place."""
    for selector, said in rules().items():
        if ":disabled" in selector:
            continue
        for text in _COLOR.findall(said.get("color", "")):
            yield from ((selector, text, ground) for ground in grounds_of(selector, said))
        for text in _COLOR.findall(said.get("selection-color", "")):
            for ground in _COLOR.findall(said["selection-background-color"]):
                yield selector, text, ground


def pairs_of_edges() -> Iterator[tuple[str, str, str]]:
    """Yield selector, edge and what is beside it, for what takes a touch.

    An edge that stands out from what it holds is seen on every ground; else it must from that.
    """
    for selector, said in rules().items():
        if not selector.startswith(CONTROLS) or ":disabled" in selector or "::" in selector:
            continue
        edges = _COLOR.findall(said.get("border-color", "") or said.get("border", ""))
        around = (Color.AMBER,) if selector.startswith(ON_BANNERS) else GROUNDS
        for edge in edges:
            inside = [held for held in _COLOR.findall(said.get("background", "")) if held != edge]
            beside = (
                inside if any(contrast(edge, held) >= EDGE_CONTRAST for held in inside) else around
            )
            yield from ((selector, edge, ground) for ground in beside)


TEXTS = tuple(pairs_of_texts())
EDGES = tuple(pairs_of_edges())


def test_the_sheet_was_read_whole() -> None:
    assert {"QWidget", "QPushButton:checked", 'QLabel[role="caption"]'} <= set(rules())
    assert ('QPushButton[kind="primary"]', Color.ON_AMBER, Color.AMBER) in TEXTS
    assert ("QLineEdit", Color.EDGE, Color.PANEL) in EDGES


@pytest.mark.parametrize(("selector", "text", "ground"), TEXTS)
def test_a_text_of_the_sheet_is_readable(selector: str, text: str, ground: str) -> None:
    assert contrast(text, ground) >= TEXT_CONTRAST, selector


@pytest.mark.parametrize(("selector", "edge", "ground"), EDGES)
def test_an_edge_of_the_sheet_is_seen(selector: str, edge: str, ground: str) -> None:
    assert contrast(edge, ground) >= EDGE_CONTRAST, selector
