"""Prove the standard's clauses: both tables, printed and kept.

    python -m datasets.scenes.picture_plan      renders what is missing (resumable)
    python -m datasets.scenes.picture_keep      keeps the rendered parts, small, in the repository
    python -m tools.standard_proof --write docs/standard-proof.md

The first table judges the scenes from their true facts, the second judges pictures of them with a
detector, put together from the parts that are kept in the repository (``--pieces`` names others).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from datasets.scenes.picture_keep import KEPT
from datasets.scenes.picture_proof import (
    Pictured,
    Score,
    judge_pictures,
    picture_table,
    score,
    wrongs,
)
from datasets.scenes.pictures import Pieces
from datasets.scenes.proof import SEEDS, Outcome, judged_clauses, prove, table
from models import registry
from rules.pack import load_pack
from vision.detector import Detector


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables; exit status 1 where something unjudgeable was called clean."""
    parser = argparse.ArgumentParser(prog="python -m tools.standard_proof")
    parser.add_argument("--write", type=Path, help="the page to write the tables into")
    parser.add_argument("--clause", help="only this clause")
    parser.add_argument("--model", help="name or path of a model (default: the shipped one)")
    parser.add_argument("--pieces", type=Path, default=KEPT)
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many of each scene")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(argv)
    out, seeds = sys.stdout, range(1, args.seeds + 1)
    facts = list(prove(seeds, args.clause))
    out.write("\n".join(table(facts)) + "\n\n")
    model = registry.find(args.model)
    detector = Detector.load(model, threads=args.threads)
    pictured: list[Pictured] = []
    for one in judge_pictures(Pieces(args.pieces), detector, seeds, args.clause):
        pictured.append(one)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{len(pictured)} scenes")
    lines = picture_table(pictured, judged_clauses(load_pack()))
    out.write("\n".join([*lines, "", *(f"- {line}" for line in wrongs(pictured)), ""]))
    if args.write is not None:
        name = f"{model.name} {model.version}"
        args.write.write_text(page(facts, pictured, lines, name), encoding="utf-8")
    return 1 if score(pictured).blind_clean else 0


def page(
    facts: Sequence[Outcome], pictured: Sequence[Pictured], lines: Sequence[str], model: str
) -> str:
    """The page that keeps both tables."""
    halls = len({o.seed for o in facts})
    shown = [o for o in pictured if o.judgement is not None]
    s = score(pictured)
    return "\n".join(
        (
            "# How the rules were proven",
            "",
            "Made by `python -m tools.standard_proof --write docs/standard-proof.md`.",
            "",
            f"{len(facts)} scenes in threes (a violation, a twin that looks alike and is "
            f"compliant, one that can't be judged) in {halls} validation halls.  Each hall is made "
            "in centimetres from a seed: its desks, its cameras' height, direction and lens; the "
            "layout is drawn through the same camera.  What stands in a scene, where and how "
            "large, is drawn at random.  The clauses 3S-1-(1), 3S-1-(2) and 4S-1 judge no picture.",
            "",
            "## From true facts: what the rules alone can do",
            "",
            "Boxes, hidden parts, colours and differences are those of the scene itself, as a "
            "perfect detector and a perfect comparison would give them.  No light, noise or missed "
            "thing is in these figures.",
            "",
            *table(facts),
            "",
            "## With the shipped detector",
            "",
            f"The same threes as pictures, {len(shown)} of {len(pictured)} scenes, through gate, "
            f"detector ({model}), measurement, comparison with the clean picture and rules, as at "
            "night.  One more validation hall, of rendered furniture and things none of which "
            "occurs in teaching or in the sample hall: three desks and a public wall, two cameras. "
            " The pictures are put together from rendered parts, with the camera's noise, "
            "compression and overlay; `python -m datasets.scenes.picture_plan` renders the parts.  "
            "After-hours scenes are lit by day, but for the two that turn on a light.  Precision "
            "counts every other desk or zone that was flagged beside a scene's own as well; recall "
            "counts a violation that was called 无法判定 as missed.",
            "",
            _sum(s),
            "",
            *lines,
            "",
            "What went wrong, scene by scene:",
            "",
            *(f"- {line}" for line in wrongs(pictured)),
            "",
        )
    )


def _sum(s: Score) -> str:
    precision = "–" if s.precision is None else f"{s.precision:.3f}"
    recall = "–" if s.recall is None else f"{s.recall:.3f}"
    return (
        f"Precision {precision} (aim 0.95), recall {recall} (aim 0.85); {s.blind_clean} of "
        f"{s.blind} unjudgeable scenes called 合格 (aim none)."
    )


if __name__ == "__main__":
    raise SystemExit(main())
