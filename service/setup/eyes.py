"""The detector as set-up needs it: who is in a picture, and what a frame shows under a draft.

A fresh installation may have no model yet: everything but trying the rules works without one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from datasets.classes import CLASS_INDEX
from rules.layout import HallLayout
from service.sealed import Stills
from service.settings import Settings
from vision.seen import BoxPx, BusyError, Facts, Image, ModelError

if TYPE_CHECKING:
    from vision.detector import Detector

PERSON_FLOOR = 0.05
"""Whatever may be a person is masked."""
WAIT_S = 60.0


class SetupEyes(Protocol):
    """What set-up asks of a detector."""

    def name(self) -> str | None:
        """The model's name and version; None where there is none to use."""
        ...

    def classes(self) -> tuple[str, ...] | None:
        """The classes it can accuse of; None where there is no model."""
        ...

    def people(self, image: Image) -> tuple[BoxPx, ...]:
        """Every box that may hold a person; ModelError where there is no model."""
        ...

    def facts(self, paths: Sequence[Path], layout: HallLayout) -> list[Facts]:
        """What these stills show under a layout; ModelError where there is no model."""
        ...


class RealEyes:
    """The product's own detector, loaded at the first need, one look at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._detector: Detector | None = None

    def _loaded(self) -> Detector:
        if self._detector is None:
            from models.registry import find
            from vision.detector import Detector

            self._detector = Detector.load(find(self._settings.model))
        return self._detector

    def _take(self) -> None:
        if not self._lock.acquire(timeout=WAIT_S):
            raise BusyError("The detector is busy with another try; try again in a minute.")

    def name(self) -> str | None:
        self._take()
        try:
            model = self._loaded().model
        except ModelError:
            return None
        finally:
            self._lock.release()
        return f"{model.name} {model.version}"

    def classes(self) -> tuple[str, ...] | None:
        self._take()
        try:
            return self._loaded().model.classes
        except ModelError:
            return None
        finally:
            self._lock.release()

    def people(self, image: Image) -> tuple[BoxPx, ...]:
        self._take()
        try:
            found = self._loaded().detect(image, ())
        finally:
            self._lock.release()
        person = (found.class_index == CLASS_INDEX["person"]) & (found.confidence >= PERSON_FLOOR)
        return tuple(
            (float(x1), float(y1), float(x2), float(y2))
            for x1, y1, x2, y2 in found.boxes_xyxy_px[person]
        )

    def facts(self, paths: Sequence[Path], layout: HallLayout) -> list[Facts]:
        from service.road import look_all

        self._take()
        try:
            return list(
                look_all(paths, layout, self._loaded(), read=Stills.of(self._settings).read)
            )
        finally:
            self._lock.release()
