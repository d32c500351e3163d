"""Random workplaces for teaching pictures: desks side by side, their clutter, people, the floor.

Windows run along x, staff sit at -y and look to +y, citizens stand at +y.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from datasets.render import furniture, garments, people, rooms, rooms_train
from datasets.render.assets import AssetSpec, specs
from datasets.render.assets.drawn import any_look
from datasets.render.stage import Stage
from datasets.render.tint import Tint, any_colour, shade, tint_objects

ROOM_X, ROOM_Y, ROOM_H = (-6.5, 6.5), (-6.0, 5.5), 3.6
PITCH_M = 1.95  # from window to window

TINTS = 24  # other colours of a teaching scene's furniture
CLOTHS = 16  # that a teaching scene cuts each garment from

ON_DESK: dict[str, float] = {
    "phone": 5, "cup": 5, "paper": 4, "charger": 3, "earphones": 3, "thermos": 2, "bottle": 3,
    "food": 2, "folder": 2, "book": 1.5, "bag": 0.8, "umbrella": 0.8, "calculator": 1.5,
    "stamp": 1.5, "inkpad": 1.2, "pen_base": 1.2, "telephone": 1.5, "plant": 1, "litter": 1,
    "scanner": 0.8, "doc_camera": 1.2, "printer": 1.2, "laptop": 0.5, "name_plate": 0.6,
    "cable": 0.4, "stain": 0.6, "power_strip": 0.3, "notice": 0.4, "service_box": 0.2,
    "rating_device": 0.4, "": 3.0,
}  # fmt: skip
ON_COUNTER: dict[str, float] = {
    "rating_device": 3, "name_plate": 3, "guide_rack": 1.5, "pause_sign": 2.5, "pen_base": 2,
    "notice": 1.5, "phone": 1.5, "cup": 1, "paper": 2, "plant": 1.2, "bottle": 0.8, "bag": 0.8,
    "folder": 0.6, "umbrella": 0.3, "service_box": 0.6, "": 0.6,
}  # fmt: skip
UNDER_DESK: dict[str, float] = {
    "bag": 3, "carton": 4, "bin": 2.5, "power_strip": 4, "cable": 4, "thermos": 1.2, "heater": 1,
    "litter": 1.2, "umbrella": 0.8, "folder": 0.6, "bottle": 0.6, "food": 0.5,
}  # fmt: skip
ON_FLOOR: dict[str, float] = {
    "cable": 4, "power_strip": 3, "litter": 4, "carton": 2, "bag": 1.5, "bin": 1.5, "stain": 1.5,
    "paper": 0.7, "heater": 0.6, "plant": 0.6, "thermos": 0.6, "extinguisher": 0.8, "umbrella": 0.4,
    "": 1.5,
}  # fmt: skip
ON_SEAT: dict[str, float] = {
    "bag": 5, "carton": 1, "book": 1, "folder": 1, "umbrella": 1, "food": 1, "paper": 1, "cup": 0.3,
    "phone": 0.6, "bottle": 0.5, "clothing": 2.5,
}  # fmt: skip


CHANCY = frozenset(
    {"cable", "paper", "power_strip", "charger", "earphones", "litter", "stain", "book"}
)
"""Classes whose builders draw a new shape for each variant."""


FACING = frozenset({
    "rating_device", "name_plate", "guide_rack", "notice", "telephone", "printer", "scanner",
    "doc_camera", "laptop", "calculator", "service_box", "pause_sign", "heater", "carton",
})  # fmt: skip
"""Classes that stand with their front to somebody."""


@dataclass
class Free:
    """Discs already taken on a rectangle (x0, y0, x1, y1) in metres."""

    area: tuple[float, float, float, float]
    taken: list[tuple[float, float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, r: float) -> None:
        self.taken.append((x, y, r))

    def find(self, rng: random.Random, r: float, tries: int = 30) -> tuple[float, float] | None:
        x0, y0, x1, y1 = self.area
        m = min(r * 0.8, 0.14)
        for _ in range(tries):
            if x1 - x0 <= 2 * m or y1 - y0 <= 2 * m:
                return None
            x, y = rng.uniform(x0 + m, x1 - m), rng.uniform(y0 + m, y1 - m)
            if all(math.hypot(x - a, y - b) > (r + c) * 0.92 for a, b, c in self.taken):
                self.take(x, y, r)
                return x, y
        return None


def _draw(rng: random.Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


class Workplace:
    """Fills a stage with a row of windows; ``centres`` are the desks' middles (x, y)."""

    def __init__(self, stage: Stage, rng: random.Random) -> None:
        self.stage, self.rng, self.split = stage, rng, stage.split
        self.centres: list[tuple[float, float]] = []
        self.wood = shade(random.Random(f"wood/{self._chance(TINTS)}"))
        self.by_class: dict[str, list[AssetSpec]] = {}
        for s in specs(split=self.split):
            self.by_class.setdefault(s.cls or "", []).append(s)

    def pick(self, cls: str, tags: Sequence[str] = (), without: Sequence[str] = ()) -> AssetSpec:
        pool = self.by_class[cls]
        pool = [
            s
            for s in pool
            if (not tags or set(tags) & set(s.tags)) and not set(without) & set(s.tags)
        ] or pool
        if self.split != "train":
            return self.rng.choice(pool)
        return any_look(pool, self.rng, plain=0.1)

    def put(
        self, s: AssetSpec, x: float, y: float, z: float, turn: float, place: str, desk: str
    ) -> int:
        return self.stage.place(
            s,
            (x, y, z),
            turn,
            self.rng.uniform(0.94, 1.07),
            desk=desk,
            place=place,
            variant=self.rng.randrange(4) if s.cls in CHANCY else 0,
        )

    def _choose(self, weights: dict[str, float], low: bool, place: str) -> AssetSpec:
        cls = _draw(self.rng, weights)
        if cls == "":
            return self.pick(cls, ("floor",) if low else ("desk",))
        if not low:
            return self.pick(cls, (), ("floor", "loose", "drop", "bundle"))
        if cls == "cable" and self.rng.random() < 0.85:
            return self.pick(cls, ("loose", "drop" if place == "under_desk" else "coil"))
        return self.pick(cls, ("big",) if cls == "thermos" else ())

    def scatter(
        self,
        weights: dict[str, float],
        count: int,
        free: Free,
        z: float,
        place: str,
        desk: str,
        *,
        face: float = 0.0,
    ) -> None:
        """``count`` things of chance on ``free`` at height ``z``; ``face`` is how fronts turn."""
        rng = self.rng
        chosen = [self._choose(weights, z < 0.05, place) for _ in range(count)]
        # the big ones first, or they would never find room
        chosen.sort(key=lambda s: -max(s.size_m[:2]))
        for s in chosen:
            w, d = s.size_m[0], s.size_m[1]
            thin = s.cls in {"cable", "stain", "umbrella"} or "floor" in s.tags
            at = free.find(rng, 0.08 if thin else 0.5 * min(math.hypot(w, d), 1.2 * max(w, d)))
            if at is None:
                continue
            turn = face + rng.gauss(0, 0.25) if s.cls in FACING else rng.uniform(0, 2 * math.pi)
            if place == "under_desk" and s.cls in {"cable", "power_strip"}:
                turn = rng.gauss(0, 0.5)
            self.put(s, *at, z, turn, place, desk)

    # ------------------------------------------------------------------------------ one window

    def window(
        self,
        index: int,
        cx: float,
        desk: furniture.Piece,
        counter: furniture.Piece | None,
        *,
        mess: float,
    ) -> None:
        rng, stage = self.rng, self.stage
        name = f"d{index}"
        w, d, h = desk.dims["w"], desk.dims["d"], desk.dims["h"]
        self.centres.append((cx, 0.0))
        self._tint(stage.place(desk, (cx, 0, 0), 0, desk=name), self.wood)
        x0, x1, y0, y1 = cx - w / 2, cx + w / 2, -d / 2, d / 2
        top = Free((x0 + 0.03, y0 + 0.02, x1 - 0.03, y1 - 0.02))
        self._screen_and_keys(cx, h, top, name)
        clean = rng.random() < 0.1
        self.scatter(
            ON_DESK, 0 if clean else round(rng.uniform(6, 15) * mess + 2), top, h, "desk", name
        )
        if counter is not None:
            cy, ch, cd = d / 2 + 0.03, counter.dims["h"], counter.dims["d"]
            self._tint(stage.place(counter, (cx, cy, 0), 0, desk=name), self.wood)
            shelf = Free((cx - 0.85, cy + 0.03, cx + 0.85, cy + cd - 0.02))
            self.scatter(
                ON_COUNTER,
                rng.randint(3, 8),
                shelf,
                ch,
                "counter",
                name,
                face=math.pi if rng.random() < 0.75 else 0.0,
            )
        self._chair(cx, y0, name)
        ped = desk.dims["pedestal"]
        ux0, ux1 = (
            (x0 + 0.06, x1 - 0.46)
            if ped > 0
            else (x0 + 0.46, x1 - 0.06)
            if ped < 0
            else (x0 + 0.06, x1 - 0.06)
        )
        if desk.dims.get("both"):
            ux0, ux1 = x0 + 0.46, x1 - 0.46
        under = Free((ux0, y0 + 0.05, ux1, y1 - 0.12))
        if rng.random() < 0.5:
            t = rng.choice(furniture.towers(self.split))
            at = under.find(rng, 0.2)
            if at:
                stage.place(t, (at[0], 0.05, 0), rng.gauss(0, 0.06), desk=name)
        if rng.random() < 0.4:
            t = rng.choice(furniture.trays(self.split))
            stage.place(t, ((ux0 + ux1) / 2, y1 - 0.14, h - 0.16), 0, desk=name, tags=("tray",))
        if rng.random() < 0.3:
            self.put(
                self.pick("cable", ("bundle",)),
                (ux0 + ux1) / 2,
                y1 - 0.1,
                rng.choice((0.0, 0.35)),
                rng.gauss(0, 0.05),
                "under_desk",
                name,
            )
        if not clean:
            self.scatter(UNDER_DESK, rng.choice((0, 2, 3, 4, 5, 6)), under, 0, "under_desk", name)

    def _screen_and_keys(self, cx: float, h: float, top: Free, name: str) -> None:
        rng = self.rng
        if rng.random() < 0.93:
            x = cx + rng.uniform(-0.3, 0.3)
            self.put(
                self.pick("monitor"),
                x,
                0.16 + rng.uniform(-0.03, 0.05),
                h,
                rng.gauss(0, 0.2),
                "desk",
                name,
            )
            top.take(x, 0.17, 0.15)
            top.take(x - 0.17, 0.17, 0.1)
            top.take(x + 0.17, 0.17, 0.1)
            kx, ky = x + rng.gauss(0, 0.06), -0.15 + rng.gauss(0, 0.05)
            if rng.random() < 0.92:
                self.put(self.pick("keyboard"), kx, ky, h, rng.gauss(0, 0.12), "desk", name)
                for q in (-0.15, 0, 0.15):
                    top.take(kx + q, ky, 0.09)
                if rng.random() < 0.9:
                    self.put(
                        self.pick("mouse"),
                        kx + 0.3,
                        ky + rng.gauss(0, 0.04),
                        h,
                        rng.gauss(0, 0.3),
                        "desk",
                        name,
                    )
                    top.take(kx + 0.3, ky, 0.06)

    def _chair(self, cx: float, edge: float, name: str) -> None:
        rng, stage = self.rng, self.stage
        if rng.random() < 0.06:
            return
        key = rng.choice([k for k in furniture.CHAIRS if k.startswith(self.split + ".")])
        chair = next(p for p in furniture.chairs(self.split) if p.id == f"chair.{key}")
        seated = rng.random() < 0.4
        x = cx + rng.gauss(0, 0.12)
        y = edge - (rng.uniform(0.12, 0.3) if seated else rng.uniform(0.1, 0.75))
        turn = math.pi + (rng.gauss(0, 0.2) if seated else rng.gauss(0, 0.6))
        cover = self._chance(furniture.CHAIR_COLOURS)
        if cover:
            other = furniture.recoloured(chair, cover)
            stage.place(other, (x, y, 0), turn, desk=name, place="chair")
        else:
            own = stage.place(chair, (x, y, 0), turn, desk=name, place="chair")
            self._tint(own, self._colour())
        z = chair.dims["seat_z"]
        if seated:
            pose = rng.choice(("seated", "typing", "leaning_back"))
            p = rng.choice(people.people(self.split, (pose,)))
            stage.place(p, (x, y, z - 0.48), turn, desk=name, place="chair")
        elif rng.random() < 0.45:
            cls = _draw(rng, ON_SEAT)
            if cls == "clothing":
                self._garment(key, (x, y), turn, "seat", name)
            else:
                s = self.pick(cls, (), ("floor", "stand", "edge"))
                r = rng.uniform(0, 0.06)
                self.put(
                    s, x + r, y + rng.uniform(-0.06, 0.06), z, rng.uniform(0, 6.3), "seat", name
                )
        elif self.split == "train" and rng.random() < 0.35:
            soft = rng.choice(furniture.cushions(self.split))
            self._tint(stage.place(soft, (x, y, z), turn, desk=name, place="seat"), self._colour())
        if rng.random() < (0.3 if seated else 0.45):
            self._garment(key, (x, y), turn, "back", name)

    def _garment(
        self, chair: str, at: tuple[float, float], turn: float, where: str, name: str
    ) -> None:
        if self.split == "train":
            key, way, variant = self.rng.choice(garments.meetings(chair, where))
            cloth = self.rng.randrange(CLOTHS)
            g = garments.drape(key, chair, way, variant, cloth)
        else:
            # a drape costs seconds of cloth simulation: each garment meets one chair per place
            looks = [k for k in furniture.CHAIRS if k.startswith(self.split + ".")]
            turn_by = looks.index(chair) + (1 if where == "seat" else 0)
            keys = garments.keys(self.split)
            fit = [k for i, k in enumerate(keys) if (i + turn_by) % len(looks) == 0]
            key = self.rng.choice(fit[: 1 if where == "seat" else None] or keys)
            g = garments.drape(key, chair, where)
        self.stage.place(g, (*at, 0), turn, desk=name, place=where)

    def _chance(self, count: int) -> int:
        """A number below ``count``; drawn in teaching scenes only, others stay as they were."""
        return self.rng.randrange(count) if self.split == "train" else 0

    def _colour(self) -> Tint:
        return any_colour(random.Random(f"cloth/{self._chance(TINTS)}"))

    def _tint(self, ident: int, tint: Tint) -> None:
        """Teaching scenes only: other halls keep the colours that their looks name."""
        if self.split == "train":
            tint_objects(self.stage.instances[ident].objects, tint)

    # ------------------------------------------------------------------------------ the whole

    def build(self, count: int = 3) -> rooms.Room:
        rng, stage = self.rng, self.stage
        room = rooms_train.choose(stage, rng, ROOM_X, ROOM_Y, ROOM_H)
        desk = rng.choice(furniture.desks(self.split))
        counter = rng.choice(furniture.counters(self.split)) if rng.random() < 0.75 else None
        mess = rng.choice((0.4, 1.0, 1.0, 1.3))
        for i in range(count):
            self.window(i, (i - (count - 1) / 2) * PITCH_M, desk, counter, mess=mess)
        half = count * PITCH_M / 2
        behind = Free((-half, -2.6, half, -0.55))
        for cx, cy in self.centres:
            behind.take(cx, cy - 0.7, 0.36)
        if rng.random() < 0.6:
            c = rng.choice(furniture.cabinets(self.split))
            x = rng.uniform(-half, half)
            stage.place(c, (x, -3.0, 0), math.pi, place="cabinet")
            wide = min(0.4, c.size_m[0] / 2 - 0.04) if self.split == "train" else 0.4
            end = x + c.size_m[0] / 2
            while self.split == "train" and end < half and rng.random() < 0.4:
                # a row of them along the wall
                more = rng.choice((c, rng.choice(furniture.cabinets(self.split))))
                end += more.size_m[0] / 2 + 0.01
                stage.place(more, (end, -3.0, 0), math.pi, place="cabinet")
                end += more.size_m[0] / 2
            self.scatter(
                {
                    "plant": 2,
                    "folder": 2,
                    "carton": 2,
                    "printer": 1,
                    "book": 1,
                    "cup": 1,
                    "thermos": 1,
                    "service_box": 0.6,
                },
                rng.randint(0, 3),
                Free((x - wide, -3.15, x + wide, -2.85)),
                c.size_m[2],
                "cabinet",
                "",
            )
        self.scatter(ON_FLOOR, rng.randint(6, 15), behind, 0, "floor", "")
        if rng.random() < 0.35:
            p = rng.choice(
                people.people(self.split, ("standing", "walking", "bending", "reaching"))
            )
            at = behind.find(rng, 0.4)
            if at:
                stage.place(p, (*at, 0), rng.uniform(0, 6.3), place="floor")
        front = Free((-half, 1.1, half, 2.2))
        for _ in range(rng.randint(0, 2)):
            p = rng.choice(people.people(self.split, ("standing", "reaching")))
            at = front.find(rng, 0.4)
            if at:
                stage.place(p, (*at, 0), rng.gauss(0, 0.3), place="public")
        if rng.random() < 0.5:
            s = rng.choice(furniture.public_seats(self.split))
            for cx, _ in self.centres:
                at_y = max(1.35, 1.1 + s.size_m[1] / 2)  # clear of the counter's shelf
                stage.place(s, (cx + rng.gauss(0, 0.1), at_y, 0), rng.gauss(0, 0.2), place="public")
        self.scatter(ON_FLOOR, rng.randint(0, 3), front, 0, "public", "")
        return room
