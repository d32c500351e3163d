"""Rooms of the train split, drawn by chance: ``train.KEY~NUMBER`` is one room, whatever the scene.

A design tells what its floor may be made of; number, walls, ceiling, lamps and windows are drawn.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from datasets.render import rooms
from datasets.render.assets.core import Lazy
from datasets.render.floors import Floor

if TYPE_CHECKING:
    from datasets.render.shots import Camera
    from datasets.render.stage import Stage

parts: Any = Lazy("datasets.render.room_parts")

DRAWN_ROOMS: Final = 60
"""How many rooms are drawn from each design."""

TABLED: Final = 0.06
"""How often a teaching scene stands in a room of the table instead of a drawn one."""

Span = tuple[float, float]


@dataclass(frozen=True)
class Design:
    """What a floor may be: each drawn room takes one of each tuple, or a number between two.

    ``colours`` are (floor, second) pairs; ``tiles`` metres (w, d); ``joint`` metres.
    """

    surface: str
    layings: tuple[str, ...]
    colours: tuple[tuple[str, str], ...]
    joints: tuple[str, ...]
    tiles: tuple[tuple[float, float], ...]
    joint: Span = (0.001, 0.004)
    rough: Span = (0.12, 0.5)
    speck: Span = (0.05, 0.3)
    vein: Span = (0.0, 0.0)
    vary: Span = (0.0, 0.12)
    patterns: tuple[str, ...] = ("",)
    turns: tuple[float, ...] = (0.0, 0.0, 0.0, 45.0)
    cracks: int = 0
    patches: int = 0


_SQUARE = ((0.3, 0.3), (0.4, 0.4), (0.6, 0.6), (0.6, 0.6), (0.8, 0.8), (0.8, 0.8), (0.9, 0.9))
_LONG = ((0.15, 0.9), (0.2, 1.2), (0.12, 0.9), (0.09, 0.6), (0.18, 1.8))

# fmt: off
DESIGNS: Final[dict[str, Design]] = {
    "train.stone_tile": Design(
        "stone", ("grid", "grid", "grid", "brick"),
        (("#d9d5ca", "#8d8578"), ("#c4c1b8", "#5c5a57"), ("#9c9a96", "#d8d6d0"),
         ("#6f7173", "#a9abab"), ("#474a4d", "#8b8e90"), ("#d8c7a6", "#8a5a3c"),
         ("#b98f6b", "#e0d3bd"), ("#e6e5e0", "#3d3e40"), ("#a98f86", "#5e4a45"),
         ("#8fa09a", "#cfd6d2"), ("#c9a68c", "#7d5f4c"), ("#2f3133", "#7b7d80")),
        ("#55565a", "#9a9a98", "#2b2b2c", "#d8d6d0", "#7a6a58", "#3d3a37", "#b7b4ac"),
        (*_SQUARE, (0.6, 1.2), (0.3, 0.6), (0.75, 1.5)),
        (0.001, 0.009), (0.06, 0.5), (0.04, 0.35), vary=(0.0, 0.14),
        patterns=("", "", "", "checker", "band", "scatter", "dots"), cracks=3,
    ),
    "train.marble": Design(
        "marble", ("grid", "grid", "brick"),
        (("#e4e2dc", "#8f8d8a"), ("#d9cdb8", "#a88a63"), ("#efece6", "#b8a27c"),
         ("#3a3b3d", "#c9c8c4"), ("#5a4237", "#d2b79a"), ("#c9c3ba", "#6f6459"),
         ("#b9b6b4", "#4a4b4e"), ("#4d5b52", "#cfd5cc"), ("#e0c9b0", "#a5714b")),
        ("#8a8680", "#c9c5bc", "#4b4946", "#6d6459"),
        ((0.8, 0.8), (0.6, 0.6), (1.0, 1.0), (0.75, 1.5), (0.6, 1.2)),
        (0.001, 0.004), (0.05, 0.25), (0.02, 0.12), (0.2, 0.85),
        patterns=("", "", "", "checker", "band", "dots", "quarter"), cracks=2,
    ),
    "train.terrazzo": Design(
        "terrazzo", ("grid", "sheet"),
        (("#cfcdc6", "#6d6a66"), ("#a9aaa8", "#e8e6e0"), ("#d9d0c2", "#a0745a"),
         ("#8b8e8c", "#3c4040"), ("#b6bdb4", "#54705f"), ("#77716c", "#d8cfc4"),
         ("#e2dfd9", "#b9655a")),
        ("#b39a56", "#6f6f6d", "#3a3a3a", "#d7d5cf"),
        ((0.6, 0.6), (0.8, 0.8), (1.0, 1.0), (2.0, 2.0), (1.33, 1.33)),
        (0.001, 0.006), (0.1, 0.45), (0.04, 0.2), vary=(0.0, 0.06),
        patterns=("", "", "band", "checker"), cracks=4, patches=1,
    ),
    "train.boards": Design(
        "wood", ("planks", "planks", "brick"),
        (("#a8794c", "#8a5e38"), ("#c9a477", "#b48d60"), ("#6d4a32", "#54382a"),
         ("#8f8577", "#746b5f"), ("#d8c3a0", "#c0a981"), ("#5a3026", "#77412f"),
         ("#b9b2a6", "#9a9388"), ("#9a5f3a", "#7c4526"), ("#40352e", "#5b4b40")),
        ("#2e231a", "#4a3a2c", "#1d1916", "#7a6a58"), _LONG,
        (0.0008, 0.005), (0.15, 0.6), (0.05, 0.5), vary=(0.03, 0.25),
        patterns=("", "", "scatter"), turns=(0.0, 90.0, 0.0, 90.0, 45.0), cracks=1,
    ),
    "train.parquet": Design(
        "wood", ("herringbone",),
        (("#a8794c", "#8a5e38"), ("#7b5233", "#5f3d26"), ("#caa67a", "#b18a5c"),
         ("#8c8375", "#706759"), ("#5d3a2a", "#472b1f")),
        ("#2e231a", "#4a3a2c", "#1d1916"),
        ((0.07, 0.35), (0.09, 0.45), (0.12, 0.6), (0.1, 0.4), (0.15, 0.6)),
        (0.0008, 0.004), (0.15, 0.55), (0.1, 0.5), vary=(0.05, 0.25),
        patterns=("", "scatter"), turns=(0.0, 45.0, 45.0, 90.0),
    ),
    "train.carpet_tile": Design(
        "carpet", ("grid", "grid", "brick", "planks"),
        (("#5b6068", "#3b4049"), ("#3d4652", "#6d7f95"), ("#77746f", "#53504c"),
         ("#4a4f49", "#7d8a6f"), ("#35383c", "#8b6a3c"), ("#6a5a52", "#97857a"),
         ("#2f3b4f", "#4f6fa0"), ("#8d8f92", "#6c6e72"), ("#5c3b3b", "#8c6a60"),
         ("#a59c8c", "#7c7364")),
        ("#2b2d30", "#1f2022", "#4a4c50"),
        ((0.5, 0.5), (0.5, 0.5), (0.25, 1.0), (0.6, 0.6)),
        (0.0, 0.003), (0.85, 1.0), vary=(0.0, 0.12),
        patterns=("", "quarter", "quarter", "scatter", "checker"), turns=(0.0, 0.0, 90.0),
    ),
    "train.figured_carpet": Design(
        "figured", ("sheet",),
        (("#6b2d2f", "#b08a4e"), ("#2f3d5c", "#8c93a8"), ("#7d6c58", "#cdbfa6"),
         ("#54585c", "#8e9498"), ("#4e5a46", "#a8a37c"), ("#8a3b33", "#e0c48a"),
         ("#a39a8e", "#5c6570"), ("#3a3438", "#8a6f78")),
        ("#2a2524",), ((4.0, 4.0),), (0.0, 0.002), (0.85, 1.0),
        turns=(0.0, 90.0, 30.0),
    ),
    "train.vinyl": Design(
        "vinyl", ("sheet", "sheet", "grid"),
        (("#8f979b", "#6f777c"), ("#b5bcb5", "#8a938a"), ("#c9bfae", "#a2967f"),
         ("#6d8799", "#4f6a7d"), ("#9aa58f", "#77836c"), ("#d4d5d1", "#9d9f9b"),
         ("#5d6165", "#818589"), ("#b79f8b", "#8b735f")),
        ("#5a5e60", "#3c3f41", "#8b8f90", "#c9cac6"),
        ((2.0, 2.0), (1.5, 1.5), (0.6, 0.6), (0.45, 0.45)),
        (0.001, 0.005), (0.3, 0.7), (0.03, 0.25),
        patterns=("", "", "checker", "scatter", "band"), cracks=2, patches=2,
    ),
    "train.concrete": Design(
        "concrete", ("grid", "sheet", "brick"),
        (("#8e8d8a", "#6c6b68"), ("#a9a7a1", "#77756f"), ("#5f7468", "#47594f"),
         ("#7c8894", "#5c6873"), ("#6a6a6b", "#8a8a8a"), ("#8b5b4c", "#6d463a"),
         ("#b9b7ae", "#8c8a82")),
        ("#3b3b3b", "#262626", "#6a6a68", "#c2b35a"),
        ((4.0, 4.0), (2.0, 2.0), (2.0, 4.0), (1.33, 1.33)),
        (0.003, 0.012), (0.25, 0.9), (0.1, 0.4), vary=(0.0, 0.06), cracks=9, patches=4,
    ),
    "train.small_tile": Design(
        "stone", ("grid", "brick", "herringbone"),
        (("#b8b6b0", "#6c6a66"), ("#8a4e3c", "#5f3529"), ("#d8d5cb", "#3f4447"),
         ("#6f8a93", "#d5dcdd"), ("#c2a37a", "#8e6f4b"), ("#5a5d5f", "#b5b6b5")),
        ("#d6d4ce", "#4b4a48", "#8b8983", "#2c2c2c"),
        ((0.1, 0.1), (0.15, 0.15), (0.1, 0.2), (0.2, 0.2), (0.1, 0.3)),
        (0.002, 0.007), (0.15, 0.6), (0.04, 0.3), vary=(0.02, 0.2),
        patterns=("", "", "checker", "scatter", "dots"), cracks=1,
    ),
}
# fmt: on


@dataclass(frozen=True)
class RoomDraw:
    """A drawn room: its floor, and seeds and kinds of all else; ``sides`` have windows."""

    floor: Floor
    wall: str
    wall_kind: str
    accent_kind: str
    trim: str
    skirting: str
    ceiling: str
    lamp: str
    sides: str
    window: str
    seed: int


def _between(rng: random.Random, span: Span) -> float:
    return round(rng.uniform(*span), 4)


def _near(colour: str, rng: random.Random) -> str:
    """The colour, a little darker or lighter and of another tinge."""
    level = rng.uniform(0.82, 1.12)
    ch = [int(colour[i : i + 2], 16) * level * rng.uniform(0.95, 1.05) for i in (1, 3, 5)]
    return "#" + "".join(f"{min(255, max(4, round(c))):02x}" for c in ch)


def floor_of(d: Design, rng: random.Random) -> Floor:
    """A floor of the design."""
    colour, second = rng.choice(d.colours)
    w, depth = rng.choice(d.tiles)
    stretch = rng.uniform(0.9, 1.12)
    worn = rng.random() < 0.6
    return Floor(
        d.surface,
        rng.choice(d.layings),
        _near(colour, rng),
        _near(second, rng),
        _near(rng.choice(d.joints), rng),
        (round(w * stretch, 3), round(depth * stretch, 3)),
        _between(rng, d.joint),
        rng.choice(d.patterns),
        _between(rng, d.speck),
        _between(rng, d.vein),
        _between(rng, d.vary),
        _between(rng, d.rough),
        rng.choice(d.turns) if rng.random() < 0.9 else round(rng.uniform(0, 90), 1),
        round(rng.uniform(0.03, 0.3), 3) if worn else 0.0,
        rng.randint(0, d.cracks),
        rng.choice((0, 10, 40, 90)) if worn else 0,
        rng.randint(0, d.patches),
    )


WALLS: Final = (
    "#e6e3da",
    "#d8d6cf",
    "#f0efec",
    "#c9cfd2",
    "#cfd9d0",
    "#d9c9ae",
    "#b9c6cf",
    "#e0d3c4",
    "#a9b0ae",
    "#8f9aa0",
    "#e8dcc0",
    "#d3dbe3",
    "#c2b8a8",
    "#6f7a80",
)
TRIMS: Final = (
    "#8a5e38",
    "#5b3a26",
    "#c9a477",
    "#3a3b3d",
    "#8f9396",
    "#2f4d7a",
    "#a8332c",
    "#3f6b55",
    "#d8d6d0",
    "#6b6f72",
    "#b08a4e",
)
WALL_KINDS: Final = (
    "plain",
    "plain",
    "wainscot",
    "band",
    "panels",
    "slats",
    "tiles",
    "two_tone",
    "glass",
    "paper",
)


@cache
def draw(key: str) -> RoomDraw:
    """The room ``train.KEY~NUMBER``; raises KeyError for a design that there is none of."""
    design = DESIGNS[key.split("~")[0]]
    rng = random.Random(f"room/{key}")
    floor = floor_of(design, rng)
    if floor.laying == "herringbone" and floor.tile[1] < 2 * floor.tile[0]:
        floor = replace(floor, tile=(floor.tile[0], 3 * floor.tile[0]))
    trim = rng.choice(TRIMS)
    return RoomDraw(
        floor,
        _near(rng.choice(WALLS), rng),
        rng.choice(WALL_KINDS),
        rng.choice(WALL_KINDS),
        _near(trim, rng),
        _near(rng.choice(("#4a4b4d", "#2f3032", "#b9b6ae", "#e2e1dc", trim)), rng),
        rng.choice(("grid", "grid", "plain", "strips", "dark", "plates", "coffer")),
        rng.choice(("panel", "panel", "square", "linear", "spots", "track", "ring", "cove")),
        rng.choice(("w", "e", "n", "s", "wn", "en", "we", "ws", "")),
        rng.choice(("pair", "wide", "full", "high", "narrow")),
        rng.randrange(1 << 20),
    )


def key_of(rng: random.Random) -> str:
    """A drawn room's key."""
    return f"{rng.choice(sorted(DESIGNS))}~{rng.randrange(DRAWN_ROOMS)}"


@dataclass(frozen=True)
class DrawnRoom(rooms.Room):
    """A drawn room; ``groups`` are (on, off) instances of the lamps that one switch has."""

    groups: tuple[tuple[int, int], ...] = ()

    def light(self, stage: Stage, mode: str, rig: int = 0, camera: Camera | None = None) -> str:
        look = draw(self.key)
        rng = random.Random(f"switched/{self.key}/{mode}/{rig}")
        count = len(self.groups)
        lit = set(range(count)) if mode in ("day", "lamp") else set()
        if mode == "day" and look.sides and rng.random() < 0.15:
            lit = set()  # daylight alone
        elif lit and rng.random() < 0.4:
            lit = set(rng.sample(range(count), max(1, count - rng.choice((1, 1, 2)))))
        stage.show(self.day_panes, mode == "day")
        stage.show(self.night_panes, mode != "day")
        for k, (on, off) in enumerate(self.groups):
            stage.show(on, k in lit)
            stage.show(off, k not in lit)
        lamps = [p for p in parts.lamps(look, self.x, self.y, self.height) if p.group in lit]
        panes = parts.windows(look, self.x, self.y, self.height)
        return stage.light_rig(
            mode,
            x=self.x,
            y=self.y,
            height=self.height,
            rig=rig,
            camera=camera,
            lamps=lamps,
            panes=panes,
        )


def put(stage: Stage, key: str, x: Span, y: Span, height: float) -> DrawnRoom:
    """Build the drawn room ``key`` as the box ``x`` by ``y``; its floor is the first instance."""
    if stage.split != "train":
        raise ValueError(f"room {key} does not belong to {stage.split}")
    look = draw(key)

    def one(name: str, build: Any, group: int = 0) -> int:
        proto = stage.prototype(f"{name}.{key}/{x}{y}{height}/{group}", lambda _: build(key, look))
        return stage._instance(
            proto, f"{name}.{key}", (0, 0, 0), (0, 0, 0), 1, None, None, "room", ()
        )

    box = {"x": x, "y": y, "h": height}
    one("room", partial(parts.shell, **box))
    one("walls", partial(parts.fittings, **box))
    day = one("panes", partial(parts.panes, day=True, **box))
    night = one("nightpanes", partial(parts.panes, day=False, **box))
    groups = []
    for g in range(parts.GROUPS):
        pair = [
            one("lamps" if on else "lampsoff", partial(parts.lamp_bodies, on=on, group=g, **box), g)
            for on in (True, False)
        ]
        groups.append((pair[0], pair[1]))
    return DrawnRoom(key, x, y, height, day, night, *groups[0], groups=tuple(groups))


def choose(stage: Stage, rng: random.Random, x: Span, y: Span, height: float) -> rooms.Room:
    """A room of the stage's split; teaching scenes mostly get a drawn one."""
    if stage.split != "train" or rng.random() < TABLED:
        return rooms.put(stage, rng.choice(rooms.names(stage.split)), x, y, height)
    return put(stage, key_of(rng), x, y, height)
