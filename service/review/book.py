"""What pages need of the standard and of the layouts: names, texts, sentences, desk areas.

The one place where the review pages meet ``rules``; tests hand in a small book of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from service.db.models import LayoutVersion
from vision.seen import PointNorm

SHORT_CHARS: Final = 16


def shortened(text: str, most: int) -> str:
    """At most so many characters; a cut text ends in … and never inside an opened quotation."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    for opened, closed in (("“", "”"), ("(", ")"), ("《", "》")):
        at = kept.rfind(opened)
        if at > 0 and closed not in kept[at:]:
            kept = kept[:at]
    return kept.rstrip(",、;: ") + "…"


def is_advisory(modality: str) -> bool:
    """尽量/提倡: a reminder, never points."""
    return modality == "advise"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as people read it: the standard's own words, and a short English gloss."""

    id: str
    text: str
    gloss: str = ""
    modality: str = "must"

    def short(self, locale: str) -> str:
        """A few words for table heads and lists."""
        if locale == "en" and self.gloss:
            return self.gloss
        return shortened(self.text, SHORT_CHARS)


@dataclass(frozen=True, slots=True)
class DeskArea:
    """A desk's place on one camera's picture, 0..1."""

    desk: str
    polygon_norm: tuple[PointNorm, ...]


@dataclass(frozen=True, slots=True)
class HallPlan:
    """What a layout version says to people: desk (and zone) names, cameras, desk areas."""

    desks: Mapping[str, str]
    cameras: Sequence[str]
    areas: Mapping[str, Sequence[DeskArea]]
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Camera -> light -> file of its clean picture."""


class Book(Protocol):
    """The standard and the layouts, as pages need them."""

    @property
    def pack_version(self) -> str: ...

    def clauses(self) -> Mapping[str, Clause]:
        """Every clause that the camera judges, in the standard's order."""
        ...

    def all_clauses(self) -> Mapping[str, Clause]:
        """Every clause of the standard, also those that only a person can judge."""
        ...

    def plan(self, version: LayoutVersion) -> HallPlan:
        """The layout as people read it."""
        ...

    def sentence(self, code: str, values: Mapping[str, Any], locale: str) -> str:
        """The reason in words."""
        ...

    def measured(self, values: Mapping[str, Any], locale: str) -> list[tuple[str, str]]:
        """Measured values with their names and units in words."""
        ...
