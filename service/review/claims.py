"""Who is looking at which finding right now, so that two inspectors don't do the same work twice.

A courtesy beside the check that decides: a verdict names the row version that its giver saw
(``service/review/decide.py``), and that holds with or without a claim.  So claims are kept in the
service's memory: nothing is written for a look, and a restart forgets at most two minutes of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from service.auth.viewer import Viewer

CLAIM_FOR: Final = timedelta(minutes=2)
"""A look takes seconds; whoever walks away from the desk holds nothing for long."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One inspector's look at a finding of a hall."""

    finding_id: int
    hall_id: int
    user_id: int
    name: str
    until: datetime


class Claims:
    """The looks of now: one an inspector, the first to look at a finding has it."""

    def __init__(self) -> None:
        self._by_user: dict[int, Claim] = {}
        self._lock = Lock()

    def take(self, viewer: Viewer, finding_id: int, hall_id: int, now: datetime) -> Claim:
        """The claim on a finding: the viewer's own, or that of whoever was first.

        Either way the viewer lets go of what they looked at before.
        """
        with self._lock:
            self._by_user.pop(viewer.user_id, None)
            for claim in self._live(now):
                if claim.finding_id == finding_id:
                    return claim
            mine = Claim(finding_id, hall_id, viewer.user_id, viewer.name, now + CLAIM_FOR)
            self._by_user[viewer.user_id] = mine
            return mine

    def of_others(self, viewer: Viewer, hall_ids: Collection[int], now: datetime) -> dict[int, str]:
        """Finding -> who else has it, in these halls."""
        with self._lock:
            return {
                claim.finding_id: claim.name
                for claim in self._live(now)
                if claim.hall_id in hall_ids and claim.user_id != viewer.user_id
            }

    def _live(self, now: datetime) -> list[Claim]:
        for user_id in [id for id, claim in self._by_user.items() if claim.until <= now]:
            del self._by_user[user_id]
        return list(self._by_user.values())
