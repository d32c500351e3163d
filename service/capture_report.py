"""What one run of ``deskcheck capture`` says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from service.plan import Spot


@dataclass(frozen=True, slots=True)
class HallReport:
    """What one run did in one hall.  ``silent``: cameras that were due and gave nothing;
    ``made_good``: stills of missed spots, found in a drop afterwards; ``stopped``: the sentence
    for people where capture stopped for want of room and nobody was told yet today."""

    hall: str
    due: int = 0
    taken: int = 0
    missed: int = 0
    silent: Mapping[str, str] = field(default_factory=dict)
    alarms: tuple[str, ...] = ()
    trouble: str = ""
    made_good: int = 0
    stopped: str = ""

    @property
    def ok(self) -> bool:
        return not self.silent and not self.trouble and not self.alarms

    def sentence(self) -> str:
        """One line for terminal and log; what is wrong comes first."""
        parts: list[str] = []
        if self.trouble:
            parts.append(self.trouble)
        if self.silent:
            listed = "; ".join(f"{c}: {why}" for c, why in sorted(self.silent.items()))
            parts.append(f"{len(self.silent)} camera(s) gave nothing ({listed})")
        parts.append(f"{self.taken} of {self.due} due stills taken")
        if self.made_good:
            parts.append(f"{self.made_good} spots of before were made good from the drop")
        if self.missed:
            parts.append(f"{self.missed} spots of before were missed")
        return f"{self.hall}: " + ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Report:
    """One run over all its halls."""

    halls: tuple[HallReport, ...]

    @property
    def ok(self) -> bool:
        return all(h.ok for h in self.halls)


@dataclass(slots=True)
class Wanted:
    """One hall's due spots, while a run goes on; ``due``: job key -> draw and spot."""

    hall_id: int
    code: str
    inbox: Path
    due: dict[str, tuple[int, Spot]] = field(default_factory=dict)
    taken: int = 0
    missed: int = 0
    silent: dict[str, str] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)
    trouble: str = ""
    made_good: list[str] = field(default_factory=list)
    stopped: str = ""

    def report(self) -> HallReport:
        return HallReport(
            self.code,
            len(self.due),
            self.taken,
            self.missed,
            dict(self.silent),
            tuple(self.alarms),
            self.trouble,
            len(self.made_good),
            self.stopped,
        )
