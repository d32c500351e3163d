"""Every asset of the renderer with its split and a fingerprint of its look.  Needs no bpy.

A room, a garment, a person, a chair is an asset as much as a phone is: none may serve two splits.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from datasets.render import assets, furniture, garments, people, rooms, rooms_train

LIGHTS = ("day", "lamp", "night", "ir")


def fingerprint(look: Any) -> str:
    return hashlib.sha256(json.dumps(look, sort_keys=True, default=str).encode()).hexdigest()[:16]


def everything() -> list[tuple[str, str, str]]:
    """(id, split, fingerprint) of all assets, ordered by id."""
    out = [(s.id, s.split, s.fingerprint) for s in assets.specs()]
    tables: list[tuple[str, dict[str, Any]]] = [
        ("chair", {k: asdict(v) for k, v in furniture.CHAIRS.items()}),
        ("desk", {k: asdict(v) for k, v in furniture.DESKS.items()}),
        ("counter", {k: asdict(v) for k, v in furniture.COUNTERS.items()}),
        ("person", {k: asdict(v) for k, v in people.PEOPLE.items()}),
        ("clothing", {k: asdict(v) for k, v in garments.GARMENTS.items()}),
        ("room", {k: asdict(v) for k, v in rooms.ROOMS.items()}),
        ("room", {k: asdict(v) for k, v in rooms_train.DESIGNS.items()}),
    ]
    for kind, table in tables:
        out += [(f"{kind}.{k}", k.split(".")[0], fingerprint([kind, v])) for k, v in table.items()]
    for own in (
        furniture.CABINETS,
        furniture.TOWERS,
        furniture.TRAYS,
        furniture.SEATS,
        furniture.CUSHIONS,
    ):
        out += [(k, k.split(".")[1], fingerprint([k.split(".")[0], v])) for k, v in own.items()]
    out += [
        (k, "train", fingerprint([k.split(".")[0], v.facts()])) for k, v in furniture.TAUGHT.items()
    ]
    return sorted(out)


def plain(ident: str) -> str:
    """The register's id of an id in a manifest (a drape's, pose's or draw's own part left off)."""
    ident = ident.split("@")[0].split("~")[0]
    parts = ident.split(".")
    if parts[0] == "person":
        return ".".join(parts[:3])
    if parts[0] in ("panes", "nightpanes", "lamps", "lampsoff", "walls"):
        return ".".join(["room", *parts[1:]])
    return ident
