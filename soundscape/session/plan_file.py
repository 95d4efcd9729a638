"""A session plan as a file: JSON out, and in again only if every part of it is sound."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from soundscape.errors import InvalidPlanError
from soundscape.output import arriving
from soundscape.session.cues import Shape
from soundscape.session.phases import (
    COLOR_RANGE_K,
    WARM_WHITE_K,
    Anchor,
    Boundary,
    Phase,
    PhasePlan,
    Scene,
    nominal_spans,
)
from soundscape.session.plan import (
    LONGEST_GAP_S,
    NO_GAP_S,
    PLAN_FORMAT,
    PlannedCue,
    PlannedTrack,
    SessionPlan,
)
from soundscape.units import Decibels, Seconds

MAX_PLAN_BYTES = 8 << 20
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)
_JOIN_TOLERANCE = 1e-6

T = TypeVar("T")


def write_plan(path: Path, plan: SessionPlan, proof: Mapping[str, object]) -> None:
    """Write a plan with the proof it was accepted on; the file appears whole or not at all."""
    text = json.dumps({**plan_to_json(plan), "proof": dict(proof)}, indent=1, ensure_ascii=False)
    with arriving(path) as whole:
        whole.write_text(text + "\n", encoding="utf-8")


def read_plan(path: Path) -> SessionPlan:
    """Return the plan in a file.

    Raises
    ------
    InvalidPlanError
        If it cannot be read or is not a whole, sound plan; ``where`` is the path of the fault.
    """
    try:
        if path.exists() and not path.is_file():  # a device never ends, a pipe never begins
            raise InvalidPlanError(f"{path}", "is not an ordinary file; choose a session plan")
        if path.stat().st_size > MAX_PLAN_BYTES:
            raise InvalidPlanError(path.name, "is too large to be a session plan")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidPlanError(path.name, f"cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise InvalidPlanError(path.name, "is not a session plan: it is not JSON") from error
    return plan_from_json(data)


def plan_to_json(plan: SessionPlan) -> dict[str, Any]:
    """Return a plan as plain data, as it is written."""
    return {"format": PLAN_FORMAT, **asdict(plan)}


def plan_from_json(data: object) -> SessionPlan:
    """Return the plan that plain data holds.

    Raises
    ------
    InvalidPlanError
        If a part is missing, of the wrong kind, or contradicts another.
    """
    fields = _Fields(data, "plan")
    if fields.take("format", _text) != PLAN_FORMAT:
        raise InvalidPlanError("format", f"must be {PLAN_FORMAT}")
    plan = SessionPlan(
        route=fields.take("route", _text),
        title=fields.take("title", _text),
        arc=fields.take("arc", _text),
        preset=fields.take("preset", _text),
        seed=fields.take("seed", _whole),
        delivery_s=fields.take("delivery_s", _seconds),
        phases=fields.take_all("phases", _phase),
        cues=fields.take_all("cues", _cue),
        reserve=fields.take_all("reserve", _hash),
        bed=fields.take("bed", _hash_or_none),
        tracks={t.content_hash: t for t in fields.take_values("tracks", _track)},
    )
    _check(plan)
    return plan


def cues_from_json(data: object, plan: SessionPlan) -> tuple[PlannedCue, ...]:
    """Return another order of a plan's tracks that plain data holds.

    One that is not whole or contradicts the plan is refused with ``InvalidPlanError``.
    """
    cues = planned_cues(data)
    _check_cues(replace(plan, cues=cues))
    return cues


def planned_cues(data: object) -> tuple[PlannedCue, ...]:
    """Return the cues that plain data holds; which plan they belong to is not looked at."""
    return _Fields({"cues": data}, "plan").take_all("cues", _cue)


def _check(plan: SessionPlan) -> None:
    if not plan.phases:
        raise InvalidPlanError("phases", "must hold at least one phase")
    if Phase.RETURN not in [phase.name for phase in plan.phases]:
        raise InvalidPlanError("phases", "must hold a return")
    for index, (before, after) in enumerate(zip(plan.phases, plan.phases[1:], strict=False)):
        if before.end != after.start:
            raise InvalidPlanError(f"phases[{index + 1}].start", "must be where the last one ends")
        if abs(before.energy[-1][1] - after.energy[0][1]) > _JOIN_TOLERANCE:
            raise InvalidPlanError(f"phases[{index + 1}].energy", "must go on from the last phase")
    for index, (start_s, end_s) in enumerate(nominal_spans(plan.phases, plan.delivery_s)):
        if end_s <= start_s:
            raise InvalidPlanError(f"phases[{index}]", "must last longer than nothing")
    _check_cues(plan)
    _check_spare(plan)


def _check_cues(plan: SessionPlan) -> None:
    last_phase = 0
    for index, cue in enumerate(plan.cues):
        where = f"cues[{index}]"
        if not last_phase <= cue.phase < len(plan.phases):
            raise InvalidPlanError(f"{where}.phase", "must name a phase, in order")
        last_phase = cue.phase
        track = plan.tracks.get(cue.track)
        if track is None:
            raise InvalidPlanError(f"{where}.track", "must be one of the plan's tracks")
        if not 0.0 <= cue.source_in_s < cue.source_out_s <= track.duration_s + 0.001:
            raise InvalidPlanError(f"{where}.source_in_s", "must lie inside the track")
    heard = [cue.track for cue in plan.cues]
    if len(set(heard)) < len(heard):
        raise InvalidPlanError("cues", "must not name a track twice")


def _check_spare(plan: SessionPlan) -> None:
    for index, digest in enumerate(plan.reserve):
        if digest not in plan.tracks:
            raise InvalidPlanError(f"reserve[{index}]", "must be one of the plan's tracks")
    if plan.bed and plan.bed not in plan.tracks:
        raise InvalidPlanError("bed", "must be one of the plan's tracks")
    if plan.cues and not plan.bed:
        raise InvalidPlanError("bed", "must be there, so that music never runs out")


class _Fields:
    """Takes typed values out of a JSON object and says where one is wrong."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise InvalidPlanError(where, "must be an object")
        self._data: dict[str, object] = data
        self._where = "" if where == "plan" else f"{where}."

    def has(self, name: str) -> bool:
        return name in self._data

    def take(self, name: str, read: Callable[[object, str], T]) -> T:
        where = f"{self._where}{name}"
        if name not in self._data:
            raise InvalidPlanError(where, "is missing")
        return read(self._data[name], where)

    def take_all(self, name: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        where = f"{self._where}{name}"
        items = self._data.get(name)
        if not isinstance(items, list | tuple):
            raise InvalidPlanError(where, "must be a list")
        return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items))

    def take_values(self, name: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        where = f"{self._where}{name}"
        items = self._data.get(name)
        if not isinstance(items, dict):
            raise InvalidPlanError(where, "must be an object")
        return tuple(read(item, f"{where}.{key[:12]}") for key, item in items.items())


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InvalidPlanError(where, "must be text")
    return value


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidPlanError(where, "must be a whole number")
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidPlanError(where, "must be a finite number")
    return float(value)


def _seconds(value: object, where: str) -> Seconds:
    return Seconds(_number(value, where))


def _ratio(value: object, where: str) -> float:
    number = _number(value, where)
    if not 0.0 <= number <= 1.0:
        raise InvalidPlanError(where, "must lie between 0 and 1")
    return number


def _color(value: object, where: str) -> float:
    number = _number(value, where)
    if not COLOR_RANGE_K[0] <= number <= COLOR_RANGE_K[1]:
        raise InvalidPlanError(where, "must lie between {:g} and {:g} K".format(*COLOR_RANGE_K))
    return number


def _switch(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidPlanError(where, "must be true or false")
    return value


def _shape(value: object, where: str) -> Shape:
    text = _text(value, where)
    if text not in set(Shape):
        raise InvalidPlanError(where, f"must be one of {', '.join(Shape)}")
    return Shape(text)


def _gap(value: object, where: str) -> Seconds:
    gap_s = _seconds(value, where)
    if not 0.0 <= gap_s <= LONGEST_GAP_S:
        raise InvalidPlanError(where, f"must lie between 0 and {LONGEST_GAP_S:g} seconds")
    return gap_s


def _hash(value: object, where: str) -> str:
    text = _text(value, where)
    if not _HASH.fullmatch(text):
        raise InvalidPlanError(where, "must be a SHA-256 in hexadecimal")
    return text


def _hash_or_none(value: object, where: str) -> str:
    return "" if value == "" else _hash(value, where)


def _suffix(value: object, where: str) -> str:
    text = _text(value, where)
    if not _SUFFIX.fullmatch(text):
        raise InvalidPlanError(where, "must be a file's ending, as .flac")
    return text


def _pair(value: object, where: str, read: Callable[[object, str], float]) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 -- from and to
        raise InvalidPlanError(where, "must be two numbers, from and to")
    return read(value[0], f"{where}[0]"), read(value[1], f"{where}[1]")


def _levels(value: object, where: str) -> tuple[float, float]:
    return _pair(value, where, _number)


def _ratios(value: object, where: str) -> tuple[float, float]:
    return _pair(value, where, _ratio)


def _tempo(value: object, where: str) -> tuple[float, float] | None:
    return None if value is None else _pair(value, where, _number)


def _boundary(value: object, where: str) -> Boundary:
    fields = _Fields(value, where)
    name = fields.take("anchor", _text)
    if name not in set(Anchor):
        raise InvalidPlanError(f"{where}.anchor", f"must be one of {', '.join(Anchor)}")
    return Boundary(Anchor(name), fields.take("offset_s", _seconds))


def _scene(value: object, where: str) -> Scene:
    fields = _Fields(value, where)
    return Scene(
        screen=fields.take("screen", _ratios),
        lights=fields.take("lights", _ratios),
        change_s=fields.take("change_s", _seconds),
        color_k=fields.take("color_k", _color) if fields.has("color_k") else WARM_WHITE_K,
    )


def _phase(value: object, where: str) -> PhasePlan:
    fields = _Fields(value, where)
    name = fields.take("name", _text)
    if name not in set(Phase):
        raise InvalidPlanError(f"{where}.name", f"must be one of {', '.join(Phase)}")
    energy = fields.take_all("energy", _ratios)
    fractions = [point[0] for point in energy]
    if len(energy) < 2 or fractions != sorted(fractions):  # noqa: PLR2004 -- a line has two ends
        raise InvalidPlanError(f"{where}.energy", "must be two or more points in order")
    return PhasePlan(
        name=Phase(name),
        start=fields.take("start", _boundary),
        end=fields.take("end", _boundary),
        holds=fields.take("holds", _switch),
        energy=energy,
        tempo_bpm=fields.take("tempo_bpm", _tempo),
        level_lu=fields.take("level_lu", _levels),
        fade_s=fields.take("fade_s", _seconds),
        scene=fields.take("scene", _scene),
        source=fields.take("source", _text),
    )


def _cue(value: object, where: str) -> PlannedCue:
    fields = _Fields(value, where)
    return PlannedCue(
        phase=fields.take("phase", _whole),
        track=fields.take("track", _hash),
        source_in_s=fields.take("source_in_s", _seconds),
        source_out_s=fields.take("source_out_s", _seconds),
        fade_s=fields.take("fade_s", _seconds),
        # A plan of before there were others has joins of one shape, without gaps.
        shape=fields.take("shape", _shape) if fields.has("shape") else Shape.EQUAL_POWER,
        gap_s=fields.take("gap_s", _gap) if fields.has("gap_s") else NO_GAP_S,
    )


def _track(value: object, where: str) -> PlannedTrack:
    fields = _Fields(value, where)
    return PlannedTrack(
        content_hash=fields.take("content_hash", _hash),
        title=fields.take("title", _text),
        artist=fields.take("artist", _text),
        suffix=fields.take("suffix", _suffix),
        duration_s=fields.take("duration_s", _seconds),
        music_start_s=fields.take("music_start_s", _seconds),
        music_end_s=fields.take("music_end_s", _seconds),
        gain_db=Decibels(fields.take("gain_db", _number)),
        energy=fields.take("energy", _ratio),
    )
