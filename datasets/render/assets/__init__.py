"""Every object asset of the renderer, each in one split.  Importing needs no bpy."""

from __future__ import annotations

from datasets.render.assets import (
    looks_desk,
    looks_devices,
    looks_devices_more,
    looks_goods,
    looks_goods_more,
    looks_negatives,
    looks_paper,
    looks_paper_more,
    looks_wiring,
)
from datasets.render.assets.core import SPLITS, AssetSpec, registered

__all__ = [
    "SPLITS",
    "AssetSpec",
    "looks_desk",
    "looks_devices",
    "looks_devices_more",
    "looks_goods",
    "looks_goods_more",
    "looks_negatives",
    "looks_paper",
    "looks_paper_more",
    "looks_wiring",
    "spec",
    "specs",
]


def specs(
    cls: str | None = None,
    split: str | None = None,
    tag: str | None = None,
    *,
    negatives_only: bool = False,
) -> list[AssetSpec]:
    """Assets in the order of their ids; ``cls`` None means every class and the negatives too."""
    return [
        s
        for s in registered()
        if (cls is None or s.cls == cls)
        and (split is None or s.split == split)
        and (tag is None or tag in s.tags)
        and (not negatives_only or s.cls is None)
    ]


def spec(ident: str) -> AssetSpec:
    """The asset of that id."""
    return next(s for s in registered() if s.id == ident)
