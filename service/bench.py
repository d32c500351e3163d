"""How much of the bare model's speed is left on the whole road, measured in one run.

Bare: the model alone, over tensors that wait in memory, in the road's own sessions: a run a core.
Road: from the file on disk to the verdict. Beside them plain: the same tensors as onnxruntime runs
them when nobody says how, all of its own threads at each layer, crops in batches of four. All three
take the same frames and crops, in turns, so that a machine whose speed drifts slows them alike.
Which goes first changes from round to round. Processor time is counted as well: it says how much
the road adds to the model also where other work takes turns on the same cores and a clock on the
wall says little.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
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
LOOK_S: Final = 0.01
"""How often the resident size is looked at: a peak between two frames counts, too."""


@dataclass(frozen=True, slots=True)
class BenchResult:
    """``ratio``: road frames/s over bare frames/s, the same sessions alone: what is lost beside the
    model. ``ratio_plain``: over onnxruntime's own way. ``bare_cpu_ms`` and the like: processor time
    a frame, all threads together. ``stage_ms``: a frame's share of each stage by the clock; all but
    ``judge`` run beside the ``model``, whose lanes are summed, and ``waited`` is how long a lane
    that could have begun had nothing to begin. ``stage_cpu_ms``: the processor time of those beside
    the model, ``outside_cpu_ms`` their sum: it holds also where other work takes turns on the
    cores. ``memory_mib``: resident size after the first and after the last of ``memory_frames``
    frames of the road alone, and the peak of it, looked at all the while.
    """

    frames: int
    rounds: int
    tiles_a_frame: float
    lanes: int
    plain_fps: float
    bare_fps: float
    road_fps: float
    ratio_plain: float
    ratio: float
    plain_ms: float
    bare_ms: float
    road_ms: float
    plain_cpu_ms: float
    bare_cpu_ms: float
    road_cpu_ms: float
    stage_ms: dict[str, float]
    stage_cpu_ms: dict[str, float]
    outside_cpu_ms: float
    memory_frames: int
    memory_mib: dict[str, float]
    model: str
    threads: int | None
    ratios_plain: list[float] = field(default_factory=list)
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
    # first of all: what comes below holds the tensors of all frames
    memory = _memory(detector, layout, usable, max(memory_frames, len(usable)))
    plain = Detector.plain(detector.model, threads=threads)
    batches = _prepared(plain, Eyes(layout, detector), usable)
    tiles = [[one for batch in frame for one in _singly(batch)] for frame in batches]
    lap = usable * _laps(usable)
    eyes, stages, judging = Eyes(layout, detector), Stages(), _Spent()

    def theirs() -> None:
        for batch in chain(*islice(cycle(batches), len(lap))):
            plain.run(batch)

    def bare() -> None:
        _in_lanes(detector, chain(*islice(cycle(tiles), len(lap))))

    def road() -> None:
        nonlocal judging
        facts = list(look_all(lap, layout, detector, stages=stages, eyes=eyes))
        looked = _Spent.now()
        judged(facts)
        judging += _Spent.now() - looked

    # warm up; every eye is opened: each clean picture is looked at once, before the clock runs
    for batch in batches[0]:
        plain.run(batch)
    _in_lanes(detector, tiles[0])
    for _ in look_all(usable, layout, detector, eyes=eyes):
        pass
    spent = {way: _Spent() for way in (theirs, bare, road)}
    ratios_plain, ratios = [], []
    for turn in range(rounds):
        took = {}
        for way in (theirs, bare, road) if turn % 2 == 0 else (road, bare, theirs):
            start = _Spent.now()
            way()
            took[way] = _Spent.now() - start
            spent[way] += took[way]
        ratios_plain.append(round(took[theirs].wall / took[road].wall, 4))
        ratios.append(round(took[bare].wall / took[road].wall, 4))
    count = rounds * len(lap)
    per_frame = {name: round(total / count, 2) for name, total in stages.ms.items()}
    per_frame["judge"] = round(1e3 * judging.wall / count, 2)
    at_work = {
        name: round(total / count, 2)
        for name, total in stages.cpu_ms.items()
        if name not in ("model", "waited")
    }
    at_work["judge"] = round(1e3 * judging.cpu / count, 2)
    wall, cpu = ({way: getattr(spent[way], kind) for way in spent} for kind in ("wall", "cpu"))
    return BenchResult(
        frames=len(usable),
        rounds=rounds,
        tiles_a_frame=round(sum(map(len, tiles)) / len(tiles), 2),
        lanes=detector.lanes.count,
        plain_fps=round(count / wall[theirs], 3),
        bare_fps=round(count / wall[bare], 3),
        road_fps=round(count / wall[road], 3),
        ratio_plain=round(wall[theirs] / wall[road], 4),
        ratio=round(wall[bare] / wall[road], 4),
        plain_ms=round(1e3 * wall[theirs] / count, 2),
        bare_ms=round(1e3 * wall[bare] / count, 2),
        road_ms=round(1e3 * wall[road] / count, 2),
        plain_cpu_ms=round(1e3 * cpu[theirs] / count, 2),
        bare_cpu_ms=round(1e3 * cpu[bare] / count, 2),
        road_cpu_ms=round(1e3 * cpu[road] / count, 2),
        stage_ms=per_frame,
        stage_cpu_ms=at_work,
        outside_cpu_ms=round(sum(at_work.values()), 2),
        memory_frames=max(memory_frames, len(usable)),
        memory_mib=memory,
        model=f"{detector.model.name} {detector.model.version}",
        threads=threads,
        ratios_plain=ratios_plain,
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


def _prepared(plain: Detector, eyes: Eyes, paths: Sequence[Path]) -> list[list[Batch]]:
    """Each frame's runs, crops in batches."""
    out = []
    for path in paths:
        frame = read_frame(path)
        _, crops = eyes.of(frame.camera).prepared(frame.width, frame.height)
        out.append(list(plain.batches(frame.image, crops)))
    return out


def _singly(batch: Batch) -> list[Batch]:
    """The same tensors, one a run."""
    return [replace(batch, tensor=batch.tensor[i : i + 1]) for i in range(len(batch.tensor))]


def _in_lanes(detector: Detector, tiles: Iterable[Batch]) -> None:
    """The model over these, its lanes side by side, and nothing else; as many wait as on a road."""
    waiting: deque[Future[Any]] = deque()
    for tile in tiles:
        waiting.append(detector.lanes.submit(partial(detector.run, tile)))
        if len(waiting) > detector.lanes.count:
            waiting.popleft().result()
    for future in waiting:
        future.result()


def _memory(
    detector: Detector, layout: HallLayout, paths: Sequence[Path], frames: int
) -> dict[str, float]:
    """Resident MiB after the first ``paths``, after ``frames`` frames, and the most on the way."""
    eyes = Eyes(layout, detector)
    lap = list(paths) * _laps(paths)
    sizes: list[float] = []
    with _watched() as peak:
        while len(sizes) < frames:
            part = lap[: frames - len(sizes)]
            sizes += [_resident() for _ in look_all(part, layout, detector, eyes=eyes)]
    return {
        "first_round": round(sizes[min(len(paths), len(sizes)) - 1], 1),
        "last": round(sizes[-1], 1),
        "peak": round(max(sizes + peak), 1),
    }


def _resident() -> float:
    """This process's resident size, MiB."""
    return float(psutil.Process().memory_info().rss / 2**20)


@contextmanager
def _watched() -> Iterator[list[float]]:
    """One number that grows to the largest resident size, MiB, while this is open."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_S):
            peak[0] = max(peak[0], _resident())

    thread = threading.Thread(target=look, name="memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
