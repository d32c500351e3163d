"""Made-up halls and facts, so that a rule can be tested without a picture.

The hall has two desks and one camera of 1000 × 1000 px; every zone of D1 lies left, of D2 right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rules.calendar import Calendar, load_calendar
from rules.kinds.base import Sight
from rules.layout import HallLayout, layout_of
from rules.registers import Registers
from rules.yaml_lines import load_yaml
from vision.seen import (
    HALL_TZ,
    BoxPx,
    CableTrace,
    Difference,
    Facts,
    Gate,
    LayoutError,
    Thing,
    Window,
    ZoneFact,
)

SIDE = 1000
DAY = datetime(2026, 11, 23, tzinfo=HALL_TZ).date()  # a Monday that is worked

ZONES: dict[str, tuple[float, float, float, float]] = {
    # x1, y1, x2, y2 of the desk's own half; D2's are moved right by 0.5
    "desk_top": (0.05, 0.30, 0.45, 0.50),
    "public_side": (0.05, 0.10, 0.45, 0.25),
    "sign": (0.20, 0.25, 0.30, 0.30),
    "cup_point": (0.36, 0.32, 0.44, 0.40),
    "phone_point": (0.05, 0.92, 0.10, 0.98),
    "staff": (0.10, 0.55, 0.40, 0.90),
    "chair_back": (0.18, 0.55, 0.32, 0.68),
    "seat": (0.18, 0.68, 0.32, 0.76),
    "under_desk": (0.05, 0.50, 0.18, 0.70),
    "bin_home": (0.05, 0.60, 0.10, 0.70),
}


def rectangle(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f"[[{x1:.4f}, {y1:.4f}], [{x2:.4f}, {y1:.4f}], [{x2:.4f}, {y2:.4f}], [{x1:.4f}, {y2:.4f}]]"
    )


def hall_text(
    kinds: Iterable[str] = tuple(ZONES),
    desks: Sequence[str] = ("D1", "D2"),
    extra: str = "",
    hours: str = '{weekly: {mon: "09:00-17:00", tue: "09:00-17:00"}, lunch: "12:00-13:00"}',
    desk_extra: str = "",
    cameras: Sequence[str] = ("C1",),
) -> str:
    """HALL.yaml of the made-up hall."""
    lines = ["schema: 1", "hall: {id: made, name: 样例}", f"hours: {hours}", "desks:"]
    lines += [f"  - {{id: {desk}, size_cm: [140, 70]{desk_extra}}}" for desk in desks]
    lines.append("cameras:")
    for camera in cameras:
        lines += [f"  - id: {camera}", "    zones:"]
        for i, desk in enumerate(desks):
            for kind in kinds:
                x1, y1, x2, y2 = ZONES[kind]
                shape = rectangle(x1 + i * 0.5, y1, x2 + i * 0.5, y2)
                lines.append(f"      - {{kind: {kind}, desk: {desk}, polygon: {shape}}}")
        lines.append(extra)
    return "\n".join(line for line in lines if line) + "\n"


def hall(text: str | None = None, **options: Any) -> HallLayout:
    body = text if text is not None else hall_text(**options)
    return layout_of(load_yaml("HALL.yaml", LayoutError, text=body), Path("HALL.yaml"))


def calendar() -> Calendar:
    return load_calendar()


def px(x1: float, y1: float, x2: float, y2: float) -> BoxPx:
    return (x1 * SIDE, y1 * SIDE, x2 * SIDE, y2 * SIDE)


def thing(
    cls: str,
    x: float,
    y: float,
    width: float = 0.03,
    height: float = 0.03,
    *,
    layout: HallLayout,
    camera: str = "C1",
    sure: bool = True,
    confidence: float | None = None,
    desk: str | None = None,
    hidden: float = 0.0,
    **more: Any,
) -> Thing:
    """A thing whose lower edge's middle is at (x, y); shares follow from the rectangular zones."""
    box = (x - width / 2, y - height, x + width / 2, y)
    foot = (box[0], y - min(height, 0.25 * height), box[2], y)
    inside: dict[str, float] = {}
    stands: dict[str, float] = {}
    for zone in layout.camera(camera).zones:
        xs = [p[0] for p in zone.polygon_norm]
        ys = [p[1] for p in zone.polygon_norm]
        frame = (min(xs), min(ys), max(xs), max(ys))
        if (share := _share(box, frame)) > 0:
            inside[zone.id] = share
        if (share := _share(foot, frame)) > 0:
            stands[zone.id] = share
    return Thing(
        cls=cls,
        confidence=confidence if confidence is not None else (0.7 if sure else 0.2),
        sure=sure,
        box_xyxy_px=px(*box),
        contact_px=(x * SIDE, y * SIDE),
        inside=inside,
        stands=stands,
        desk=desk,
        hidden=hidden,
        **more,
    )


def _share(a: Sequence[float], b: Sequence[float]) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    return round(width * height / ((a[2] - a[0]) * (a[3] - a[1])), 6)


def zone_facts(
    layout: HallLayout, camera: str = "C1", **changed: dict[str, Any]
) -> dict[str, ZoneFact]:
    """All zones well seen; ``changed[kind]`` replaces fields of that kind's zones."""
    out: dict[str, ZoneFact] = {}
    for zone in layout.camera(camera).zones:
        fields: dict[str, Any] = {
            "area_px": 20000.0,
            "px_per_cm": (2.0, 3.0),
            "luminance": 60.0,
            **changed.get(zone.kind, {}),
        }
        out[zone.id] = ZoneFact(zone.id, zone.kind, zone.desk, **fields)
    return out


def facts(
    layout: HallLayout,
    *things: Thing,
    at: str = "10:00",
    camera: str = "C1",
    gate: Gate | None = None,
    cables: tuple[CableTrace, ...] = (),
    differences: tuple[Difference, ...] = (),
    zones: dict[str, dict[str, Any]] | None = None,
    day: str = "2026-11-23",
) -> Facts:
    """One frame's facts at a time of day."""
    taken = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=HALL_TZ)
    name = f"{camera}_{taken:%Y%m%dT%H%M%S}.jpg"
    ok = gate or Gate("ok")
    return Facts(
        camera=camera,
        taken_at=taken,
        frame=name,
        sha256=f"{camera}{taken.isoformat()}",
        width=SIDE,
        height=SIDE,
        gate=ok,
        things=things if ok.ok else (),
        zones=zone_facts(layout, camera, **(zones or {})) if ok.ok else {},
        cables=cables,
        differences=differences,
        model="made",
    )


def sight(
    layout: HallLayout,
    fact: Facts,
    desk: str | None = "D1",
    window: Window = "W",
    zone: str | None = None,
    registers: Registers | None = None,
    stretch: int = 0,
) -> Sight:
    """That frame as seen for a desk or a hall zone."""
    camera = layout.camera(fact.camera)
    return Sight(
        fact,
        camera,
        None if desk is None or zone is not None else layout.desk(desk),
        next((z for z in camera.zones if z.id == zone), None),
        window,
        registers or Registers(),
        stretch,
    )
