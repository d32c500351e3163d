"""What people have allowed: approved notices, permitted things, exceptions.  Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ApprovedNotice:
    """A notice that the centre approved, for one zone, up to and including a day (2S-1-(2))."""

    zone: str
    until: date
    title: str = ""
    first: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.until


@dataclass(frozen=True, slots=True)
class DeskException:
    """A clause that is not applied at a desk for a time, with who allowed it and why."""

    desk: str
    clause: str
    until: date
    why: str
    first: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.until


@dataclass(frozen=True, slots=True)
class Registers:
    """The three registers that feed the rules.

    ``permitted[desk][class]`` is the number of such things allowed there (GB/T 36112 annex B).
    """

    notices: tuple[ApprovedNotice, ...] = ()
    permitted: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    exceptions: tuple[DeskException, ...] = ()

    def notices_in(self, zone: str, day: date) -> int:
        """How many approved notices a zone may show on a day."""
        return sum(1 for n in self.notices if n.zone == zone and n.covers(day))

    def allows(self, desk: str, cls: str) -> int:
        """How many things of a class are permitted at a desk beyond the standard's own list."""
        return self.permitted.get(desk, {}).get(cls, 0)

    def exempt(self, desk: str, clause: str, day: date) -> DeskException | None:
        """The exception that covers a desk and clause on a day."""
        for exception in self.exceptions:
            if exception.desk == desk and exception.clause == clause and exception.covers(day):
                return exception
        return None
