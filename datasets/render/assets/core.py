"""The register of object assets.  Plain data: no bpy until something is built.

An asset belongs to one split.  ``fingerprint`` names its geometry and texture (maker and every
parameter of it), so that two splits cannot share a look under two names.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from datasets.classes import CLASS_INDEX

SPLITS: Final = ("train", "val", "sample")


@dataclass(frozen=True)
class AssetSpec:
    """``build(rng)`` makes one root object at the origin, on z = 0, its back towards +y.

    ``size_m`` (x, y, z) is the rough bounding box; ``cls`` None is a hard negative or a prop.
    """

    id: str
    cls: str | None
    split: str
    build: Callable[[random.Random], Any]
    size_m: tuple[float, float, float]
    tags: tuple[str, ...] = ()
    fingerprint: str = ""


class Lazy:
    """A module that is imported when first used, so that the tables need no renderer."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attr: str) -> Any:
        return getattr(importlib.import_module(self._name), attr)


_REGISTER: dict[str, AssetSpec] = {}


def add(
    cls: str | None,
    split: str,
    look: str,
    maker: Callable[..., Any],
    size_m: tuple[float, float, float],
    *tags: str,
    **params: Any,
) -> None:
    """Enter ``maker(id, rng, **params)`` as asset ``CLASS.SPLIT.LOOK``."""
    if split not in SPLITS:
        raise ValueError(f"asset {look}: split {split!r} is none of {SPLITS}")
    if cls is not None and cls not in CLASS_INDEX:
        raise ValueError(f"asset {look}: {cls!r} is not in the class list")
    ident = f"{cls or 'negative'}.{split}.{look}"
    if ident in _REGISTER:
        raise ValueError(f"asset {ident} is entered twice")
    _REGISTER[ident] = AssetSpec(
        ident,
        cls,
        split,
        partial(maker, ident, **params),
        size_m,
        tags,
        fingerprint_of(maker, params),
    )


def fingerprint_of(maker: Callable[..., Any], params: Mapping[str, Any]) -> str:
    """16 hex digits of a maker and its parameters: two assets of one fingerprint look the same."""
    text = json.dumps([maker.__module__, maker.__name__, dict(params)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def registered() -> list[AssetSpec]:
    return [_REGISTER[k] for k in sorted(_REGISTER)]


def seed_of(ident: str) -> int:
    return int.from_bytes(hashlib.sha256(ident.encode()).digest()[:4], "big")
