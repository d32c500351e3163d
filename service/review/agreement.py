"""How far two people agree, and how much is found of what there is.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.review.precision import wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two verdicts on the same findings: both confirm, both dismiss, first only, second only."""

    both: int = 0
    neither: int = 0
    first: int = 0
    second: int = 0

    @property
    def n(self) -> int:
        return self.both + self.neither + self.first + self.second

    @property
    def observed(self) -> float:
        """Share of findings with the same verdict."""
        return (self.both + self.neither) / self.n if self.n else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's κ: (p_o - p_e) / (1 - p_e) with p_e from the two margins.

        None where it is undefined: nothing compared, or both always said the same one thing.
        Source: J. Cohen, Educational and Psychological Measurement 20 (1960) 37.
        """
        if not self.n:
            return None
        one = (self.both + self.first) / self.n
        two = (self.both + self.second) / self.n
        chance = one * two + (1 - one) * (1 - two)
        if chance >= 1:
            return None
        return (self.observed - chance) / (1 - chance)


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """From (first, second) actions."""
    found = list(pairs)
    return Agreement(
        both=found.count(("confirm", "confirm")),
        neither=found.count(("dismiss", "dismiss")),
        first=found.count(("confirm", "dismiss")),
        second=found.count(("dismiss", "confirm")),
    )


@dataclass(frozen=True, slots=True)
class Recall:
    """Found of what there was, from a random sample of what was called 合格.

    ``found``: cells flagged by the camera and confirmed; ``passed``: cells called 合格; of
    ``looked`` of those ``missed`` held something.  What was missed altogether is estimated as
    ``passed * missed / looked``, its bounds by Wilson's 95 % interval of ``missed / looked``; what
    could not be judged is in none of these figures.
    """

    found: int
    passed: int
    looked: int
    missed: int

    @property
    def share(self) -> float | None:
        """found / (found + estimated missed); None where nothing was looked at or is known."""
        if not self.looked:
            return None
        return self._of(self.missed / self.looked)

    @property
    def low(self) -> float | None:
        return self._of(wilson(self.missed, self.looked)[1]) if self.looked else None

    @property
    def high(self) -> float | None:
        return self._of(wilson(self.missed, self.looked)[0]) if self.looked else None

    def _of(self, rate: float) -> float | None:
        there = self.found + self.passed * rate
        return self.found / there if there else None
