"""Screens and lamps left on after hours."""

from __future__ import annotations

from dataclasses import dataclass

from rules.kinds.base import Answer, Clear, Sight, kind, passed, suspect, unjudged, why_unclear
from rules.plane import zone_box
from rules.verdict import Box, Value
from vision.seen import ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """On: the zone's mean L* is at least ``on_luminance`` and at least ``contrast`` above that of
    the ``around`` zones (a lit room brightens a dark screen, too).  Off: below ``off_luminance``
    or no brighter than its surroundings.  Between the two it is unjudged, in infrared always.
    """

    zones: tuple[ZoneKind, ...] = ("screen",)
    around: tuple[ZoneKind, ...] = ("desk_top", "counter_top", "wall")
    on_luminance: float = 50.0
    off_luminance: float = 25.0
    contrast: float = 15.0
    max_hidden: float = 0.3
    max_hidden_by_things: float = 0.5


@kind("left_on", Params, "下班未关", "left on after hours")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the luminance measured; the working calendar decides what is after hours."""
    zones = sight.zones(*p.zones)
    if not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    if sight.facts.gate.light == "ir":
        return unjudged("grey_light", {"light": "ir"})
    near = [
        fact.luminance
        for kind_ in p.around
        for z in sight.shared(kind_)
        if (fact := sight.facts.zones.get(z.id)) is not None and fact.luminance is not None
    ]
    around = max(near) if near else None  # the brightest: a lit room excuses
    on: list[tuple[float, Box]] = []
    unsure: float | None = None
    brightest = 0.0
    for zone in zones:
        unclear = why_unclear(
            sight, [zone], Clear(p.max_hidden, p.max_hidden_by_things, min_luminance=0.0)
        )
        if unclear is not None:
            return unclear
        light = sight.facts.zones[zone.id].luminance
        if light is None:
            return unjudged("zone_not_measured", {"zone": zone.id})
        brightest = max(brightest, light)
        over = light - around if around is not None else None
        if light >= p.on_luminance and over is not None and over >= p.contrast:
            on.append((light, Box("monitor", zone_box(sight, zone), 0.0)))
        elif light >= p.off_luminance and (over is None or over > 0.3 * p.contrast):
            unsure = max(unsure or 0.0, light)
    if on:
        values: dict[str, Value] = {
            "zone": zones[0].kind,
            "pieces": len(on),
            "luminance": round(max(light for light, _ in on), 1),
            "around_luminance": round(around or 0.0, 1),
        }
        return suspect("left_on", values, [box for _, box in on], 0.7)
    if unsure is not None:
        doubt: dict[str, Value] = {"zone": zones[0].kind, "luminance": round(unsure, 1)}
        return unjudged("maybe_on", doubt)
    return passed("all_off", {"luminance": round(brightest, 1)})
