"""What was seen: the plain types that every room speaks.  NumPy and the standard library only.

Coordinate frames used throughout, and the suffixes that name them:

``_px``    pixels of the original image, x to the right, y down, origin at the top left corner
``_norm``  image coordinates divided by image width and height, 0..1, same axes
``_cm``    centimetres on a plane (desk top or floor) of one camera, origin and axes as the
           layout's clicked points say

Boxes are ``xyxy``: x1, y1, x2, y2 with x1 < x2 and y1 < y2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from vision.errors import (
    BusyError as BusyError,
    CalendarError as CalendarError,
    CameraError as CameraError,
    DatasetError as DatasetError,
    DeniedError as DeniedError,
    DeskcheckError as DeskcheckError,
    ImageError as ImageError,
    InputError as InputError,
    LayoutError as LayoutError,
    ModelError as ModelError,
    PackError as PackError,
    StoreError as StoreError,
)

HALL_TZ = ZoneInfo("Asia/Shanghai")

Image: TypeAlias = NDArray[np.uint8]
"""Shape (H, W, 3), BGR, uint8."""

BoxPx: TypeAlias = tuple[float, float, float, float]
"""One bounding box xyxy, pixels of the original image."""

PointNorm: TypeAlias = tuple[float, float]

Window: TypeAlias = Literal["W", "P", "N"]
"""Capture window: W working hours, P before opening, N after close."""

Light: TypeAlias = Literal["day", "lamp", "ir", "dark"]

ZoneKind: TypeAlias = Literal[
    "desk_top",  # staff-side desk surface of one desk
    "public_side",  # the citizens' side of the counter: their things are never a finding
    "cup_point",  # the fixed place for cups and flasks
    "phone_point",  # the designated place for phones
    "staff",  # where the person of that desk sits or stands
    "chair",  # chair with its back and seat, at its home place
    "chair_back",
    "seat",
    "under_desk",
    "floor",
    "sign",  # where the pause sign stands: the window's front
    "bin_home",
    "cabinet_top",
    "cabinet",
    "wall",
    "rack",
    "counter_top",  # the public counter top with its fixed set
    "public_sight",  # what a citizen at the window can see
    "keep_clear",  # exits, extinguishers
    "screen",
    "lamp",
    "fixture",  # a public fixture's home place
    "service_box",
    "pen_base",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """One decoded still.

    ``image``: (H, W, 3) uint8 BGR, upright.  ``taken_at`` is aware, Asia/Shanghai.  ``name`` is
    the file's name without folder; ``sha256`` that of its picture, hex: the file's bytes but for
    comments and EXIF.
    """

    camera: str
    taken_at: datetime
    name: str
    sha256: str
    image: Image

    @property
    def width(self) -> int:
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """What a detector found in one image, ordered by falling confidence, ties by class then box.

    ``boxes_xyxy_px``: (N, 4) float32; ``confidence``: (N,) float32 in 0..1; ``class_index``:
    (N,) int16, index into ``datasets.classes.CLASSES``.
    """

    boxes_xyxy_px: NDArray[np.float32]
    confidence: NDArray[np.float32]
    class_index: NDArray[np.int16]

    def __post_init__(self) -> None:
        n = len(self.confidence)
        if self.boxes_xyxy_px.shape != (n, 4) or self.class_index.shape != (n,):
            raise ValueError(
                f"detections of unequal length: boxes {self.boxes_xyxy_px.shape}, "
                f"confidence {self.confidence.shape}, class {self.class_index.shape}"
            )

    def __len__(self) -> int:
        return len(self.confidence)

    @staticmethod
    def empty() -> Detections:
        return Detections(
            np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int16)
        )

    def where(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> Detections:
        """The rows that ``keep`` (mask or indices) selects, in its order."""
        return Detections(self.boxes_xyxy_px[keep], self.confidence[keep], self.class_index[keep])


@dataclass(frozen=True, slots=True)
class Zone:
    """A named polygon on one camera's picture.

    ``polygon_norm``: at least three points, closed implicitly, simple, within 0..1.  ``desk``
    names the desk that owns what lies in it, or None for the hall's own places (floor, wall).
    """

    id: str
    kind: ZoneKind
    polygon_norm: tuple[PointNorm, ...]
    desk: str | None = None


@dataclass(frozen=True, slots=True)
class Plane:
    """A flat surface of one camera, by clicked points.

    ``points_norm[i]`` in the (lens-corrected) image is ``points_cm[i]`` on the surface; at least
    four, no three of them on a line.  ``zones`` names the zones that lie on it (empty: ``kind``
    decides: "desk" serves desk_top, cup_point, phone_point, counter_top, sign of ``desk``;
    "floor" serves floor, under_desk, bin_home, staff).
    """

    id: str
    kind: Literal["desk", "floor"]
    points_norm: tuple[PointNorm, ...]
    points_cm: tuple[tuple[float, float], ...]
    desk: str | None = None
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lens:
    """Brown-Conrady distortion in normalised units; focal length as share of image width."""

    focal_norm: float
    k1: float = 0.0
    k2: float = 0.0
    centre_norm: PointNorm = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class CameraView:
    """All that vision needs to know of one camera: no clause, no owner, only places.

    ``reference`` maps a light mode to the path of the clean reference picture; ``ignore`` holds
    polygons never looked at (time overlay, a public screen).  ``clock_norm``: where the recorder
    writes the time, None where nobody said.
    """

    camera: str
    zones: tuple[Zone, ...]
    planes: tuple[Plane, ...] = ()
    lens: Lens | None = None
    reference: Mapping[str, str] = field(default_factory=dict)
    ignore_norm: tuple[tuple[PointNorm, ...], ...] = ()
    clock_norm: tuple[PointNorm, ...] | None = None


GateReason: TypeAlias = Literal[
    "undecodable",
    "placeholder",
    "frozen",
    "black",
    "blurred",
    "blocked",
    "moved",
    "camera_moved",
    "wrong_camera",
    "wrong_time",
    "ok",
]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a frame may be judged at all.

    ``reason`` is "ok" or the first thing that speaks against it; ``detail`` holds the measured
    values behind it (``{"shift_percent": 2.3}``), units in the key.
    """

    reason: GateReason
    light: Light = "day"
    detail: Mapping[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.reason == "ok"


SAME_THING_IOU: Final = 0.7
"""Two boxes that overlap so much are two names for one thing, unless one of them is BESIDE it."""
BESIDE: Final = frozenset({"person", "chair", "desk", "cabinet", "cable", "power_strip"})
"""What fills another thing's box without being it: a coat's chair, a strip's cord."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One detected object as a fact.

    ``cls`` is a name of ``datasets.classes.CLASSES``. ``sure`` says that its confidence reached the
    model's threshold for accusing, alone or (lower) beside a compact change against the clean
    picture of just its size, and that no surer detection names it otherwise; a thing that is not
    sure may only excuse (a person who may sit there, a sign that may stand there). ``contact_px``
    is where it touches what it stands on (bottom centre). ``inside[zone id]`` is the share of its
    box inside the zone, ``stands`` the share of its footprint (the lowest part of the box) inside:
    0..1, zones with 0 left out. ``desk`` is its one owner desk or None. ``hidden`` is the share of
    its box that people cover. ``lab`` is its median CIELAB colour (D65) or None in grey light.
    ``size_cm`` is (width, depth) on the plane that it stands on, where there is one. ``as_clean``:
    the clean reference shows the same at the same place, so it belongs there. ``faint``: too
    uncertain to say anything at all, not even to excuse; kept only so that whatever might be a
    person is masked. ``seconded``: sure only by the change that it lies on, so what it is remains a
    guess.  ``sure_from``: the model's threshold for accusing of its class.
    """

    cls: str
    confidence: float
    sure: bool
    box_xyxy_px: BoxPx
    contact_px: tuple[float, float]
    inside: Mapping[str, float] = field(default_factory=dict)
    stands: Mapping[str, float] = field(default_factory=dict)
    desk: str | None = None
    hidden: float = 0.0
    lab: tuple[float, float, float] | None = None
    size_cm: tuple[float, float] | None = None
    contact_cm: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    as_clean: bool = False
    faint: bool = False
    seconded: bool = False
    sure_from: float = 1.0

    @property
    def short_side_px(self) -> float:
        x1, y1, x2, y2 = self.box_xyxy_px
        return min(x2 - x1, y2 - y1)


@dataclass(frozen=True, slots=True)
class CableTrace:
    """Line work inside one cable or power-strip box.

    ``length_px`` and ``length_cm`` (on the floor plane, None without one) of the traced line,
    ``floor_share`` the share of it that lies in a floor or under-desk zone, by zone id,
    ``branches`` the number of separate strands (1 = a bundle or one cable).
    """

    box_xyxy_px: BoxPx
    length_px: float
    length_cm: float | None
    floor_share: Mapping[str, float]
    branches: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A region that differs from the clean reference.

    ``share`` is the share of the zone's area, ``area_cm2`` its size on the plane (None without
    one), ``delta_e`` the median CIEDE2000 against the reference, ``known`` the class of a detected
    thing that explains it or None.  ``gone``: the class of a thing of the clean picture that stood
    there and left, or None.
    """

    zone: str
    box_xyxy_px: BoxPx
    share: float
    area_cm2: float | None
    delta_e: float
    known: str | None = None
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class ZoneFact:
    """What can be said of a zone in this frame.

    ``area_px`` in the original image; ``hidden`` the share that people cover, 0..1;
    ``px_per_cm`` = (along the worse, along the better axis) at the zone's centre, None without a
    plane; ``luminance`` its mean L*, 0..100; ``in_view`` its share inside the picture.
    """

    id: str
    kind: ZoneKind
    desk: str | None
    area_px: float
    hidden: float = 0.0
    hidden_by_things: float = 0.0
    px_per_cm: tuple[float, float] | None = None
    luminance: float | None = None
    in_view: float = 1.0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one frame's pixels say; the only thing that rules ever see of a picture.

    A frame that failed the gate has ``gate.ok`` False and may have no things and zones at all.
    ``lines``: new lines on a floor that the clean picture lacks, whatever the detector saw.
    ``classes``: what the model can accuse of at all (None: everything); a class outside it was not
    looked for, so its absence proves nothing.  ``reference``: the light mode of the clean picture
    that this frame was compared with, None where no comparison was made (then ``differences`` says
    nothing).
    """

    camera: str
    taken_at: datetime
    frame: str
    sha256: str
    width: int
    height: int
    gate: Gate
    things: tuple[Thing, ...] = ()
    zones: Mapping[str, ZoneFact] = field(default_factory=dict)
    cables: tuple[CableTrace, ...] = ()
    differences: tuple[Difference, ...] = ()
    lines: tuple[CableTrace, ...] = ()
    model: str = ""
    classes: tuple[str, ...] | None = None
    reference: Light | None = None
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out from these facts once, by key: a rule asks the same for every desk."""

    def looked_for(self, cls: str) -> bool:
        """Whether the model knows this class well enough to miss it."""
        return self.classes is None or cls in self.classes

    def new(self, *classes: str, sure: bool = True) -> Sequence[Thing]:
        """As :meth:`of`, without what the clean reference shows as well: only these may accuse of
        lying there.  Here a guess that a change seconds is as sure as any."""
        key = ("new", classes, sure)
        if key not in self.memo:
            self.memo[key] = tuple(
                t
                for t in self.things
                if t.cls in classes and not (t.faint or t.as_clean) and (t.sure or not sure)
            )
        found: tuple[Thing, ...] = self.memo[key]
        return found

    def of(self, *classes: str, sure: bool = True) -> Sequence[Thing]:
        """Things of these classes; with ``sure`` only those that may accuse.

        What is seconded is a guess: something new lies there, which it is nobody knows.  So it is
        none of the things whose number, order or place a clause measures.
        """
        key = (classes, sure)
        if key not in self.memo:
            self.memo[key] = tuple(
                t
                for t in self.things
                if t.cls in classes and not t.faint and (not sure or (t.sure and not t.seconded))
            )
        found: tuple[Thing, ...] = self.memo[key]
        return found
