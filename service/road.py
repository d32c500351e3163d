"""The way of a frame, from a file to facts: read, gate, detect, measure.

Threads stand side by side, so that the model, which takes nearly all of the time, never waits: one
reads, gates and makes tensors of the next frames; the detector's lanes run the model, each a tile
of its own; one measures what they found.  What is on the way is bounded: a few runs' tensors, lent
out again and again, and the pictures they came from, so memory does not grow with the files.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rules.layout import HallLayout
from vision.detector import Batch, Detector, Pass, merged
from vision.eye import Admitted, Eye
from vision.images import Reader, parse_name, read_bytes, read_frame
from vision.seen import Facts, Gate, ImageError, InputError

TENSORS: Final = 3
"""Beside those that the lanes work on: one for the next lane that is free, one that waits, one that
is being filled."""
AHEAD: Final = 4
"""Files and runs that wait for the model at most; the tensors bound those that hold pixels."""
PENDING: Final = 1
"""Frames that may still be measured while the model works on the next."""
STAGES: Final = ("read", "gate", "tensors", "waited", "model", "boxes", "measure")


@dataclass(slots=True)
class Stages:
    """Milliseconds spent a stage, summed over frames: ``ms`` by the clock, ``cpu_ms`` at work.

    ``read`` (with decoding), ``gate``, ``tensors``, ``boxes`` and ``measure`` run beside the
    ``model``, whose lanes are counted one and all; ``waited`` is how long a lane that could have
    begun had nothing to begin; ``tensors`` waits, by the clock, for memory to be given back.
    """

    frames: int = 0
    ms: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    cpu_ms: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add what the block takes, in whichever thread it runs."""
        start, work = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            taken, worked = time.perf_counter() - start, time.thread_time() - work
            with self._lock:
                self.ms[stage] += 1e3 * taken
                self.cpu_ms[stage] += 1e3 * worked


class Eyes:
    """One eye a camera of a layout, opened when its first frame comes."""

    def __init__(self, layout: HallLayout, detector: Detector) -> None:
        self._layout = layout
        self._detector = detector
        self._known = {camera.id for camera in layout.cameras}
        self._eyes: dict[str, Eye] = {}

    def of(self, camera: str) -> Eye:
        """The camera's eye; InputError for a camera that the layout does not have."""
        if camera not in self._known:
            raise InputError(
                f"camera {camera} is not in the layout {self._layout.path}; "
                f"it has {', '.join(sorted(self._known))}."
            )
        if camera not in self._eyes:
            self._eyes[camera] = Eye(self._detector, self._layout.view(camera))
        return self._eyes[camera]


def look_all(
    paths: Sequence[Path],
    layout: HallLayout,
    detector: Detector,
    *,
    stages: Stages | None = None,
    on_error: Callable[[Path, InputError], None] | None = None,
    eyes: Eyes | None = None,
    read: Reader = read_bytes,
) -> Iterator[Facts]:
    """Facts of every still, in the order given; ``eyes`` that are open already may be given.

    ``read`` gives a file's bytes (sealed stills are opened on the way).

    A file that can't be decoded gives facts with the gate ``undecodable``; one whose name says no
    camera and time gives none.  Both are told to ``on_error`` and never stop the rest.
    """
    stages = stages if stages is not None else Stages()
    eyes = eyes if eyes is not None else Eyes(layout, detector)
    ahead = _Ahead(paths, eyes, read, stages, tensors=detector.lanes.count + TENSORS)
    # one more than the lanes: what a lane takes up next lies ready for it
    begun = threading.Semaphore(detector.lanes.count + 1)
    pending: deque[Future[Facts] | Facts] = deque()
    with ThreadPoolExecutor(1, "measure") as measuring, ahead:
        while (item := ahead.next()) is not None:
            if isinstance(item, _Refused):
                if item.error is not None and on_error is not None:
                    on_error(item.path, item.error)
                if item.facts is not None:
                    pending.append(item.facts)
            elif isinstance(item, _Ready):
                pending.append(_looked_at(item, ahead, detector, begun, measuring, stages))
                stages.frames += 1
            while len(pending) > PENDING or (pending and isinstance(pending[0], Facts)):
                yield _result(pending.popleft())
        while pending:
            yield _result(pending.popleft())


def _result(facts: Future[Facts] | Facts) -> Facts:
    return facts if isinstance(facts, Facts) else facts.result()


@dataclass(frozen=True, slots=True)
class _Refused:
    """A file without a picture worth the detector's while: ``facts`` that say so, if any."""

    path: Path
    error: InputError | None
    facts: Facts | None


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    """A frame whose runs follow in the queue."""

    eye: Eye
    seen: Admitted


_Item: TypeAlias = _Refused | _Ready | Batch


def _looked_at(
    item: _Ready,
    ahead: _Ahead,
    detector: Detector,
    begun: threading.Semaphore,
    measuring: ThreadPoolExecutor,
    stages: Stages,
) -> Future[Facts]:
    """Run the model over a frame in its lanes; the rest is done in the measuring thread."""
    eye, seen = item.eye, item.seen
    eye.fixtures(seen)
    width, height = seen.frame.width, seen.frame.height
    parts: list[Future[list[Pass]]] = []

    def passes(batch: Batch) -> list[Pass]:
        try:
            with stages.timed("model"):
                output = detector.run(batch)
        finally:
            ahead.give_back(batch)  # its place in the frame is all that is still wanted
            begun.release()
        with stages.timed("boxes"):
            return detector.boxes(batch, output, width, height)

    def facts() -> Facts:
        found = [one for part in parts for one in part.result()]
        with stages.timed("measure"):
            return eye.facts(seen, merged(found, width, height))

    for _ in range(detector.runs(len(seen.crops))):
        begun.acquire()
        parts.append(detector.lanes.submit(partial(passes, ahead.next_batch())))
    return measuring.submit(facts)


class _Ahead:
    """Reads, gates and prepares the next frames in a thread of its own while it is open."""

    def __init__(
        self, paths: Iterable[Path], eyes: Eyes, read: Reader, stages: Stages, *, tensors: int
    ) -> None:
        self._paths, self._eyes, self._read, self._stages = paths, eyes, read, stages
        self._waiting: queue.Queue[_Item | None] = queue.Queue(AHEAD)
        self._room = threading.Semaphore(tensors)
        self._free: list[NDArray[np.float32]] = []
        self._stop = threading.Event()
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._work, name="read-ahead", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=30)

    def next(self) -> _Item | None:
        """The next item, None after the last; raises what went wrong on the way."""
        with self._stages.timed("waited"):
            item = self._waiting.get()
        if item is None and self._failed:
            raise self._failed[0]
        return item

    def next_batch(self) -> Batch:
        """The next run of the frame that came last."""
        item = self.next()
        if not isinstance(item, Batch):
            raise RuntimeError("a frame has fewer runs than it promised")
        return item

    def give_back(self, batch: Batch) -> None:
        """The batch's tensor may be filled anew."""
        owner = batch.tensor.base
        if isinstance(owner, np.ndarray):
            self._free.append(owner)
        self._room.release()

    def _lend(self, shape: tuple[int, ...]) -> NDArray[np.float32]:
        while not self._room.acquire(timeout=0.2):
            if self._stop.is_set():
                raise _Stopped
        size = int(np.prod(shape))
        array = self._free.pop() if self._free else np.empty(size, np.float32)
        if array.size < size:
            array = np.empty(size, np.float32)
        return array[:size].reshape(shape)

    def _put(self, item: _Item | None) -> None:
        while not self._stop.is_set():
            try:
                self._waiting.put(item, timeout=0.2)
            except queue.Full:
                continue
            return

    def _work(self) -> None:
        before: dict[str, str] = {}
        try:
            for path in self._paths:
                if self._stop.is_set():
                    return
                self._one(path, before)
        except _Stopped:
            return
        except BaseException as error:  # noqa: BLE001 - handed to the other thread, raised there
            self._failed.append(error)
        finally:
            self._put(None)

    def _one(self, path: Path, before: dict[str, str]) -> None:
        """Queue one file; ``before``: each camera's last sha256."""
        try:
            with self._stages.timed("read"):
                frame = read_frame(path, read=self._read)
        except ImageError as error:
            self._put(_Refused(path, error, _undecodable(path)))
            return
        try:
            eye = self._eyes.of(frame.camera)
        except InputError as unknown:
            self._put(_Refused(path, unknown, None))
            return
        with self._stages.timed("gate"):
            seen = eye.admit(frame, before.get(frame.camera))
        before[frame.camera] = frame.sha256
        if isinstance(seen, Facts):
            self._put(_Refused(path, None, seen))
            return
        self._put(_Ready(eye, seen))
        batches = eye.detector.batches(
            frame.image, seen.crops, small=seen.small.bgr, lend=self._lend
        )
        while True:
            with self._stages.timed("tensors"):
                batch = next(batches, None)
            if batch is None:
                return
            self._put(batch)


class _Stopped(Exception):
    """No error: nobody wants the rest."""


def _undecodable(path: Path) -> Facts | None:
    try:
        camera, at = parse_name(path.name)
    except ImageError:
        return None
    return Facts(
        camera=camera,
        taken_at=at,
        frame=path.name,
        sha256="",
        width=0,
        height=0,
        gate=Gate("undecodable"),
    )
