"""The book behind the pages: the rule pack in force and the layouts as they were saved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from rules.layout import HallLayout
from rules.messages import MESSAGES, sentence
from rules.pack import Pack, load_pack
from rules.verdict import Reason
from service.db.models import LayoutVersion
from service.halls import read_layout
from service.review.book import Clause, DeskArea, HallPlan
from service.settings import Settings

AREA_KINDS: Final = ("desk_top", "under_desk", "chair", "staff")
"""Zones that a box drawn by hand is matched with, the most telling first."""

MEASURES: Final[Mapping[str, tuple[tuple[str, str], str]]] = {
    "short_side_px": (("短边", "Short side"), "px"),
    "needed_px": (("至少需要", "Needed"), "px"),
    "edge_cm": (("距桌沿", "From the edge"), "cm"),
    "length_cm": (("长度", "Length"), "cm"),
    "share_percent": (("在区域内", "Inside the zone"), "%"),
    "hidden_percent": (("遮挡", "Hidden"), "%"),
    "pieces": (("件数", "Pieces"), ""),
    "strands": (("股数", "Strands"), ""),
    "minutes": (("相隔", "Apart"), "min"),
    "frames": (("帧数", "Frames"), ""),
    "luminance": (("亮度 L*", "Luminance L*"), ""),
}
"""Measured values worth a line of their own, in the order shown: names (zh, en) and unit."""


class StandardBook:
    """Reads packs and layouts with the rules' own readers; nothing is read twice."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _pack(self) -> Pack:
        path: Path | None = self._settings.pack
        return load_pack(path)

    @property
    def pack_version(self) -> str:
        return self._pack.label

    @cached_property
    def _clauses(self) -> Mapping[str, Clause]:
        return {
            row.id: Clause(row.id, row.spec.text, row.spec.gloss, row.spec.modality)
            for row in self._pack.judged_rows
        }

    def clauses(self) -> Mapping[str, Clause]:
        return self._clauses

    @cached_property
    def _all_clauses(self) -> Mapping[str, Clause]:
        return {
            row.id: Clause(row.id, row.spec.text, row.spec.gloss, row.spec.modality)
            for row in self._pack.rows
        }

    def all_clauses(self) -> Mapping[str, Clause]:
        return self._all_clauses

    def plan(self, version: LayoutVersion) -> HallPlan:
        return plan_of(read_layout(self._settings, version))

    def sentence(self, code: str, values: Mapping[str, Any], locale: str) -> str:
        if code not in MESSAGES:  # filed by a newer or older version than this one
            return code
        try:
            text = sentence(Reason(code, values), "en" if locale == "en" else "zh")
        except KeyError:
            return code
        return text + ("." if locale == "en" else "。")

    def measured(self, values: Mapping[str, Any], locale: str) -> list[tuple[str, str]]:
        english = locale == "en"
        return [
            (name[english], f"{values[key]:g} {unit}" if unit else str(values[key]))
            for key, (name, unit) in MEASURES.items()
            if isinstance(values.get(key), int | float)
        ]


def plan_of(layout: HallLayout) -> HallPlan:
    """What a layout says to people: its desks, then the hall's own zones, cameras, desk areas."""
    names = {desk.id: desk.name or desk.id for desk in layout.desks}
    areas: dict[str, list[DeskArea]] = {}
    for camera in layout.cameras:
        for kind in AREA_KINDS:
            areas.setdefault(camera.id, []).extend(
                DeskArea(zone.desk, zone.polygon_norm)
                for zone in camera.zones
                if zone.kind == kind and zone.desk is not None
            )
    for _, zone in layout.hall_zones():
        names.setdefault(zone.id, zone.id)
    references = {camera.id: dict(camera.view.reference) for camera in layout.cameras}
    return HallPlan(names, [camera.id for camera in layout.cameras], areas, references)
