"""How much of the bare model's speed is left on the whole road, measured in one run.

Bare: the onnxruntime session alone over tensors that wait in memory.  Road: from the file on disk
to the verdict.  Both use the same session, the same frames, the same crops and batches of the same
size, in turns, so that a machine whose speed drifts slows both alike.  Which of the two goes first
changes from round to round.  Processor time is counted as well: it says how much the road adds to
the model also where other work takes turns on the same cores and a clock on the wall says little.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any, Final

import psutil

from rules.calendar import Calendar, load_calendar
from rules.engine import judge_day
from rules.layout import HallLayout, load_layout
from rules.pack import Pack, load_pack
from service.road import Eyes, Stages, look_all
from vision.detector import Batch, Detector
from vision.images import parse_name, read_frame
from vision.seen import Facts, ImageError, InputError

DISTINCT: Final = 8
"""Frames held as tensors at once: some tens of MiB each."""
LAPS: Final = 2
"""How often a round walks them: a night is longer than its first frame's reading and its last one's
measuring, which nothing hides."""


@dataclass(frozen=True, slots=True)
class BenchResult:
    """``ratio``: road frames/s over bare frames/s.  ``bare_cpu_ms``, ``road_cpu_ms``: processor
    time a frame, all threads together.  ``stage_ms``: a frame's share of each stage by the clock;
    all but ``judge`` run beside the ``model``, and ``waited`` is how long it stood idle for them.
    ``stage_cpu_ms``: the processor time of those beside the model, ``outside_cpu_ms`` their sum: it
    holds also where other work takes turns on the same cores.
    ``memory_mib``: resident size after the first and after the last of ``memory_frames`` frames of
    the road alone, and the peak of it.
    """

    frames: int
    rounds: int
    tiles_a_frame: float
    bare_fps: float
    road_fps: float
    ratio: float
    bare_ms: float
    road_ms: float
    bare_cpu_ms: float
    road_cpu_ms: float
    stage_ms: dict[str, float]
    stage_cpu_ms: dict[str, float]
    outside_cpu_ms: float
    memory_frames: int
    memory_mib: dict[str, float]
    model: str
    threads: int | None
    ratios: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def bench(
    detector: Detector,
    hall: Path,
    paths: Sequence[Path],
    *,
    rounds: int = 5,
    memory_frames: int = 0,
    threads: int | None = None,
) -> BenchResult:
    """Measure ``paths`` (stills of the layout ``hall``); raises InputError where none is usable."""
    layout, pack, calendar = load_layout(hall), load_pack(), load_calendar()
    usable = _usable(detector, layout, paths)
    judged = _Judge(layout, pack, calendar)
    memory = _memory(detector, layout, usable, max(memory_frames, len(usable)))
    prepared = _prepared(detector, layout, usable)
    for batch in chain(*prepared):  # warm up
        detector.run(batch)
    eyes = Eyes(layout, detector)
    for _ in look_all(usable, layout, detector, eyes=eyes):
        pass  # opens every eye: each clean picture is looked at once, before the clock runs
    stages = Stages()
    bare, road, judging, ratios = _Spent(), _Spent(), _Spent(), []
    lap = usable * _laps(usable)
    for turn in range(rounds):
        if turn % 2 == 0:
            alone = _alone(detector, prepared, len(lap))
        start = _Spent.now()
        facts = list(look_all(lap, layout, detector, stages=stages, eyes=eyes))
        looked = _Spent.now()
        judged(facts)
        end = _Spent.now()
        walked = end - start
        judging += end - looked
        if turn % 2:
            alone = _alone(detector, prepared, len(lap))
        bare += alone
        road += walked
        ratios.append(round(alone.wall / walked.wall, 4))
    count = rounds * len(lap)
    per_frame = {name: round(total / count, 2) for name, total in stages.ms.items()}
    per_frame["judge"] = round(1e3 * judging.wall / count, 2)
    at_work = {
        name: round(total / count, 2)
        for name, total in stages.cpu_ms.items()
        if name not in ("model", "waited")
    }
    at_work["judge"] = round(1e3 * judging.cpu / count, 2)
    tiles = [sum(len(batch.crops) for batch in batches) for batches in prepared]
    return BenchResult(
        frames=len(usable),
        rounds=rounds,
        tiles_a_frame=round(sum(tiles) / len(tiles), 2),
        bare_fps=round(count / bare.wall, 3),
        road_fps=round(count / road.wall, 3),
        ratio=round(bare.wall / road.wall, 4),
        bare_ms=round(1e3 * bare.wall / count, 2),
        road_ms=round(1e3 * road.wall / count, 2),
        bare_cpu_ms=round(1e3 * bare.cpu / count, 2),
        road_cpu_ms=round(1e3 * road.cpu / count, 2),
        stage_ms=per_frame,
        stage_cpu_ms=at_work,
        outside_cpu_ms=round(sum(at_work.values()), 2),
        memory_frames=max(memory_frames, len(usable)),
        memory_mib=memory,
        model=f"{detector.model.name} {detector.model.version}",
        threads=threads,
        ratios=ratios,
    )


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds by the clock on the wall, and of all processors."""

    wall: float = 0.0
    cpu: float = 0.0

    @staticmethod
    def now() -> _Spent:
        return _Spent(time.perf_counter(), time.process_time())

    def __add__(self, other: _Spent) -> _Spent:
        return _Spent(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: _Spent) -> _Spent:
        return _Spent(self.wall - other.wall, self.cpu - other.cpu)


def _alone(detector: Detector, prepared: Sequence[Sequence[Batch]], frames: int) -> _Spent:
    """What the model takes over the tensors of so many frames, and nothing else."""
    start = _Spent.now()
    for batch in chain(*islice(cycle(prepared), frames)):
        detector.run(batch)
    return _Spent.now() - start


def _laps(paths: Sequence[Path]) -> int:
    """``LAPS``, or 1 where a camera has one frame only: its second time it would be frozen."""
    of_camera = Counter(parse_name(path.name)[0] for path in paths)
    return LAPS if min(of_camera.values()) > 1 else 1


class _Judge:
    def __init__(self, layout: HallLayout, pack: Pack, calendar: Calendar) -> None:
        self._what = (layout, pack, calendar)

    def __call__(self, facts: Sequence[Facts]) -> None:
        for day in sorted({f.taken_at.date() for f in facts}):
            judge_day(*self._what, [f for f in facts if f.taken_at.date() == day], day=day)


def _usable(detector: Detector, layout: HallLayout, paths: Sequence[Path]) -> list[Path]:
    """Frames that pass the gate, of each camera in turn: others cost the road nothing."""
    eyes = Eyes(layout, detector)
    out: list[Path] = []
    for path in _in_turn(paths):
        if len(out) == DISTINCT:
            break
        try:
            frame = read_frame(path)
            if eyes.of(frame.camera).gate.judge(frame)[0].ok:
                out.append(path)
        except ImageError:
            continue
    if not out:
        raise InputError("none of the frames can be judged; give stills of the layout's cameras.")
    return out


def _in_turn(paths: Sequence[Path]) -> list[Path]:
    """Each camera's first, then each one's second; a name without a camera is left out."""
    place: Counter[str] = Counter()
    out = []
    for path in sorted(paths):
        try:
            camera, _ = parse_name(path.name)
        except ImageError:
            continue
        place[camera] += 1
        out.append((place[camera], camera, path))
    return [path for _, _, path in sorted(out)]


def _prepared(detector: Detector, layout: HallLayout, paths: Sequence[Path]) -> list[list[Batch]]:
    eyes = Eyes(layout, detector)
    out = []
    for path in paths:
        frame = read_frame(path)
        _, crops = eyes.of(frame.camera).prepared(frame.width, frame.height)
        out.append(list(detector.batches(frame.image, crops)))
    return out


def _memory(
    detector: Detector, layout: HallLayout, paths: Sequence[Path], frames: int
) -> dict[str, float]:
    """Resident MiB after the first ``paths``, after ``frames`` frames, and the most."""
    process, eyes = psutil.Process(), Eyes(layout, detector)
    lap = list(paths) * _laps(paths)
    sizes: list[float] = []
    while len(sizes) < frames:
        part = lap[: frames - len(sizes)]
        looked = look_all(part, layout, detector, eyes=eyes)
        sizes += [process.memory_info().rss / 2**20 for _ in looked]
    return {
        "first_round": round(sizes[min(len(paths), len(sizes)) - 1], 1),
        "last": round(sizes[-1], 1),
        "peak": round(max(sizes), 1),
    }
