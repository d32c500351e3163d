"""A hall's layout: HALL.yaml read, checked, and turned into what vision and the rules need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from shapely.geometry import Point, Polygon

from rules.hours import Hours
from rules.layout_schema import (
    SCHEMA_VERSION,
    CameraSpec,
    DeskSpec,
    HallSpec,
    HomeSpec,
    LayoutSpec,
    ZoneSpec,
)
from rules.yaml_lines import Document, Loc, complain, load_yaml, parse
from vision.seen import CameraView, LayoutError, Lens, Plane, PointNorm, Zone, ZoneKind

__all__ = ["CameraLayout", "HallLayout", "HallSpec", "layout_of", "load_layout"]

FLOOR_KINDS = frozenset({"floor", "under_desk", "bin_home", "staff", "chair", "keep_clear"})


@dataclass(frozen=True)
class CameraLayout:
    """One camera's places, every zone with its id."""

    id: str
    name: str
    size: tuple[int, int] | None
    zones: tuple[Zone, ...]
    view: CameraView
    holds: Mapping[str, tuple[str, ...]]
    """Zone id -> classes that belong there."""
    inside: frozenset[str]
    """Ids of floor zones that a window keeps clean itself."""
    things: tuple[HomeSpec, ...]
    _by_place: Mapping[tuple[str | None, ZoneKind], tuple[Zone, ...]] = field(repr=False)

    def of(self, kind: ZoneKind, desk: str | None) -> tuple[Zone, ...]:
        """This camera's zones of a kind that belong to a desk (None: to the hall)."""
        return self._by_place.get((desk, kind), ())

    def watched(self, at: PointNorm) -> tuple[str, ...]:
        """The ids of the zones round a thing's fixed place; none where no change is looked for."""
        return self._watched.get(at, ())

    @cached_property
    def _watched(self) -> Mapping[PointNorm, tuple[str, ...]]:
        shapes = [(zone.id, Polygon(zone.polygon_norm)) for zone in self.zones]
        never = [Polygon(polygon) for polygon in self.view.ignore_norm]
        out: dict[PointNorm, tuple[str, ...]] = {}
        for at in {home.at for home in self.things}:
            point = Point(at)
            blind = any(shape.covers(point) for shape in never)
            out[at] = () if blind else tuple(i for i, shape in shapes if shape.covers(point))
        return out

    def sees(self, desk: str) -> bool:
        """Whether any zone of the desk is drawn on this camera."""
        return any(owner == desk for owner, _ in self._by_place)


@dataclass(frozen=True)
class HallLayout:
    """A checked layout.  Geometry is in normalised picture coordinates, sizes in cm."""

    path: str
    version: int
    hall: HallSpec
    hours: Hours
    desks: tuple[DeskSpec, ...]
    cameras: tuple[CameraLayout, ...]

    @cached_property
    def _desks(self) -> Mapping[str, DeskSpec]:
        return {desk.id: desk for desk in self.desks}

    @cached_property
    def _cameras(self) -> Mapping[str, CameraLayout]:
        return {camera.id: camera for camera in self.cameras}

    def desk(self, desk_id: str) -> DeskSpec:
        return self._desks[desk_id]

    def camera(self, camera_id: str) -> CameraLayout:
        """The camera of that id; an unknown one is an error with the known ones."""
        if camera_id not in self._cameras:
            known = ", ".join(self._cameras)
            raise LayoutError(
                f"{Path(self.path).name}: there is no camera '{camera_id}' in this layout "
                f"(known: {known}); name snapshots CAMERA_YYYYMMDDTHHMMSS.jpg or add the camera."
            )
        return self._cameras[camera_id]

    def knows_camera(self, camera_id: str) -> bool:
        return camera_id in self._cameras

    def view(self, camera_id: str) -> CameraView:
        """All that vision needs to know of one camera."""
        return self.camera(camera_id).view

    def hall_zones(self) -> Iterator[tuple[CameraLayout, Zone]]:
        """The zones that belong to no desk, camera by camera in the file's order."""
        for camera in self.cameras:
            for zone in camera.zones:
                if zone.desk is None:
                    yield camera, zone


def load_layout(path: str | Path) -> HallLayout:
    """Read and check HALL.yaml.  Every fault is one sentence with file, line, field and mend."""
    document = load_yaml(path, LayoutError)
    return layout_of(document, Path(path))


def layout_of(document: Document, path: Path) -> HallLayout:
    """A layout from plain data with lines."""
    _check_version(document)
    spec = parse(LayoutSpec, document, LayoutError)
    _check_names(spec, document)
    cameras = tuple(
        _camera(camera, spec, document, ("cameras", i), path)
        for i, camera in enumerate(spec.cameras)
    )
    return HallLayout(
        path=str(path),
        version=spec.schema_,
        hall=spec.hall,
        hours=spec.hours,
        desks=spec.desks,
        cameras=cameras,
    )


def _check_version(document: Document) -> None:
    if not isinstance(document.data, dict) or "schema" not in document.data:
        return  # the model says what is missing
    given = document.data["schema"]
    if isinstance(given, int) and given > SCHEMA_VERSION:
        raise complain(
            LayoutError, document, ("schema",),
            f"version {given} is newer than this program reads ({SCHEMA_VERSION})",
            "update deskcheck, or write schema: 1",
        )  # fmt: skip


def _check_names(spec: LayoutSpec, document: Document) -> None:
    """Ids are unique, and what is named exists."""
    seen: dict[str, str] = {}
    for i, desk in enumerate(spec.desks):
        if desk.id in seen:
            raise complain(
                LayoutError, document, ("desks", i, "id"), f"there are two desks '{desk.id}'",
                "give each its own id",
            )  # fmt: skip
        seen[desk.id] = desk.id
    windows = {desk.window for desk in spec.desks if desk.window} | {d.id for d in spec.desks}
    for name in spec.hours.windows:
        if name not in windows:
            raise complain(
                LayoutError, document, ("hours", "windows", name), f"no desk has window '{name}'",
                f"write one of {', '.join(sorted(windows))}",
            )  # fmt: skip
    cameras: set[str] = set()
    for i, camera in enumerate(spec.cameras):
        if camera.id in cameras:
            raise complain(
                LayoutError, document, ("cameras", i, "id"), f"there are two cameras '{camera.id}'",
                "give each its own id",
            )  # fmt: skip
        cameras.add(camera.id)
        _check_camera_names(camera, seen, document, ("cameras", i))


def _check_camera_names(
    camera: CameraSpec, desks: Mapping[str, str], document: Document, at: Loc
) -> None:
    known = f"write one of {', '.join(desks)}, or add the desk"
    named: list[tuple[Loc, str | None]] = [
        *(((*at, "zones", i, "desk"), zone.desk) for i, zone in enumerate(camera.zones)),
        *(((*at, "planes", i, "desk"), plane.desk) for i, plane in enumerate(camera.planes)),
        *(((*at, "things", i, "desk"), thing.desk) for i, thing in enumerate(camera.things)),
    ]
    for loc, desk in named:
        if desk is not None and desk not in desks:
            raise complain(LayoutError, document, loc, f"there is no desk '{desk}'", known)
    tops: set[str] = set()
    for i, zone in enumerate(camera.zones):
        if zone.kind == "desk_top" and zone.desk is not None:
            if zone.desk in tops:
                raise complain(
                    LayoutError, document, (*at, "zones", i, "kind"),
                    f"desk '{zone.desk}' has two desk_top zones on camera '{camera.id}'",
                    "keep one polygon round the whole top",
                )  # fmt: skip
            tops.add(zone.desk)
    for i, plane in enumerate(camera.planes):
        if plane.kind == "desk" and plane.desk is None and not plane.zones:
            raise complain(
                LayoutError, document, (*at, "planes", i), "a desk plane without its desk",
                "add 'desk: ...' or 'zones: [...]'",
            )  # fmt: skip


def _zone_id(zone: ZoneSpec, camera: str, taken: set[str]) -> str:
    # a hall zone is a place of its own on each camera unless its id says otherwise
    base = zone.id or f"{zone.desk or camera}-{zone.kind}"
    if zone.id is not None or base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _camera(
    spec: CameraSpec, layout: LayoutSpec, document: Document, at: Loc, path: Path
) -> CameraLayout:
    taken: set[str] = {zone.id for zone in spec.zones if zone.id is not None}
    given: set[str] = set()
    zones: list[Zone] = []
    holds: dict[str, tuple[str, ...]] = {}
    inside: set[str] = set()
    for i, zone in enumerate(spec.zones):
        if zone.id is not None and zone.id in given:
            raise complain(
                LayoutError, document, (*at, "zones", i, "id"), f"there are two zones '{zone.id}'",
                "give each its own id",
            )  # fmt: skip
        zone_id = _zone_id(zone, spec.id, taken)
        taken.add(zone_id)
        given.add(zone_id)
        zones.append(Zone(zone_id, zone.kind, zone.polygon, zone.desk))
        if zone.holds:
            holds[zone_id] = zone.holds
        if zone.inside:
            inside.add(zone_id)
    for i, plane in enumerate(spec.planes):
        for j, name in enumerate(plane.zones):
            if name not in given:
                raise complain(
                    LayoutError, document, (*at, "planes", i, "zones", j),
                    f"there is no zone '{name}' on camera '{spec.id}'",
                    f"write one of {', '.join(sorted(given))}",
                )  # fmt: skip
    planes = [
        Plane(
            p.id, p.kind, tuple(q.at for q in p.points), tuple(q.cm for q in p.points), p.desk,
            p.zones,
        )
        for p in spec.planes
    ]  # fmt: skip
    planes.extend(_planes_of_desks(layout, zones, planes))
    view = CameraView(
        camera=spec.id,
        zones=tuple(zones),
        planes=tuple(planes),
        lens=None
        if spec.lens is None
        else Lens(spec.lens.focal, spec.lens.k1, spec.lens.k2, spec.lens.centre),
        reference={light: str(path.parent / name) for light, name in spec.reference.items()},
        ignore_norm=(*spec.ignore, *(() if spec.clock is None else (spec.clock,))),
        clock_norm=spec.clock,
    )
    by_place: dict[tuple[str | None, ZoneKind], tuple[Zone, ...]] = {}
    for placed in zones:
        key = (placed.desk, placed.kind)
        by_place[key] = (*by_place.get(key, ()), placed)
    return CameraLayout(
        id=spec.id,
        name=spec.name,
        size=spec.size,
        zones=tuple(zones),
        view=view,
        holds=holds,
        inside=frozenset(inside),
        things=spec.things,
        _by_place=by_place,
    )


def _planes_of_desks(layout: LayoutSpec, zones: list[Zone], planes: list[Plane]) -> Iterator[Plane]:
    """A desk top of four corners whose size is known is a plane by itself."""
    sizes = {desk.id: desk.size_cm for desk in layout.desks}
    measured = {plane.desk for plane in planes if plane.kind == "desk"}
    for zone in zones:
        size = sizes.get(zone.desk or "")
        if (
            zone.kind == "desk_top"
            and size is not None
            and zone.desk not in measured
            and len(zone.polygon_norm) == 4
        ):
            width, depth = size
            corners = ((0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth))
            yield Plane(f"{zone.desk}-top", "desk", zone.polygon_norm, corners, zone.desk)
