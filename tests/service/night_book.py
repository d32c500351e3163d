"""What tests of the night ask of its database, and do in an inspector's name."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from service.db.models import Decision, Finding
from tests.service.made_up import DAY, Hall


def rows(hall: Hall, table: type[Any]) -> list[Any]:
    with hall.database.read() as session:
        found = list(session.scalars(select(table).order_by(*table.__table__.primary_key)))
        session.expunge_all()
        return found


def decide(hall: Hall, number: int, status: str) -> None:
    with hall.database.write() as session:
        finding = session.get_one(Finding, number)
        finding.status, finding.decided_at = status, hall.now
        action = {"confirmed": "confirm", "dismissed": "dismiss"}[status]
        session.add(Decision(finding_id=number, action=action, at=hall.now))


def clean_day(hall: Hall, day: date = DAY) -> None:
    for camera in ("cam1", "cam2"):
        hall.add(camera, "100000", day=day)
