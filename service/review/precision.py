"""How often the machine is right in use: confirmed of all decided, by clause and by camera."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.models import Finding

DAYS: Final = 90
"""How far back verdicts count."""
Z_95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Precision:
    """Verdicts of people on the camera's findings; ``low``..``high`` is Wilson's 95% interval."""

    confirmed: int
    dismissed: int

    @property
    def n(self) -> int:
        return self.confirmed + self.dismissed

    @property
    def share(self) -> float:
        return self.confirmed / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        return wilson(self.confirmed, self.n)[0]

    @property
    def high(self) -> float:
        return wilson(self.confirmed, self.n)[1]


@dataclass(frozen=True, slots=True)
class Precisions:
    """By clause, and by (hall, camera); the most decided first."""

    by_clause: dict[str, Precision]
    by_camera: dict[tuple[int, str], Precision]


def wilson(hits: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's interval of a share, 0..1; of nothing seen it is everything."""
    if n == 0:
        return (0.0, 1.0)
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    # at no or only hits the bound is exact; rounding must not move it
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return (low, high)


def load_precision(session: Session, hall_ids: Collection[int], *, since: date) -> Precisions:
    """Findings last seen since that day that a person confirmed or dismissed."""
    rows = session.execute(
        select(Finding.clause, Finding.hall_id, Finding.camera, Finding.status, func.count())
        .where(
            Finding.hall_id.in_(hall_ids),
            Finding.status.in_(("confirmed", "dismissed")),
            Finding.last_day >= since,
            Finding.source == "camera",
        )
        .group_by(Finding.clause, Finding.hall_id, Finding.camera, Finding.status)
    )
    clauses: dict[str, dict[str, int]] = {}
    cameras: dict[tuple[int, str], dict[str, int]] = {}
    for clause, hall_id, camera, status, number in rows:
        by_clause = clauses.setdefault(clause, {"confirmed": 0, "dismissed": 0})
        by_clause[status] += number
        by_camera = cameras.setdefault((hall_id, camera or ""), {"confirmed": 0, "dismissed": 0})
        by_camera[status] += number
    return Precisions(
        {k: Precision(**v) for k, v in sorted(clauses.items(), key=_most_decided)},
        {k: Precision(**v) for k, v in sorted(cameras.items(), key=_most_decided)},
    )


def _most_decided(item: tuple[object, dict[str, int]]) -> tuple[int, str]:
    return (-sum(item[1].values()), str(item[0]))
