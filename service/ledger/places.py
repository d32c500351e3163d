"""Which window and unit answer for a desk, as the layout that judged it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy.orm import Session

from service.db.models import LayoutVersion
from service.halls import saved_layout

PUBLIC: Final = ""
"""The window of the hall's own ground: no desk's, nobody's window."""


@dataclass(frozen=True, slots=True)
class Place:
    """A desk as the ledger names it; ``window`` is the desk itself where none is named."""

    name: str
    window: str
    unit: str


def place_of(session: Session, layout_version_id: int, desk: str) -> Place:
    """The desk's place in that version; ground of the hall itself belongs to no window."""
    text = session.get_one(LayoutVersion, layout_version_id).yaml
    return places_of(text).get(desk, Place(desk, PUBLIC, ""))


@lru_cache(maxsize=32)
def places_of(text: str) -> Mapping[str, Place]:
    """The desks of a layout that was checked when it was saved."""
    data = saved_layout(text)
    places: dict[str, Place] = {}
    for desk in data.get("desks", ()):
        id = str(desk["id"])
        window = str(desk.get("window") or id)
        places[id] = Place(str(desk.get("name") or id), window, str(desk.get("unit") or ""))
    return places
