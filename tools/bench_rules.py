"""How long judging takes: 8 desks × all judged clauses, facts given, no model.

``python -m tools.bench_rules`` prints processor milliseconds a frame: of a day of 12 frames, as the
night judges it, and of one frame by itself, which pays for the whole day's frame of places.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from datasets.scenes.facts import DAY, Looker, Shot
from datasets.scenes.halls import hall
from rules.calendar import load_calendar
from rules.engine import judge_day
from rules.pack import load_pack
from rules.plane import undistorted


def measure(rounds: int = 30, desks: int = 8, *, frames: int = 12) -> list[float]:
    """Processor milliseconds a frame, a figure for each round."""
    made = hall(1, desks=desks)
    first = Looker(made).look(Shot("STAFF", "08:00", made.clean["STAFF"]))
    day = [
        replace(
            first,
            taken_at=first.taken_at + timedelta(hours=i),
            sha256=str(i),
            frame=f"{i}",
            # no two frames of a camera have quite the same boxes: nothing is known beforehand
            things=tuple(
                replace(t, contact_px=(t.contact_px[0] + 0.1 * i, t.contact_px[1]))
                for t in first.things
            ),
        )
        for i in range(frames)
    ]
    pack, calendar = load_pack(), load_calendar()
    out: list[float] = []
    for _ in range(rounds + 2):
        undistorted.cache_clear()
        start = time.process_time()
        judge_day(made.layout, pack, calendar, day, day=date.fromisoformat(DAY))
        out.append(1e3 * (time.process_time() - start) / frames)
    return out[2:]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the median and the worst of ten."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench_rules")
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args(argv)
    for frames in (12, 1):
        took = sorted(measure(args.rounds, frames=frames))
        sys.stdout.write(
            f"{frames} frames a day: median {statistics.median(took):.1f} ms, "
            f"best {took[0]:.1f} ms a frame (8 desks)\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
