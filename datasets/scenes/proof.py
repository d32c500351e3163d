"""Judge the scenes with the rules: what they find, whom they accuse wrongly, what they overlook.

``python -m datasets.scenes.proof`` prints the table from true facts alone;
``python -m tools.standard_proof`` this one and that of the pictures, and keeps both.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from datasets.scenes.clauses import THREES
from datasets.scenes.facts import DAY, Looker
from datasets.scenes.halls import hall
from datasets.scenes.threes import Scene, scenes
from rules.calendar import load_calendar
from rules.engine import judge_day
from rules.pack import Pack, load_pack
from rules.verdict import Judgement, Verdict

SEEDS: Final = (1, 2, 3)


@dataclass(frozen=True)
class Outcome:
    """A scene and what was said of it."""

    seed: int
    scene: Scene
    judgement: Judgement

    @property
    def wrong(self) -> bool:
        """A violation missed, a twin accused, or an unjudgeable scene called clean or accused."""
        verdict = self.judgement.verdict
        if self.scene.role == "violation":
            return verdict is not Verdict.SUSPECT
        if self.scene.role == "twin":
            return verdict is Verdict.SUSPECT
        return verdict is not Verdict.UNJUDGED


def prove(seeds: Iterable[int] = SEEDS, clause: str | None = None) -> Iterator[Outcome]:
    """Every three of every clause in the halls of these seeds."""
    pack, calendar = load_pack(), load_calendar()
    for seed in seeds:
        looker = Looker(hall(seed))
        for three in THREES:
            if clause is not None and three.clause != clause:
                continue
            for scene in scenes(three, looker.hall, seed):
                result = judge_day(
                    looker.hall.layout,
                    pack,
                    calendar,
                    [looker.look(shot) for shot in scene.shots],
                    day=date.fromisoformat(DAY),
                    registers=scene.registers,
                    clauses=[three.clause],
                )
                (judgement,) = (
                    j
                    for j in result.judgements
                    if j.desk == scene.place and j.window == scene.window
                )
                yield Outcome(seed, scene, judgement)


def judged_clauses(pack: Pack) -> tuple[str, ...]:
    """The clauses that judge a picture, in the standard's order."""
    return tuple(row.id for row in pack.judged_rows)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Markdown: a line a clause, and the sums."""
    lines = [
        "| clause | violations found | twins flagged | twins 合格 | unjudgeable called 合格 | "
        "unjudgeable flagged |",
        "|---|---|---|---|---|---|",
    ]
    for clause in (*judged_clauses(load_pack()), None):
        part = [o for o in outcomes if clause is None or o.scene.clause == clause]

        def count(role: str, verdict: Verdict, among: Sequence[Outcome] = tuple(part)) -> str:
            of = [o for o in among if o.scene.role == role]
            return f"{sum(o.judgement.verdict is verdict for o in of)} / {len(of)}"

        cells = (
            count("violation", Verdict.SUSPECT),
            count("twin", Verdict.SUSPECT),
            count("twin", Verdict.PASS),
            count("blind", Verdict.PASS),
            count("blind", Verdict.SUSPECT),
        )
        lines.append(f"| {clause or '**all**'} | " + " | ".join(cells) + " |")
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 where a scene was judged wrongly."""
    parser = argparse.ArgumentParser(prog="python -m datasets.scenes.proof")
    parser.add_argument("--clause", help="only this clause")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many halls")
    args = parser.parse_args(argv)
    outcomes = list(prove(range(1, args.seeds + 1), args.clause))
    lines = table(outcomes)
    wrong = [o for o in outcomes if o.wrong]
    out = sys.stdout
    out.write("\n".join(lines) + "\n")
    for o in wrong:
        out.write(
            f"{o.scene.clause} '{o.scene.name}' {o.scene.role}, hall {o.seed}, {o.scene.place}: "
            f"{o.judgement.verdict.zh} {o.judgement.reason.code} {dict(o.judgement.measured)}\n"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
