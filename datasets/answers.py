"""A day's verdicts held against an answer key: what was found, missed, made up, or rightly left.

The key (``datasets/sample_hall/key.json``) says for each desk × clause × window what a person who
knows the scene would say: ``violation``, ``compliant`` or ``unjudgeable``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.verdict import Verdict
from vision.seen import DatasetError

Place = tuple[str, str, str]
"""Desk, clause, window."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one clause (or of all).

    ``found``/``missed``/``unsure``: violations that were flagged, called 合格, left 无法判定.
    ``false``: compliant or unjudgeable places that were flagged.  ``clean``/``left``: compliant
    places called 合格 or left 无法判定.  ``bold``: unjudgeable places called 合格; ``humble`` those
    left 无法判定.
    """

    found: int = 0
    missed: int = 0
    unsure: int = 0
    false: int = 0
    clean: int = 0
    left: int = 0
    bold: int = 0
    humble: int = 0

    def __add__(self, other: Tally) -> Tally:
        names = self.__slots__
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    @property
    def precision(self) -> float:
        """Of what was flagged, the share that is in the key; 1 where nothing was flagged."""
        flagged = self.found + self.false
        return self.found / flagged if flagged else 1.0

    @property
    def recall(self) -> float:
        """Of the key's violations, the share that was flagged; 1 where the key has none."""
        real = self.found + self.missed + self.unsure
        return self.found / real if real else 1.0


_FIELD: Mapping[tuple[str, Verdict], str] = {
    ("violation", Verdict.SUSPECT): "found",
    ("violation", Verdict.PASS): "missed",
    ("violation", Verdict.UNJUDGED): "unsure",
    ("compliant", Verdict.SUSPECT): "false",
    ("compliant", Verdict.PASS): "clean",
    ("compliant", Verdict.UNJUDGED): "left",
    ("unjudgeable", Verdict.SUSPECT): "false",
    ("unjudgeable", Verdict.PASS): "bold",
    ("unjudgeable", Verdict.UNJUDGED): "humble",
}


def read_key(path: Path) -> dict[Place, str]:
    """The truth of each place; DatasetError where the file is none or names a place twice."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{path}: no readable answer key ({error}).") from None
    truth: dict[Place, str] = {}
    for row in rows:
        place = (row["desk"], row["clause"], row["window"])
        if place in truth:
            raise DatasetError(f"{path}: {' '.join(place)} has two answers; keep one.")
        truth[place] = row["truth"]
    return truth


def compare(
    truth: Mapping[Place, str], verdicts: Mapping[Place, Verdict]
) -> tuple[dict[str, Tally], list[str]]:
    """A tally a clause, and a line for each place where the two differ.

    A place of the key without any verdict is an error: every place has one, also unseen ones.
    """
    tallies: dict[str, Tally] = {}
    lines: list[str] = []
    for place, real in sorted(truth.items()):
        if place not in verdicts:
            raise DatasetError(f"{' '.join(place)} has no verdict at all.")
        said = verdicts[place]
        field = _FIELD[real, said]
        clause = place[1]
        tallies[clause] = tallies.get(clause, Tally()) + Tally(**{field: 1})
        if field not in {"found", "clean", "humble"}:
            lines.append(f"{field:<7} {' '.join(place)}: {real}, called {said.zh}")
    return tallies, lines


def table(tallies: Mapping[str, Tally]) -> str:
    """The tallies as a Markdown table, a row a clause and one of all."""
    whole = total(tallies.values())
    head = (
        "| clause | found | missed | unsure | false | clean | left | unjudgeable passed | left | "
    )
    rows = [head + "precision | recall |", "|---" * 11 + "|"]
    for name, t in [*sorted(tallies.items()), ("all", whole)]:
        counts = (t.found, t.missed, t.unsure, t.false, t.clean, t.left, t.bold, t.humble)
        cells = " | ".join(str(c) for c in counts)
        rows.append(f"| {name} | {cells} | {t.precision:.2f} | {t.recall:.2f} |")
    return "\n".join(rows)


def total(tallies: Iterable[Tally]) -> Tally:
    """All tallies in one."""
    whole = Tally()
    for tally in tallies:
        whole += tally
    return whole
