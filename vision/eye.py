"""One camera's eye: everything that does not change drawn once, then frame by frame to facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from vision.at_rest import at_rest, gone
from vision.detector import Crop, Detector
from vision.difference import CARRIERS, WIDTH_PX as FINE_PX, Changes, clean, without
from vision.gate import FrameGate, Limits, Look
from vision.images import read_image
from vision.measure import Measurer
from vision.seen import BoxPx, CameraView, Detections, Facts, Frame, Gate, Image, Light
from vision.tiles import desk_crops
from vision.witness import confirmed


@dataclass(frozen=True, slots=True, eq=False)
class Admitted:
    """A frame that passed the gate, ready for the detector.

    ``small``: the gate's copy; ``crops`` where the detector looks closely.
    """

    frame: Frame
    gate: Gate
    small: Look
    measurer: Measurer
    crops: tuple[Crop, ...]


class Eye:
    """Looks at one camera's frames.

    :meth:`look` does all at once.  Where several frames are on the way, their steps may run in
    threads of their own: :meth:`admit` in one, the model and :meth:`fixtures` in a second,
    :meth:`facts`, of a frame whose fixtures were asked for, in a third.
    """

    def __init__(
        self,
        detector: Detector,
        view: CameraView,
        *,
        limits: Limits | None = None,
        references: Mapping[Light, Image] | None = None,
    ) -> None:
        self.detector = detector
        self.view = view
        pictures = references if references is not None else load_references(view)
        self.gate = FrameGate(pictures, limits, view.clock_norm)
        self._clean = {light: clean(image) for light, image in pictures.items()}
        self._given = references if references is not None else {}
        self._known: dict[tuple[Light, int, int], Detections] = {}
        self._measurers: dict[tuple[int, int], tuple[Measurer, tuple[Crop, ...]]] = {}

    def look(self, frame: Frame, *, previous: Facts | None = None) -> Facts:
        """Gate, detect, measure.  A frame that fails the gate has no things and no zones."""
        seen = self.admit(frame, None if previous is None else previous.sha256)
        if isinstance(seen, Facts):
            return seen
        found = self.detector.detect(frame.image, seen.crops, small=seen.small.bgr)
        return self.facts(seen, found)

    def admit(self, frame: Frame, previous: str | None = None) -> Admitted | Facts:
        """The gate; ``previous``: sha256 of this camera's frame before."""
        gate, small = self.gate.judge(frame, previous)
        if not gate.ok:
            return self._refused(frame, gate)
        measurer, crops = self.prepared(frame.width, frame.height)
        return Admitted(frame, gate, small, measurer, crops)

    def facts(self, seen: Admitted, found: Detections) -> Facts:
        """What the detector found in an admitted frame, measured."""
        frame, gate, small, measurer = seen.frame, seen.gate, seen.small, seen.measurer
        found = measurer.looked_at(found)
        reference = self._clean.get(gate.light)
        faint = self._faint(found)
        resting = np.zeros(len(found), np.bool_)
        changes = None
        left: list[tuple[BoxPx, str]] = []
        seconded = resting
        if reference is not None:
            changes = measurer.changes(small.at_least(FINE_PX), reference, small.shift)
            clean_things = self.fixtures(seen)
            resting = at_rest(found, clean_things, changes.mask, changes.scale, changes.align)
            # nobody is in a clean picture: what looks like a person there is a chair or a poster
            faint |= resting & (found.class_index == CLASS_INDEX["person"])
            left = self._left(found, clean_things, changes)
            people = found.boxes_xyxy_px[measurer.people(found, faint)]
            new = without(changes.mask, people.tolist(), changes.scale)
            seconded = confirmed(found, new, changes.scale, self.detector.model.thresholds)
        things = measurer.things(
            found,
            self.detector.model.thresholds,
            frame.image,
            gate.light,
            faint=faint,
            resting=resting,
            confirmed=seconded,
        )
        return Facts(
            camera=frame.camera,
            taken_at=frame.taken_at,
            frame=frame.name,
            sha256=frame.sha256,
            width=frame.width,
            height=frame.height,
            gate=gate,
            things=things,
            zones=measurer.zone_facts(things, small.grey),
            cables=measurer.cables(found.where(~(faint | resting)), frame.image),
            differences=()
            if reference is None or changes is None
            else measurer.differences(changes, reference, things, left),
            lines=() if changes is None else measurer.lines(changes, things),
            model=f"{self.detector.model.name} {self.detector.model.version}",
            classes=self.detector.model.classes,
            reference=None if reference is None else gate.light,
        )

    def prepared(self, width: int, height: int) -> tuple[Measurer, tuple[Crop, ...]]:
        """The camera's places and crops for pictures of this size, drawn at the first one."""
        key = (width, height)
        if key not in self._measurers:
            crops = desk_crops(self.view.zones, width, height, self.detector.model.input_px)
            self._measurers[key] = (Measurer(self.view, width, height), crops)
        return self._measurers[key]

    def _left(
        self, found: Detections, clean: Detections, changes: Changes
    ) -> list[tuple[BoxPx, str]]:
        """Box and class of each thing of the clean picture that is no longer where it stood."""
        boxes, away = gone(found, clean, changes.mask, changes.scale, changes.align)
        sure = self.detector.model.thresholds
        out: list[tuple[BoxPx, str]] = []
        for i in np.flatnonzero(away):
            name = CLASSES[int(clean.class_index[i])]
            if name not in CARRIERS and clean.confidence[i] >= sure.get(name, 1.1):
                x1, y1, x2, y2 = (float(v) for v in boxes[i])
                out.append(((x1, y1, x2, y2), name))
        return out

    def _faint(self, found: Detections) -> NDArray[np.bool_]:
        """Which detections (N,) are noise by the model's own account."""
        doubts = np.zeros(len(CLASSES), np.float32)
        for name, doubt in self.detector.model.doubts.items():
            doubts[CLASS_INDEX[name]] = doubt
        return np.asarray(found.confidence < doubts[found.class_index])

    def fixtures(self, seen: Admitted) -> Detections:
        """What the detector sees in the clean picture of the frame's light, in the frame's pixels.

        Looked at once, when the first frame in that light comes.
        """
        light, width, height = key = (seen.gate.light, seen.frame.width, seen.frame.height)
        if key not in self._known:
            path = self.view.reference.get(light)
            image = self._given.get(light) if path is None else read_image(path)
            found = Detections.empty()
            if image is not None:
                measurer, crops = self.prepared(image.shape[1], image.shape[0])
                found = measurer.looked_at(self.detector.detect(image, crops))
                size = np.array([width / image.shape[1], height / image.shape[0]] * 2, np.float32)
                found = Detections(found.boxes_xyxy_px * size, found.confidence, found.class_index)
            self._known[key] = found
        return self._known[key]

    def _refused(self, frame: Frame, gate: Gate) -> Facts:
        return Facts(
            camera=frame.camera,
            taken_at=frame.taken_at,
            frame=frame.name,
            sha256=frame.sha256,
            width=frame.width,
            height=frame.height,
            gate=gate,
            model=f"{self.detector.model.name} {self.detector.model.version}",
            classes=self.detector.model.classes,
        )


def load_references(view: CameraView) -> dict[Light, Image]:
    """The camera's clean pictures by light mode, shrunk: only the gate reads them."""
    out: dict[Light, Image] = {}
    for light in ("day", "lamp", "ir"):
        path = view.reference.get(light)
        if path is not None:
            image = read_image(path)
            if image.shape[1] > 1280:
                height = round(1280 * image.shape[0] / image.shape[1])
                image = cv2.resize(image, (1280, height), interpolation=cv2.INTER_AREA)
            out[light] = image
    return out
