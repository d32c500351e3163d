"""A small real hall for set-up tests: one camera, two desks, a picture drawn by OpenCV."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from rules.layout import HallLayout
from vision.images import read_frame
from vision.seen import (
    HALL_TZ,
    BoxPx,
    Facts,
    Gate,
    Image,
    ModelError,
    Thing,
    ZoneFact,
)

NOW: Final = datetime(2026, 3, 11, 20, 0, tzinfo=HALL_TZ)
SIZE: Final = (1280, 720)
TOP: Final = [[0.1, 0.4], [0.4, 0.4], [0.4, 0.7], [0.1, 0.7]]
FLOOR_CM: Final = [([0.0, 0.8], [0, 0]), ([0.5, 0.8], [320, 0]), ([0.5, 1.0], [320, 90]),
                   ([0.0, 1.0], [0, 90])]  # fmt: skip


def layout_data(code: str = "small", name: str = "小厅") -> dict[str, Any]:
    """Plain data of a layout that is right."""
    return {
        "schema": 1,
        "hall": {"id": code, "name": name, "level": "town", "mode": "trial"},
        "hours": {"weekly": {"mon": "09:00-17:00", "wed": "09:00-17:00"}},
        "desks": [
            {"id": "D1", "name": "1号工位", "window": "W1", "unit": "综合受理"},
            {"id": "D2", "name": "2号工位", "window": "W2", "unit": "税务"},
        ],
        "cameras": [
            {
                "id": "CAM1",
                "size": list(SIZE),
                "planes": [
                    {
                        "id": "floor",
                        "kind": "floor",
                        "points": [{"at": at, "cm": cm} for at, cm in FLOOR_CM],
                    }
                ],
                "zones": [{"kind": "desk_top", "desk": "D1", "polygon": copy.deepcopy(TOP)}],
            }
        ],
    }


def picture(seed: int = 0, size: tuple[int, int] = SIZE) -> Image:
    """A picture with enough in it to be no plain colour."""
    width, height = size
    rng = np.random.default_rng(seed)
    image = np.full((height, width, 3), (206, 210, 212), np.uint8)
    cv2.rectangle(image, (0, height // 2), (width, height), (150, 170, 190), -1)
    for _ in range(12):
        x, y = int(rng.integers(0, width - 90)), int(rng.integers(0, height - 60))
        colour = tuple(int(v) for v in rng.integers(20, 220, 3))
        cv2.rectangle(image, (x, y), (x + 80, y + 50), colour, -1)
    return image


def jpeg(image: Image | None = None) -> bytes:
    done, data = cv2.imencode(".jpg", picture() if image is None else image)
    assert done
    return bytes(data.tobytes())


@dataclass
class FakeEyes:
    """Sees whom it is told to see; ``model`` None: nothing is installed."""

    model: str | None = "made-up 1"
    boxes: tuple[BoxPx, ...] = ()
    asked: list[Sequence[Path]] = field(default_factory=list)

    def name(self) -> str | None:
        return self.model

    def classes(self) -> tuple[str, ...] | None:
        return None

    def people(self, image: Image) -> tuple[BoxPx, ...]:
        if self.model is None:
            raise ModelError("There is no model.")
        assert image.size
        return self.boxes

    def facts(self, paths: Sequence[Path], layout: HallLayout) -> list[Facts]:
        """A carton lies on every desk top, sure."""
        if self.model is None:
            raise ModelError("There is no model.")
        self.asked.append(paths)
        return [self._one(path, layout) for path in paths]

    def _one(self, path: Path, layout: HallLayout) -> Facts:
        frame = read_frame(path)
        zones = layout.camera(frame.camera).zones
        things = []
        for zone in zones:
            if zone.kind == "desk_top":
                x, y = np.mean(np.array(zone.polygon_norm), axis=0) * (frame.width, frame.height)
                box: BoxPx = (x - 60, y - 50, x + 60, y + 30)
                share = {zone.id: 1.0}
                things.append(
                    Thing("carton", 0.95, True, box, (x, y + 30), share, share, zone.desk)
                )
        return Facts(
            frame.camera,
            frame.taken_at,
            frame.name,
            frame.sha256,
            frame.width,
            frame.height,
            Gate("ok"),
            tuple(things),
            {z.id: ZoneFact(z.id, z.kind, z.desk, 90_000.0, luminance=60.0) for z in zones},
        )
