"""Halls of a viewer and their plans, read once a layout version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.models import Hall, LayoutVersion, Run
from service.review.book import Book, HallPlan


@dataclass(frozen=True, slots=True)
class HallName:
    """A hall as a menu shows it."""

    id: int
    code: str
    name: str


EMPTY_PLAN = HallPlan({}, (), {})


def halls_seen(session: Session, hall_ids: Collection[int]) -> list[HallName]:
    """The halls of these ids, in the order that they were set up."""
    rows = session.execute(
        select(Hall.id, Hall.code, Hall.name).where(Hall.id.in_(hall_ids)).order_by(Hall.id)
    )
    return [HallName(*row) for row in rows]


def last_checked(session: Session, hall_ids: Collection[int]) -> date | None:
    """The last day that any of these halls had a run of."""
    return session.scalar(select(func.max(Run.day)).where(Run.hall_id.in_(hall_ids)))


class Plans:
    """Plans by layout version: a version never changes, so each is read once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._by_version: dict[int, HallPlan] = {}

    def of_versions(self, session: Session, version_ids: Collection[int]) -> Mapping[int, HallPlan]:
        """The plans of these layout versions."""
        missing = set(version_ids) - self._by_version.keys()
        if missing:
            for version in session.scalars(
                select(LayoutVersion).where(LayoutVersion.id.in_(missing))
            ):
                self._by_version[version.id] = self._book.plan(version)
        return {id: self._by_version.get(id, EMPTY_PLAN) for id in version_ids}

    def newest(self, session: Session, hall_ids: Collection[int]) -> Mapping[int, HallPlan]:
        """The plan in force of each hall."""
        last = (
            select(LayoutVersion.hall_id, func.max(LayoutVersion.id).label("id"))
            .where(LayoutVersion.hall_id.in_(hall_ids))
            .group_by(LayoutVersion.hall_id)
        )
        version_of = {row[0]: row[1] for row in session.execute(last)}
        plans = self.of_versions(session, set(version_of.values()))
        return {
            hall: plans[version_of[hall]] if hall in version_of else EMPTY_PLAN for hall in hall_ids
        }
