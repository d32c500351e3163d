"""Looks drawn at random for teaching: the same makers with other colours and proportions.

A handful of looks a class is learnt by heart; the makers take their colours, sizes and kinds as
parameters, so chance can draw as many as a teaching scene wants: it takes a parameter from a
sister (a look of the same class, maker and tags) now and then, and shifts what is a colour or a
length.  Only the train split is drawn from, and a drawn look's fingerprint is of its own
parameters, as any other asset's.
"""

from __future__ import annotations

import colorsys
import inspect
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, Final, cast

from datasets.render.assets.core import AssetSpec, fingerprint_of, registered

DRAWN_LOOKS: Final = 10_000
"""How many looks there are of each asset, beside the asset itself: hardly one is met twice."""

PALE: Final = frozenset(
    {"paper", "notice", "stain", "plant", "litter", "guide_rack", "cable", "extinguisher"}
)
"""Classes that are known by their colour too: it is shifted a little, never replaced."""

CROSSED: Final = 0.4
"""How often a parameter is a sister's."""

STRETCH: Final = (0.8, 1.25)
"""A length is drawn between these, times what it is."""

KEPT: Final = frozenset({"rough", "metal", "level", "bump"})
"""Parameters that are no measure of length."""


def drawn_colour(given: str, rng: random.Random, *, free: bool) -> str:
    """Another ``#rrggbb``: any that a shop sells where ``free``, else a shade of the given one."""
    r, g, b = (int(given[i : i + 2], 16) / 255 for i in (1, 3, 5))
    h, s, v = colorsys.rgb_to_hsv(r, g, b)
    if free and rng.random() < 0.6:
        # things of an office are black, white and grey first, then of any colour
        h, s = rng.random(), rng.choice((0.03, 0.06, rng.uniform(0.1, 0.9)))
        v = rng.choice((rng.uniform(0.05, 0.25), rng.uniform(0.75, 0.95), rng.uniform(0.1, 0.95)))
    else:
        h = (h + rng.gauss(0, 0.03)) % 1
        s = min(1.0, max(0.0, s * rng.uniform(0.7, 1.3)))
        v = min(1.0, max(0.02, v * rng.uniform(0.75, 1.2)))
    return "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hsv_to_rgb(h, s, v))


def drawn_value(name: str, value: Any, rng: random.Random, *, free: bool) -> Any:
    """Another value for a maker's parameter; what is no colour or length stays."""
    if isinstance(value, str) and len(value) == 7 and value.startswith("#"):
        return drawn_colour(value, rng, free=free)
    if isinstance(value, float) and name not in KEPT:
        return round(value * rng.uniform(*STRETCH), 4)
    if isinstance(value, tuple) and value and all(isinstance(v, float) for v in value):
        return tuple(round(v * rng.uniform(*STRETCH), 4) for v in value)
    return value


@cache
def drawn(spec: AssetSpec, number: int) -> AssetSpec:
    """Look ``number`` drawn from ``spec``: the same number gives the same look, whatever the scene.

    Raises ValueError for an asset of another split than train.
    """
    if spec.split != "train":
        raise ValueError(f"asset {spec.id}: looks are drawn for the train split only")
    rng = random.Random(f"{spec.id}~{number}")
    build: Any = spec.build  # a partial of its maker: `add` makes no other
    free = (spec.cls or "") not in PALE
    given, others = _parameters(spec), [_parameters(s) for s in sisters(spec)]
    mixed = {
        k: rng.choice(others)[k] if others and rng.random() < CROSSED else v
        for k, v in given.items()
    }
    params = {k: drawn_value(k, v, rng, free=free) for k, v in mixed.items()}
    ident = f"{spec.id}~{number}"
    return replace(
        spec,
        id=ident,
        build=partial(build.func, ident, **params),
        fingerprint=fingerprint_of(build.func, params),
    )


def _parameters(spec: AssetSpec) -> dict[str, Any]:
    """What an asset's maker is given, its defaults among them."""
    build: Any = spec.build  # a partial of its maker: `add` makes no other
    return {
        p.name: build.keywords.get(p.name, p.default)
        for p in inspect.signature(build.func).parameters.values()
        if p.default is not inspect.Parameter.empty
    }


@cache
def sisters(spec: AssetSpec) -> tuple[AssetSpec, ...]:
    """Assets of the same split, class, tags and maker, without the asset itself."""
    maker: Any = spec.build
    return tuple(
        s
        for s in registered()
        if (s.split, s.cls, s.tags) == (spec.split, spec.cls, spec.tags)
        and s.id != spec.id
        and cast("Any", s.build).func is maker.func
    )


def any_look(pool: Sequence[AssetSpec], rng: random.Random, *, plain: float) -> AssetSpec:
    """A look of chance out of ``pool``: a construction first, then one of its looks, or one drawn
    from it; with chance ``plain`` the look as it is registered."""
    makers: dict[str, list[AssetSpec]] = {}
    for s in pool:
        maker: Any = s.build
        makers.setdefault(maker.func.__qualname__, []).append(s)
    chosen = rng.choice(makers[rng.choice(sorted(makers))])
    return chosen if rng.random() < plain else drawn(chosen, rng.randrange(DRAWN_LOOKS))
