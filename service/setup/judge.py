"""What a layout lets the rules judge, before any frame is looked at.

A made-up day with an empty, well-lit hall is judged by the real rules: what they still call
无法判定 for want of a zone, a plane, a reference or pixels is what this layout can't give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from rules.calendar import Calendar, open_spans, window_of
from rules.engine import judge_day
from rules.layout import CameraLayout, HallLayout
from rules.messages import Lang, sentence
from rules.pack import Pack
from rules.sizes import scale_of, short_side_px
from rules.verdict import Judgement
from service.setup.draft import USUAL_SIZE
from vision.measure import Measurer
from vision.registration import WIDTH_PX
from vision.seen import HALL_TZ, Facts, Gate, Light, Window, ZoneFact

LIMITS: Final = frozenset(
    {
        "no_camera", "no_check", "not_configured", "zone_not_measured", "out_of_view", "no_scale",
        "too_few_pixels", "no_reference", "too_coarse", "no_shared_plane", "class_not_known",
        "too_far", "not_this_zone", "no_frame", "calendar_year_unknown",
    }
)  # fmt: skip
"""Reasons that lie in the layout or the model, not in what happened that day."""
SHOWN_CLASSES: Final = ("phone", "charger", "cup", "paper", "food", "cable", "pause_sign")
NEEDED_PX: Final = 10.0
GREY: Final = 128
PER_WINDOW: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One place × clause: whether it can be judged, and why not."""

    ok: bool
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """One desk (or hall zone): its cells by clause, and a usual thing's short side in px."""

    id: str
    name: str
    cells: Mapping[str, Cell]
    pixels: Mapping[str, float]

    @property
    def judged(self) -> int:
        return sum(cell.ok for cell in self.cells.values())


@dataclass(frozen=True)
class Judgeable:
    """The whole table: clauses with their short text, places with their cells."""

    clauses: Mapping[str, str]
    places: tuple[PlaceRow, ...]


def judgeable(
    layout: HallLayout,
    pack: Pack,
    calendar: Calendar,
    *,
    classes: tuple[str, ...] | None,
    today: date,
    lang: Lang,
) -> Judgeable:
    """The table of a layout; ``classes`` None: as if the model knew everything."""
    day = _working_day(layout, calendar, today)
    facts = [fact for camera in layout.cameras for fact in _facts(layout, camera, calendar, day,
                                                                  classes)]  # fmt: skip
    result = judge_day(layout, pack, calendar, facts, day=day)
    cells: dict[str, dict[str, Cell]] = {}
    for judgement in result.judgements:
        row = cells.setdefault(judgement.desk, {})
        cell = _cell(judgement, lang)
        if judgement.clause not in row or (cell.ok and not row[judgement.clause].ok):
            row[judgement.clause] = cell
    names = {desk.id: desk.name or desk.id for desk in layout.desks}
    pixels = _pixels(layout, facts)
    places = [
        PlaceRow(place, names.get(place, place), row, pixels.get(place, {}))
        for place, row in cells.items()
    ]
    places.sort(key=lambda p: list(names).index(p.id) if p.id in names else len(names))
    clauses = {
        row.id: row.spec.text if lang == "zh" else row.spec.gloss for row in pack.judged_rows
    }
    return Judgeable(clauses, tuple(places))


def _cell(judgement: Judgement, lang: Lang) -> Cell:
    code = judgement.reason.code
    if judgement.verdict != "unjudged" or code not in LIMITS:
        return Cell(True)
    return Cell(False, code, sentence(judgement.reason, lang))


def _working_day(layout: HallLayout, calendar: Calendar, today: date) -> date:
    """The last day on which the hall was open; today where the calendar knows none."""
    for back in range(31):
        day = today - timedelta(days=back)
        if open_spans(day, layout.hours, calendar):
            return day
    years = calendar.years
    if years and today.year not in years:
        return _working_day(layout, calendar, date(years[-1], 11, 20))
    return today


def _facts(
    layout: HallLayout,
    camera: CameraLayout,
    calendar: Calendar,
    day: date,
    classes: tuple[str, ...] | None,
) -> Iterator[Facts]:
    width, height = camera.size or USUAL_SIZE
    measurer = Measurer(camera.view, width, height)
    grey = np.full((max(8, round(height * WIDTH_PX / width)), WIDTH_PX), GREY, np.uint8)
    zones = measurer.zone_facts((), grey)
    lights: list[Light] = [light for light in ("day", "lamp") if light in camera.view.reference]
    for at in _moments(layout, calendar, day):
        light: Light = lights[0] if lights else "day"
        yield Facts(
            camera=camera.id,
            taken_at=at,
            frame=f"{camera.id}_{at:%Y%m%dT%H%M%S}.jpg",
            sha256=f"{at:%H%M}{camera.id}",
            width=width,
            height=height,
            gate=Gate("ok", light),
            zones=zones,
            classes=classes,
            reference=light if lights else None,
        )


def _moments(layout: HallLayout, calendar: Calendar, day: date) -> Iterator[datetime]:
    """A few moments of each window of the day, half an hour apart."""
    count: dict[Window, int] = {}
    at = datetime.combine(day, time(6), HALL_TZ)
    while at.date() == day:
        window = window_of(at, layout.hours, calendar)
        if window is not None and count.get(window, 0) < PER_WINDOW:
            count[window] = count.get(window, 0) + 1
            yield at
        at += timedelta(minutes=30)


def _pixels(layout: HallLayout, facts: list[Facts]) -> dict[str, dict[str, float]]:
    """How many px a usual thing's short side has on each desk, from its best camera."""
    found: dict[str, dict[str, float]] = {}
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        for zone in fact.zones.values():
            if zone.kind == "desk_top" and zone.desk and (fact.camera, zone.id) not in seen:
                seen.add((fact.camera, zone.id))
                for cls, px in _short_sides(zone).items():
                    best = found.setdefault(zone.desk, {})
                    best[cls] = max(best.get(cls, 0.0), px)
    known = {desk.id for desk in layout.desks}
    return {desk: sides for desk, sides in found.items() if desk in known}


def _short_sides(zone: ZoneFact) -> dict[str, float]:
    scale, _ = scale_of(zone)
    if scale is None:
        return {}
    return {cls: round(short_side_px(cls, scale), 1) for cls in SHOWN_CLASSES}


def files_missing(layout: HallLayout) -> list[str]:
    """Reference pictures that the layout names and that are not there."""
    return [
        given
        for camera in layout.cameras
        for given in camera.view.reference.values()
        if not Path(given).is_file()
    ]
