"""The schema of HALL.yaml, version 1: what a hall's layout may say.  ``docs/hall-schema.json``."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator
from shapely.geometry import Polygon

from datasets.classes import CLASS_INDEX, CLASSES
from rules.hours import Hours, Strict
from rules.no_camera import private_place
from vision.seen import Light, PointNorm, ZoneKind

SCHEMA_VERSION: Final = 1
ZONE_KINDS: Final = get_args(ZoneKind)

HALL_ZONES: Final = (
    "floor", "wall", "rack", "cabinet", "cabinet_top", "keep_clear", "lamp", "fixture",
    "service_box",
)  # fmt: skip
"""Zone kinds that may stand without a desk: the hall's own places."""

DESK_ZONES: Final = tuple(k for k in ZONE_KINDS if k not in HALL_ZONES and k != "public_side")
"""Zone kinds that only mean something for a desk."""


def refuse_private_rooms(text: str) -> None:
    """Cameras in toilets and changing rooms are unlawful (国务院令799号): none in a layout."""
    word = private_place(text)
    if word is not None:
        raise ValueError(
            f"'{text}' names a toilet or changing room ({word}), where a camera is unlawful; "
            "take this camera or zone out, or give it a name that does not speak of it"
        )


def check_polygon(value: object) -> object:
    """A closed, simple polygon inside the picture; a repeated last point is dropped."""
    if not isinstance(value, list | tuple):
        raise ValueError("no list of points; write [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8]]")
    points: list[PointNorm] = []
    for i, item in enumerate(value):
        points.append(_point(item, f"point {i + 1}"))
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise ValueError(f"{len(points)} points are no area; a polygon needs at least three")
    if len(points) > 200:
        raise ValueError(f"{len(points)} points are too many; 200 are enough for any desk")
    shape = Polygon(points)
    if not shape.is_valid:
        raise ValueError("its edges cross or touch; name the corners in order round the area")
    if shape.area < 1e-6:
        raise ValueError("its points lie on a line; spread them round the area")
    return tuple(points)


def _point(item: object, name: str) -> PointNorm:
    if not isinstance(item, list | tuple) or len(item) != 2:
        raise ValueError(f"{name} is {item!r}, not a pair; write [x, y]")
    pair: list[float] = []
    for number in item:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ValueError(f"{name} holds {number!r}, not a number; write [x, y]")
        if not 0.0 <= number <= 1.0:
            raise ValueError(
                f"{name} is {list(item)}, outside the picture; "
                "divide pixels by the picture's width and height (0 to 1)"
            )
        pair.append(float(number))
    return (pair[0], pair[1])


def check_point(value: object) -> object:
    """One point of the picture, both coordinates in 0..1."""
    return _point(value, "the point")


PolygonNorm = Annotated[
    tuple[PointNorm, ...],
    BeforeValidator(check_polygon, json_schema_input_type=list[tuple[float, float]]),
]
AtNorm = Annotated[
    PointNorm, BeforeValidator(check_point, json_schema_input_type=tuple[float, float])
]
Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s/\\:]+$")]
SizeCm = tuple[Annotated[float, Field(gt=0, le=2000)], Annotated[float, Field(gt=0, le=2000)]]


def check_class(name: str) -> str:
    """A class name that the detector knows."""
    if name not in CLASS_INDEX:
        near = difflib.get_close_matches(name, CLASSES, n=1, cutoff=0.6)
        mend = f"did you mean '{near[0]}'" if near else f"known: {', '.join(CLASSES)}"
        raise ValueError(f"'{name}' is no class that is seen; {mend}")
    return name


ClassName = Annotated[str, BeforeValidator(lambda v: check_class(str(v)))]


class HallSpec(Strict):
    """Who the hall is."""

    id: Id = Field(title="Short id", examples=["shiquan"])
    name: str = Field(min_length=1, title="Name as people read it", examples=["石泉县政务服务中心"])
    level: Literal["county", "town"] = Field(
        default="county", title="County centre or town centre", examples=["county"]
    )
    mode: Literal["trial", "full"] = Field(
        default="trial",
        title="Trial period (试行, unscored) or full",
        examples=["trial"],
    )


class DeskSpec(Strict):
    """One desk (工位): the unit that verdicts are given for."""

    id: Id = Field(title="Short id", examples=["D1"])
    name: str = Field(default="", title="Name as people read it", examples=["1号工位"])
    window: str | None = Field(default=None, title="Service window", examples=["W1"])
    unit: str | None = Field(default=None, title="Unit answering for it", examples=["市场监管局"])
    allowed: tuple[ClassName, ...] | None = Field(
        default=None,
        title="Things allowed on the desk",
        description="Replaces the pack's allow-list for this desk.",
        examples=["[monitor, keyboard, mouse, telephone]"],
    )
    counts: Mapping[ClassName, Annotated[int, Field(ge=0, le=50)]] = Field(
        default_factory=dict,
        title="How many of a thing belong on this desk (定数量)",
        examples=["{monitor: 1, telephone: 1}"],
    )
    order: tuple[ClassName, ...] = Field(
        default=(),
        title="Order of the fixed set",
        description="Left to right in the first camera that sees the desk top.",
        examples=["[monitor, doc_camera, guide_rack, rating_device]"],
    )
    size_cm: SizeCm | None = Field(
        default=None,
        title="Desk top, width and depth in cm",
        description="With a desk_top polygon of four corners, whose first edge is a width, this "
        "gives the desk's plane.",
        examples=["[140, 70]"],
    )
    cups: Literal["point", "never"] = Field(
        default="point",
        title="Cups",
        description="point: cups stand in the cup_point zone (none drawn: not judged); "
        "never: no cup may stand on this desk at all.",
        examples=["point"],
    )

    @field_validator("order")
    @classmethod
    def _once(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(order)) != len(order):
            raise ValueError("a thing stands in the order twice; name each once")
        return order


class PairSpec(Strict):
    """One clicked point of a plane: where it is in the picture and on the surface."""

    at: AtNorm = Field(title="Picture, 0..1", examples=["[0.21, 0.55]"])
    cm: tuple[float, float] = Field(title="Surface, cm", examples=["[0, 0]"])


class PlaneSpec(Strict):
    """A flat surface measured by at least four points."""

    id: Id = Field(examples=["floor"])
    kind: Literal["desk", "floor"] = Field(examples=["floor"])
    desk: str | None = Field(default=None, title="Its desk, for kind desk", examples=["D1"])
    points: tuple[PairSpec, ...] = Field(examples=["[{at: [0.2, 0.5], cm: [0, 0]}, ...]"])
    zones: tuple[str, ...] = Field(default=(), title="Ids of zones on it; empty: by their kind")

    @field_validator("points")
    @classmethod
    def _enough(cls, points: tuple[PairSpec, ...]) -> tuple[PairSpec, ...]:
        if len(points) < 4:
            raise ValueError(f"{len(points)} points fix no plane; click at least four corners")
        for name, shape in (
            ("picture", Polygon([p.at for p in points])),
            ("surface", Polygon([p.cm for p in points])),
        ):
            if shape.convex_hull.area <= 0 or len({*map(tuple, _corners(shape))}) < 4:
                raise ValueError(
                    f"its points lie on a line or repeat in the {name}; click four real corners"
                )
        return points


def _corners(shape: Polygon) -> list[tuple[float, float]]:
    hull = shape.convex_hull
    return list(hull.exterior.coords)[:-1] if hull.geom_type == "Polygon" else []


class ZoneSpec(Strict):
    """A named place in the picture."""

    id: Id | None = Field(
        default=None, title="Id", description="Made from desk and kind where left out."
    )
    kind: ZoneKind = Field(title="What place it is", examples=["desk_top"])
    desk: str | None = Field(default=None, title="Its desk", examples=["D1"])
    polygon: PolygonNorm = Field(
        title="Corners in order, picture coordinates 0..1",
        examples=["[[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]"],
    )
    holds: tuple[ClassName, ...] = Field(
        default=(),
        title="What belongs here",
        description="For fixture, rack, service_box, pen_base, cabinet and bin_home.",
        examples=["[plant]"],
    )
    inside: bool = Field(
        default=False,
        title="Floor inside a window",
        description="A floor zone that the window keeps clean itself; else the public floor.",
    )

    @model_validator(mode="after")
    def _named_well(self) -> ZoneSpec:
        if self.id:
            refuse_private_rooms(self.id)
        if self.desk is None and self.kind in DESK_ZONES:
            raise ValueError(f"a {self.kind} zone belongs to a desk; add 'desk: ...'")
        return self


class LensSpec(Strict):
    """Lens distortion (Brown-Conrady), focal length as a share of the picture's width."""

    focal: float = Field(gt=0.1, lt=10, examples=[0.8])
    k1: float = Field(default=0.0, gt=-2, lt=2, examples=[-0.2])
    k2: float = Field(default=0.0, gt=-2, lt=2)
    centre: AtNorm = Field(default=(0.5, 0.5))


class HomeSpec(Strict):
    """A thing with its fixed place, as seen in the clean reference (定位)."""

    thing: ClassName = Field(title="Class", examples=["monitor"])
    at: AtNorm = Field(
        title="Where it touches what it stands on, 0..1",
        description="The middle of its box's lower edge.",
        examples=["[0.42, 0.55]"],
    )
    desk: str | None = Field(default=None, title="Its desk", examples=["D1"])
    tolerance_cm: float | None = Field(default=None, gt=0, le=500, examples=[8])


class CameraSpec(Strict):
    """One camera and what it sees."""

    id: Id = Field(title="Id, as in the snapshots' names", examples=["CAM1"])
    name: str = Field(default="", examples=["前台东侧"])
    size: tuple[Annotated[int, Field(ge=64)], Annotated[int, Field(ge=64)]] | None = Field(
        default=None, title="Picture width and height in px", examples=["[1920, 1080]"]
    )
    reference: Mapping[Light, str] = Field(
        default_factory=dict,
        title="Clean reference picture by light mode (day, lamp, ir, dark)",
        description="Paths are relative to this file.",
        examples=["{day: reference/CAM1.jpg}"],
    )
    lens: LensSpec | None = Field(default=None, examples=["{focal: 0.8, k1: -0.2}"])
    planes: tuple[PlaneSpec, ...] = Field(default=(), title="Measured surfaces")
    ignore: tuple[PolygonNorm, ...] = Field(
        default=(), title="Areas never looked at (time overlay, public screens)"
    )
    clock: PolygonNorm | None = Field(
        default=None,
        title="Where the recorder writes date and time",
        description="A frame whose written time stands still or is wrong is refused. "
        "Draw it closely round one line of figures; it is not looked at otherwise.",
        examples=["[[0.01, 0.01], [0.25, 0.01], [0.25, 0.06], [0.01, 0.06]]"],
    )
    zones: tuple[ZoneSpec, ...] = Field(default=(), title="Places")
    things: tuple[HomeSpec, ...] = Field(
        default=(), title="Things with a fixed place", description="Seen in the clean reference."
    )

    @field_validator("reference")
    @classmethod
    def _stays_below(cls, reference: Mapping[Light, str]) -> Mapping[Light, str]:
        for path in reference.values():
            if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/"):
                raise ValueError(
                    f"'{path}' leads out of the layout's folder; "
                    "put the picture beside the layout and write its relative path"
                )
        return reference

    @model_validator(mode="after")
    def _lawful(self) -> CameraSpec:
        refuse_private_rooms(self.id)
        refuse_private_rooms(self.name)
        return self


class LayoutSpec(Strict):
    """HALL.yaml: a hall's desks, hours and cameras."""

    schema_: Literal[1] = Field(alias="schema", title="Version of this schema", examples=[1])
    hall: HallSpec = Field(examples=["{id: shiquan, name: 石泉县政务服务中心}"])
    hours: Hours = Field(default_factory=Hours, title="Hours")
    desks: tuple[DeskSpec, ...] = Field(min_length=1, title="Desks", examples=["[{id: D1}]"])
    cameras: tuple[CameraSpec, ...] = Field(
        min_length=1, title="Cameras", examples=["[{id: CAM1, zones: [...]}]"]
    )
