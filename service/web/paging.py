"""Links to the other pages of a list, with its filters kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a list stands; ``query`` makes the address of another page."""

    number: int
    pages: int
    filters: Mapping[str, str] = field(default_factory=dict)

    def query(self, number: int) -> str:
        kept = [(key, value) for key, value in self.filters.items() if value]
        return urlencode([*kept, ("page", number)])
