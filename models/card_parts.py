"""Parts of a model card: tables, and how an ensemble came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def combined(about: Mapping[str, Any]) -> str:
    """How an ensemble came about, from its sidecar."""
    names = [m["name"] for m in about["members"]]
    fields = ("name", "version", "sha256", "recipe", "weight")
    rows = [[str(m[key]) for key in fields] for m in about["members"]]
    rest = [
        f"For {cls} they count " + ", ".join(map(str, row)) + "."
        for cls, row in about["by_class"].items()
    ]
    rest += [f"Of {cls} the cubic mean is taken." for cls in about["cubic"]]
    twice = " and ".join(about["mirrored"])
    looks = f"Each looks at the picture{f', {twice} at its mirror image as well' if twice else ''}"
    return (
        f"This file is an ensemble of {' and '.join(names)}, which were trained each by its recipe "
        f"(`models/recipes`). {looks}; their scores of one anchor are averaged "
        "(`models/combine.py`). Members and weights were chosen among the ways that its plan in "
        "`models/plans` lists, on the validation hall, COCO's pictures and find_phone: all "
        "these figures are a little kind. "
        + " ".join(rest)
        + "\n\n"
        + table(fields, rows)
        + _second(about.get("second"))
    )


def _second(second: Mapping[str, Any] | None) -> str:
    if not second:
        return ""
    recipe = second["recipe"]
    by_share: dict[float, list[str]] = {}
    for cls, share in second["by_class"].items():
        by_share.setdefault(float(share), []).append(cls)
    others = [f"{share:g} for {', '.join(names)}" for share, names in sorted(by_share.items())]
    shares = "; ".join([f"{second['share']:g} of a score", *others])
    return (
        f"\n\nWhat they propose together ({second['most']} candidates of a class at most, from "
        f"{second['floor']} on) is looked at again, close up, by {second['name']} "
        f"{second['version']} (sha256 {second['sha256']}; recipe "
        f"`models/recipes/second/{recipe['name']}.yaml`, {second['candidates']} candidates in "
        f"{recipe['steps']} steps of {recipe['batch']}): its word counts {shares} "
        "(`models/closer.py`)."
    )
