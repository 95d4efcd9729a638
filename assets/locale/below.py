"""Gathers the sentences and clauses that are said below the windows and read in them.

What the engine and the curation say goes into records, logs and other processes, so it is made
in English, where it is known what happened. Here its forms are read from the code, with a name
in braces for each thing that is filled in; the windows know a sentence again by its form.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYING = (
    "playlists/analysis/admission.py",
    "playlists/analysis/pool.py",
    "playlists/arcs.py",
    "playlists/compiler.py",
    "playlists/documents.py",
    "playlists/history/history.py",
    "playlists/history/store.py",
    "playlists/library/migrations.py",
    "playlists/library/query.py",
    "playlists/library/repository.py",
    "playlists/library/saved.py",
    "playlists/library/scanner.py",
    "playlists/presets.py",
    "playlists/solver/alternatives.py",
    "playlists/solver/arrange.py",
    "playlists/solver/explain.py",
    "playlists/solver/lacks.py",
    "playlists/solver/refusals.py",
    "playlists/workbench.py",
    "soundscape/clinic/backups.py",
    "soundscape/clinic/chain.py",
    "soundscape/clinic/checks.py",
    "soundscape/clinic/keys.py",
    "soundscape/clinic/office.py",
    "soundscape/clinic/people.py",
    "soundscape/clinic/pins.py",
    "soundscape/clinic/sealing.py",
    "soundscape/clinic/service.py",
    "soundscape/clinic/store/database.py",
    "soundscape/clinic/store/schema.py",
    "soundscape/clinic/upkeep.py",
    "soundscape/clinic/visits.py",
    "soundscape/engine/device.py",
    "soundscape/engine/endpoints.py",
    "soundscape/engine/outlet.py",
    "soundscape/engine/ring_file.py",
    "soundscape/engine/sinks.py",
    "soundscape/engine/sound_server.py",
    "soundscape/fields.py",
    "soundscape/media/decoder.py",
    "soundscape/media/sniff.py",
    "soundscape/media/store.py",
    "soundscape/microphone.py",
    "soundscape/room/calibration.py",
    "soundscape/room/headphones.py",
    "soundscape/room/listening.py",
    "soundscape/room/noise.py",
    "soundscape/sensory/dmx.py",
    "soundscape/sensory/fixture_file.py",
    "soundscape/sensory/fixtures.py",
    "soundscape/sensory/mqtt_lamps.py",
    "soundscape/sensory/mqtt_output.py",
    "soundscape/session/chair_lock.py",
    "soundscape/session/client.py",
    "soundscape/session/comeback.py",
    "soundscape/session/files.py",
    "soundscape/session/hearing.py",
    "soundscape/session/host.py",
    "soundscape/session/hosting.py",
    "soundscape/session/inspection.py",
    "soundscape/session/journal.py",
    "soundscape/session/lamps.py",
    "soundscape/session/lamps_shown.py",
    "soundscape/session/player.py",
    "soundscape/session/preflight.py",
    "soundscape/session/remains.py",
    "soundscape/session/restart.py",
    "soundscape/session/room_check.py",
    "soundscape/session/rules.py",
    "soundscape/session/talk.py",
    "soundscape/session/trial.py",
    "soundscape/session/voice_check.py",
    "soundscape/visit/clinic_file.py",
    "soundscape/visit/rules.py",
    "soundscape/visit/telling.py",
    "soundscape/visit/words.py",
    "soundscape/wire.py",
    "ui/builder/planning.py",
    "ui/builder/shelves.py",
    "ui/preview.py",
)
"""What can say something to who sits at a window; the command line's own words stay English."""

SENTENCE_ENDS = re.compile(r"(?<=[.!?]) (?=[A-Z“'{])|(?<=}) (?=[A-Z][a-z]{2})")
_FIELD = re.compile(r"\{\w+\}")
_WORDS = re.compile(r"[a-z]{2,}")
_FOR_MACHINES = re.compile(r"\n|^[A-Z]{4,} |^\{\w+\}: [\w{}\[\].]+$|[\[|=]")
"""What a query, an option or the place of a fault looks like."""

NOT_SHOWN = frozenset(
    {
        "(not shown)",
        ", {value} min",
        "Core Audio",
        "Windows WASAPI",
        "a connection in use has one",
        "a limited process takes arguments by position alone",
        "act now",
        "cannot schedule new futures after shutdown",
        "imagined {name} {energy}",
        "kind of entry",
        "only a file that was analyzed is a track",
        "only what was lost can be back",
        "soundscape {purpose}",
        "soundscape: {error}",
        "stored files",
        "system default",
        "the record is being read",
    }
)
"""Told to other programs and to who writes this one."""


def forms() -> dict[str, str]:
    """Return each form of a sentence or clause, and the file that says it first."""
    found: dict[str, str] = {}
    for name in SAYING:
        for text in _texts(ast.parse((ROOT / name).read_text("utf-8"))):
            for form in SENTENCE_ENDS.split(text):
                if " " in form.strip() and _WORDS.search(_FIELD.sub("", form)):
                    found.setdefault(form, name)
    return found


def _texts(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of a module, but not its docstrings nor what machines read."""
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)
        if isinstance(node, ast.JoinedStr):
            passed |= {part for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node not in passed:
            text = _form(node)
            if text not in NOT_SHOWN and not _FOR_MACHINES.search(text):
                yield text


def _form(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a text with names in place of what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    names: list[str] = []
    form = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            names.append(name)
            again = names.count(name)
            form += f"{{{name}{again if again > 1 else ''}}}"
        elif isinstance(part, ast.Constant):
            form += str(part.value)
    return form


def _name(value: ast.expr) -> str:
    """Return the last name in an expression: that of what is filled in."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(args=[first, *_]) | ast.Subscript(value=first):
            return _name(first)
        case _:
            return "value"
