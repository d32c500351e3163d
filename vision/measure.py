"""Detections and a camera's places to facts: which thing lies where, and what hides what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from vision.cables import trace
from vision.colour import colours_of
from vision.difference import WIDTH_PX as FINE_PX, Changes, Clean, compared, regions, without
from vision.geometry import (
    PlaneMap,
    ZoneRaster,
    ZoneStack,
    plane_map,
    polygon_area,
    raster,
    undistort,
    zone_mask,
)
from vision.lines import new_lines
from vision.registration import WIDTH_PX, Shift
from vision.seen import (
    BoxPx,
    CableTrace,
    CameraView,
    Detections,
    Difference,
    Image,
    Light,
    Plane,
    Thing,
    Zone,
    ZoneFact,
    ZoneKind,
)
from vision.witness import outnamed

FOOT: Final = 0.3
"""A thing's footprint is the lowest part of its box: this share of its height."""
OWNER_SHARE: Final = 0.3
HIDING_PERSON: Final = 0.15
"""Confidence from which a person hides what is behind: low, for hidden is never clean."""
BULKY: Final[Mapping[str, float]] = {
    # class: how much of its box is really opaque
    "chair": 0.6,
    "carton": 0.9,
    "bag": 0.8,
    "cabinet": 0.9,
    "plant": 0.7,
    "printer": 0.9,
    "monitor": 0.9,
    "bin": 0.8,
}
OWN_PART: Final[Mapping[ZoneKind, tuple[str, ...]]] = {
    "seat": ("chair",),
    "cabinet": ("cabinet",),
    "cabinet_top": ("cabinet",),
    "screen": ("monitor", "laptop"),
}
"""Zone kind -> classes whose own part such a zone is."""
DESK_PLANE: Final[frozenset[ZoneKind]] = frozenset(
    {"desk_top", "cup_point", "phone_point", "counter_top", "sign", "public_side", "pen_base"}
)
FLOOR_PLANE: Final[frozenset[ZoneKind]] = frozenset(
    {"floor", "under_desk", "bin_home", "staff", "chair", "keep_clear", "fixture"}
)
LINED: Final[frozenset[ZoneKind]] = frozenset({"floor", "under_desk"})
"""Where new lines are looked for: cables lie there, and hardly anything else that is as thin."""


class Measurer:
    """One camera's places at one picture size, drawn once; then one call a frame."""

    def __init__(self, view: CameraView, width: int, height: int) -> None:
        self.view = view
        self.size = (width, height)
        self.zones: tuple[Zone, ...] = view.zones
        self._stack = ZoneStack([raster(z.polygon_norm, width, height) for z in view.zones])
        self.rasters: dict[str, ZoneRaster] = {
            z.id: drawn for z, drawn in zip(view.zones, self._stack.zones, strict=True)
        }
        self._areas = {
            z.id: abs(polygon_area(np.asarray(z.polygon_norm) * self.size)) for z in view.zones
        }
        self._planes = [plane_map(p, width, height) for p in view.planes]
        self._plane_of: dict[str, PlaneMap | None] = {z.id: self._find(z) for z in view.zones}
        self._scale: dict[str, tuple[float, float] | None] = {
            z.id: self._scale_of(z) for z in view.zones
        }
        small = WIDTH_PX / width
        self._small = {
            z.id: zone_mask(z.polygon_norm, WIDTH_PX, max(8, round(height * small)), 1.0)
            for z in view.zones
        }
        fine = max(8, round(height * FINE_PX / width))
        self._fine = {z.id: zone_mask(z.polygon_norm, FINE_PX, fine, 1.0) for z in view.zones}
        self._lined = {z.id: self._fine[z.id] for z in view.zones if z.kind in LINED}
        self._desks = tuple(dict.fromkeys(z.desk for z in view.zones if z.desk is not None))
        self._ignored = [raster(p, width, height) for p in view.ignore_norm]
        self._floors = {z.id: self.rasters[z.id] for z in view.zones if z.kind in FLOOR_PLANE}

    def _find(self, zone: Zone) -> PlaneMap | None:
        for mapped in self._planes:
            if zone.id in mapped.plane.zones:
                return mapped
        for mapped in self._planes:
            plane: Plane = mapped.plane
            if plane.zones:
                continue
            if plane.kind == "desk" and zone.kind in DESK_PLANE and plane.desk == zone.desk:
                return mapped
            if plane.kind == "floor" and zone.kind in FLOOR_PLANE:
                return mapped
        return None

    def _scale_of(self, zone: Zone) -> tuple[float, float] | None:
        mapped = self._plane_of[zone.id]
        if mapped is None:
            return None
        centre = np.mean(np.asarray(zone.polygon_norm), axis=0) * self.size
        ideal = undistort(centre[None, :], self.view.lens, *self.size)[0]
        worse, better = mapped.px_per_cm((float(ideal[0]), float(ideal[1])))
        return (round(worse, 4), round(better, 4))

    def looked_at(self, found: Detections) -> Detections:
        """Without what lies mostly in a part of the picture that is never looked at.

        People stay: wherever they are, they must be masked.
        """
        if not self._ignored or len(found) == 0:
            return found
        shares = np.stack([r.share_of_boxes(found.boxes_xyxy_px) for r in self._ignored])
        person = found.class_index == CLASS_INDEX["person"]
        return found.where(np.asarray((shares.max(axis=0) < 0.5) | person))

    def things(
        self,
        found: Detections,
        thresholds: Mapping[str, float],
        image: Image,
        light: Light,
        *,
        faint: NDArray[np.bool_] | None = None,
        resting: NDArray[np.bool_] | None = None,
        confirmed: NDArray[np.bool_] | None = None,
    ) -> tuple[Thing, ...]:
        """Every detection as a fact, in their order; see ``Thing`` for the three masks."""
        if len(found) == 0:
            return ()
        boxes = found.boxes_xyxy_px
        feet = boxes.copy()
        feet[:, 1] = boxes[:, 3] - FOOT * (boxes[:, 3] - boxes[:, 1])
        inside, stands = self._stack.share_of_boxes(boxes), self._stack.share_of_boxes(feet)
        owners = self._owners(inside, stands)
        none = np.zeros(len(found), np.bool_)
        faint = none if faint is None else faint
        resting = none if resting is None else resting
        confirmed = none if confirmed is None else confirmed
        otherwise = outnamed(found, thresholds)
        hidden = self._hidden(found, boxes[self.people(found, faint)]).tolist()
        contacts = np.column_stack(((boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3])).astype(float)
        at, sizes = self._on_planes(boxes.astype(float), contacts)
        colours = [None] * len(found) if light == "ir" else colours_of(found, image)
        touched, on = self._places(inside), self._places(stands)
        xyxy, contact = boxes.tolist(), contacts.tolist()
        out: list[Thing] = []
        for i, (slot, confidence) in enumerate(
            zip(found.class_index.tolist(), found.confidence.tolist(), strict=True)
        ):
            size, where = self._in_cm(on[i], at, sizes, i)
            sure_from = thresholds.get(CLASSES[slot], 1.1)
            alone = confidence >= sure_from
            out.append(
                Thing(
                    cls=CLASSES[slot],
                    confidence=round(confidence, 4),
                    sure=(alone or bool(confirmed[i])) and not otherwise[i],
                    box_xyxy_px=tuple(xyxy[i]),
                    contact_px=tuple(contact[i]),
                    inside=touched[i],
                    stands=on[i],
                    desk=owners[i],
                    hidden=hidden[i],
                    size_cm=size,
                    contact_cm=where,
                    lab=colours[i],
                    as_clean=bool(resting[i]),
                    faint=bool(faint[i]),
                    seconded=bool(confirmed[i]) and not alone,
                    sure_from=round(float(sure_from), 4),
                )
            )
        return tuple(out)

    def _places(self, shares: NDArray[np.float64]) -> list[dict[str, float]]:
        """Each thing's zones with a share, of shares (zones, N), in the layout's order."""
        out: list[dict[str, float]] = [{} for _ in range(shares.shape[1])]
        things, zones = np.nonzero(shares.T > 0)
        rounded = np.round(shares[zones, things], 4)
        for thing, zone, share in zip(
            things.tolist(), zones.tolist(), rounded.tolist(), strict=True
        ):
            out[thing][self.zones[zone].id] = share
        return out

    def _on_planes(
        self, boxes: NDArray[np.float64], contacts: NDArray[np.float64]
    ) -> tuple[dict[str, list[list[float]]], dict[str, list[list[float]]]]:
        """Plane id -> each thing's contact, and width and depth, as if it stood there; cm."""
        x1, y1, x2, y2 = boxes.T
        mid = (x1 + x2) / 2
        points = np.stack((contacts.T, (x1, y2), (x2, y2), (mid, y1), (mid, y2))).transpose(2, 0, 1)
        flat = undistort(points.reshape(-1, 2), self.view.lens, *self.size)
        at, sizes = {}, {}
        for mapped in self._planes:
            contact, left, right, head, foot = mapped.cm(flat).reshape(-1, 5, 2).transpose(1, 0, 2)
            at[mapped.plane.id] = np.round(contact, 1).tolist()
            sides = np.stack((np.hypot(*(right - left).T), np.hypot(*(foot - head).T)), axis=1)
            sizes[mapped.plane.id] = np.round(sides, 1).tolist()
        return at, sizes

    def _in_cm(
        self,
        stands: Mapping[str, float],
        at: Mapping[str, Sequence[Sequence[float]]],
        sizes: Mapping[str, Sequence[Sequence[float]]],
        i: int,
    ) -> tuple[tuple[float, float] | None, dict[str, tuple[float, float]]]:
        """Size on the plane that the thing stands on most, and its place on each that it may."""
        size: tuple[float, float] | None = None
        where: dict[str, tuple[float, float]] = {}
        for zone in sorted(stands, key=stands.__getitem__, reverse=True):
            mapped = self._plane_of[zone]
            if mapped is None or mapped.plane.id in where:
                continue
            x, y = at[mapped.plane.id][i]
            where[mapped.plane.id] = (x, y)
            if size is None:
                width, depth = sizes[mapped.plane.id][i]
                size = (width, depth)
        return size, where

    def _owners(self, inside: NDArray[np.float64], stands: NDArray[np.float64]) -> list[str | None]:
        """Each thing's one desk: where most of its footprint stands, then most of its box."""
        count = inside.shape[1]
        if not self._desks:
            return [None] * count
        share = np.zeros((len(self._desks), count))
        for zone, here in zip(self.zones, np.maximum(stands, 0.999 * inside), strict=True):
            if zone.desk is None or zone.kind in ("public_side", "public_sight"):
                continue
            row = self._desks.index(zone.desk)
            np.maximum(share[row], here, out=share[row])
        best = share.argmax(axis=0)
        strong = share.max(axis=0) >= OWNER_SHARE
        return [self._desks[int(b)] if ok else None for b, ok in zip(best, strong, strict=True)]

    def _hidden(self, found: Detections, people: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (N,): the share of each box that the most covering person (P, 4) lies over."""
        if len(people) == 0:
            return np.zeros(len(found))
        boxes = found.boxes_xyxy_px
        low = np.maximum(boxes[:, None, :2], people[None, :, :2])
        high = np.minimum(boxes[:, None, 2:], people[None, :, 2:])
        shared = np.clip(high - low, 0, None).prod(axis=2)
        area = np.clip(boxes[:, 2:] - boxes[:, :2], 1e-6, None).prod(axis=1)
        out = np.asarray(np.round((shared / area[:, None]).max(axis=1), 4), np.float64)
        out[found.class_index == CLASS_INDEX["person"]] = 0.0
        return out

    @staticmethod
    def people(found: Detections, faint: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which detections (N,) hide what is behind them."""
        return np.asarray(
            (found.class_index == CLASS_INDEX["person"])
            & (found.confidence >= HIDING_PERSON)
            & ~faint
        )

    def zone_facts(self, things: tuple[Thing, ...], grey: NDArray[np.uint8]) -> dict[str, ZoneFact]:
        """What can be said of every zone; ``grey`` is the gate's small copy."""
        people = np.array(_hiding(things), np.float32).reshape(-1, 4)
        bulky = [t for t in things if t.cls in BULKY and t.sure]
        covered = self._stack.covered_px(people)
        out: dict[str, ZoneFact] = {}
        for zone, by_people in zip(self.zones, covered, strict=True):
            drawn = self.rasters[zone.id]
            whole = self._areas[zone.id]
            out[zone.id] = ZoneFact(
                id=zone.id,
                kind=zone.kind,
                desk=zone.desk,
                area_px=round(whole, 1),
                hidden=round(drawn.hidden_by(people, by_people), 4),
                hidden_by_things=self._covered(zone, bulky),
                px_per_cm=self._scale[zone.id],
                luminance=self._luminance(zone, grey),
                in_view=min(1.0, round(drawn.area_px / max(whole, 1.0), 2)),
            )
        return out

    def _covered(self, zone: Zone, bulky: list[Thing]) -> float:
        """The share of a zone behind things that don't stand in it."""
        total = 0.0
        whole = max(1.0, self.rasters[zone.id].area_px)
        for thing in bulky:
            if thing.stands.get(zone.id, 0.0) >= 0.5 or zone.kind in ("chair", "chair_back"):
                continue
            if thing.cls in OWN_PART.get(zone.kind, ()):
                continue  # a thing does not hide its own part
            share = thing.inside.get(zone.id, 0.0)
            if share:
                x1, y1, x2, y2 = thing.box_xyxy_px
                total += BULKY[thing.cls] * share * (x2 - x1) * (y2 - y1)
        return round(min(1.0, total / whole), 4)

    def _luminance(self, zone: Zone, grey: NDArray[np.uint8]) -> float | None:
        """Mean L* of the zone, from the small grey copy (sRGB grey to CIE L*)."""
        drawn = self._small[zone.id]
        h, w = drawn.mask.shape
        part = grey[drawn.y0 : drawn.y0 + h, drawn.x0 : drawn.x0 + w]
        if part.shape != drawn.mask.shape or drawn.pixels == 0:
            return None
        mean = cv2.mean(part, drawn.mask.view(np.uint8))[0] / 255.0
        linear = mean / 12.92 if mean <= 0.04045 else ((mean + 0.055) / 1.055) ** 2.4
        cube = np.cbrt(linear) if linear > 0.008856 else 7.787 * linear + 16 / 116
        return round(116.0 * float(cube) - 16.0, 1)

    def cables(self, found: Detections, image: Image) -> tuple[CableTrace, ...]:
        """The line work of every cable and power strip."""
        wanted = (CLASS_INDEX["cable"], CLASS_INDEX["power_strip"])
        rows = np.flatnonzero(np.isin(found.class_index, wanted))
        floor = next((p for p in self._planes if p.plane.kind == "floor"), None)
        traces = (trace(image, found.boxes_xyxy_px[i], self._floors, floor) for i in rows)
        return tuple(t for t in traces if t is not None)

    def changes(self, image: Image, reference: Clean, shift: Shift | None) -> Changes:
        """Which pixels differ from the clean reference, people's included."""
        align = None
        if shift is not None and shift.affine is not None:
            align = np.array(shift.affine, np.float64).reshape(2, 3)
            align[:, 2] *= FINE_PX / WIDTH_PX
        return compared(image, reference, align, FINE_PX / self.size[0])

    def lines(self, changes: Changes, things: tuple[Thing, ...]) -> tuple[CableTrace, ...]:
        """New lines on the floors, people left out."""
        return new_lines(
            changes.light,
            changes.clean,
            _hiding(things),
            self._lined,
            next((p for p in self._planes if p.plane.kind == "floor"), None),
            changes.scale,
        )

    def differences(
        self,
        changes: Changes,
        reference: Clean,
        things: tuple[Thing, ...],
        left: Sequence[tuple[BoxPx, str]] = (),
    ) -> tuple[Difference, ...]:
        """What differs from the clean reference, zone by zone, people left out.

        ``left``: box and class of what stood in the clean picture and is no longer there.
        """
        return regions(
            without(changes.mask, _hiding(things), changes.scale),
            changes.lab,
            reference,
            self._fine,
            self._plane_of,
            things,
            changes.scale,
            left,
        )


def _hiding(things: tuple[Thing, ...]) -> list[BoxPx]:
    return [
        t.box_xyxy_px
        for t in things
        if t.cls == "person" and not t.faint and t.confidence >= HIDING_PERSON
    ]
