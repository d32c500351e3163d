"""Colours that should be like: cushion and chair, one chair and the others, a loud cup."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

from rules.colour import Lab, delta_e2000
from rules.kinds.base import Answer, Sight, box_of, kind, passed, share_in, suspect, unjudged
from rules.verdict import Value
from vision.seen import Thing


@dataclass(frozen=True, slots=True)
class Params:
    """``thing`` is held against the ``carrier`` it lies on, or with ``among`` against the median
    of its kind in view (three or more), or with ``plain`` against its own chroma.

    Suspect beyond ``max_delta_e`` (CIEDE2000); between ``sure_delta_e`` and that it stays unjudged
    (light and camera move colours that far).  In grey light (infrared) nothing is judged.
    """

    thing: str
    carrier: str = "chair"
    mode: Literal["carrier", "among", "plain"] = "carrier"
    max_delta_e: float = 20.0
    sure_delta_e: float = 14.0
    max_chroma: float = 45.0
    min_things: int = 3
    max_thing_hidden: float = 0.2
    accuse_px: float = 14.0


@kind("colour_likeness", Params, "颜色不相近", "colour likeness")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with ΔE; grey light and unseen colours are unjudged."""
    if sight.facts.gate.light in ("ir", "dark"):
        return unjudged("grey_light", {"light": sight.facts.gate.light})
    if not sight.facts.looked_for(p.thing):
        return unjudged("class_not_known", {"class": p.thing})
    things = [
        t
        for t in sight.facts.of(p.thing)
        if (sight.mine(t) or p.mode == "among")
        and t.hidden <= p.max_thing_hidden
        and t.short_side_px >= p.accuse_px
    ]
    coloured = [t for t in things if t.lab is not None]
    if len(coloured) < len(things):
        return unjudged("no_colour", {"class": p.thing})
    if p.mode == "among":
        return _among(sight, coloured, p)
    if not coloured:
        return unjudged("thing_not_seen", {"class": p.thing})
    if p.mode == "plain":
        return _plain(coloured, p)
    return _on_carrier(sight, coloured, p)


def _lab(thing: Thing) -> Lab:
    assert thing.lab is not None  # noqa: S101 - filtered by the caller
    return thing.lab


def _answer(pairs: list[tuple[float, Thing]], p: Params) -> Answer:
    delta, worst = max(pairs, key=lambda pair: pair[0])
    values: dict[str, Value] = {
        "class": worst.cls,
        "delta_e": round(delta, 1),
        "limit_delta_e": p.max_delta_e,
        "pieces": len(pairs),
    }
    if delta > p.max_delta_e:
        return suspect("colour_differs", values, [box_of(worst)], round(worst.confidence, 4))
    if delta > p.sure_delta_e:
        return unjudged("colour_borderline", values)
    return passed("colour_alike", values)


def _on_carrier(sight: Sight, things: list[Thing], p: Params) -> Answer:
    carriers = [t for t in sight.facts.of(p.carrier, sure=False) if t.lab is not None]
    pairs: list[tuple[float, Thing]] = []
    for thing in things:
        under = [(share_in(thing.box_xyxy_px, c.box_xyxy_px), c) for c in carriers]
        share, carrier = max(under, key=lambda pair: pair[0], default=(0.0, None))
        if carrier is None or share < 0.5:
            return unjudged("thing_not_seen", {"class": p.carrier})
        pairs.append((delta_e2000(_lab(thing), _lab(carrier)), thing))
    return _answer(pairs, p)


def _among(sight: Sight, things: list[Thing], p: Params) -> Answer:
    """This place's own things against the middle colour of all desks' things of the kind."""
    staff = [t for t in things if t.desk is not None]
    if len(staff) < p.min_things:
        return unjudged("too_few_things", {"pieces": len(staff), "needed": p.min_things})
    labs = [_lab(t) for t in staff]
    middle: Lab = (
        median(lab[0] for lab in labs),
        median(lab[1] for lab in labs),
        median(lab[2] for lab in labs),
    )
    own = [t for t in staff if sight.mine(t)]
    if not own:
        return unjudged("thing_not_seen", {"class": p.thing})
    return _answer([(delta_e2000(_lab(t), middle), t) for t in own], p)


def _plain(things: list[Thing], p: Params) -> Answer:
    """A style hint only: how strong the colour is (chroma of CIELAB)."""
    chroma, loudest = max(
        (((_lab(t)[1] ** 2 + _lab(t)[2] ** 2) ** 0.5, t) for t in things),
        key=lambda pair: pair[0],
    )
    values: dict[str, Value] = {
        "class": loudest.cls,
        "chroma": round(chroma, 1),
        "limit_chroma": p.max_chroma,
    }
    if chroma > p.max_chroma:
        return suspect("loud_colour", values, [box_of(loudest)], 0.5)
    return passed("plain_colour", values)
