"""The way of a frame, from a file to facts: read, gate, detect, measure.

The next files are read and decoded in a thread while the detector works on this one; at most
``AHEAD`` decoded pictures wait, so memory does not grow with the number of files.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rules.layout import HallLayout
from vision.detector import Detector
from vision.eye import Eye
from vision.images import Reader, parse_name, read_bytes, read_frame
from vision.seen import Facts, Frame, Gate, ImageError, InputError

AHEAD: Final = 2


@dataclass(slots=True)
class Stages:
    """Milliseconds spent a stage, summed over frames; ``waited`` is the detector's idle time."""

    frames: int = 0
    ms: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("read", "waited", "gate", "detect", "measure"), 0.0)
    )

    def add(self, stage: str, milliseconds: float) -> None:
        self.ms[stage] += milliseconds


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
    previous: dict[str, Facts] = {}
    for path, frame, error in decoded(paths, stages, read):
        if frame is None:
            if on_error is not None and error is not None:
                on_error(path, error)
            facts = _undecodable(path)
            if facts is not None:
                yield facts
            continue
        try:
            eye = eyes.of(frame.camera)
        except InputError as unknown:
            if on_error is not None:
                on_error(path, unknown)
            continue
        facts = eye.look(frame, previous=previous.get(frame.camera))
        stages.frames += 1
        for stage, milliseconds in eye.stage_ms.items():
            stages.add(stage, milliseconds)
        previous[frame.camera] = facts
        yield facts


def decoded(
    paths: Iterable[Path], stages: Stages, read_file: Reader = read_bytes
) -> Iterator[tuple[Path, Frame | None, InputError | None]]:
    """Each file with its frame, or with the sentence that says why there is none."""
    waiting: queue.Queue[tuple[Path, Frame | None, InputError | None] | None] = queue.Queue(AHEAD)
    stop = threading.Event()
    failed: list[BaseException] = []

    def put(item: tuple[Path, Frame | None, InputError | None] | None) -> None:
        while not stop.is_set():
            try:
                waiting.put(item, timeout=0.2)
            except queue.Full:
                continue
            return

    def read() -> None:
        try:
            for path in paths:
                if stop.is_set():
                    return
                start = time.perf_counter()
                try:
                    item = (path, read_frame(path, read=read_file), None)
                except ImageError as error:
                    item = (path, None, error)  # type: ignore[assignment]
                stages.add("read", 1e3 * (time.perf_counter() - start))
                put(item)
        except BaseException as error:  # noqa: BLE001 - handed to the other thread, raised there
            failed.append(error)
        finally:
            put(None)

    reader = threading.Thread(target=read, name="decode-ahead", daemon=True)
    reader.start()
    try:
        while True:
            start = time.perf_counter()
            item = waiting.get()
            stages.add("waited", 1e3 * (time.perf_counter() - start))
            if item is None:
                break
            yield item
        if failed:
            raise failed[0]
    finally:
        stop.set()
        reader.join(timeout=30)


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
