"""For every clause that judges a picture: a violation, its compliant twin, one that is hidden.

Each maker gets a hall and a drawing and gives what stands there; nothing here says what a verdict's
measured values are.  The twin looks like the violation and breaks nothing; the third has the clean
scene behind people, in the dark, in grey light, without a clean picture or before a closed gate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Literal

from datasets.scenes.facts import Shot
from datasets.scenes.halls import Hall
from datasets.scenes.shape import Desk, Shape
from datasets.scenes.solids import Solid, solid
from rules.registers import Registers
from vision.seen import GateReason, Window

Role = Literal["violation", "twin", "blind"]
Blindness = Literal["crowd", "dark", "gate", "ir", "no_reference", "once"]
TIMES: Final[dict[Window, tuple[str, str]]] = {
    "W": ("10:00", "10:25"),
    "P": ("08:00", "08:20"),
    "N": ("20:00", "22:10"),
}


@dataclass(frozen=True)
class Scene:
    """A place's day under one clause: what it is meant to show, and its moments."""

    clause: str
    role: Role
    name: str
    place: str
    window: Window
    shots: tuple[Shot, ...]
    registers: Registers = field(default_factory=Registers)


@dataclass(frozen=True)
class Draw:
    """What a maker works with: the hall, one of its desks, the drawing."""

    hall: Hall
    desk: Desk
    rng: Random

    def spot(self, cls: str, dx: float, dy: float, *, shake: float = 4.0, **more: object) -> Solid:
        """A thing on the desk's top at shares of its width (from the middle) and depth."""
        x = self.desk.x + dx * self.desk.width + self.rng.uniform(-shake, shake)
        y = dy * self.desk.depth + self.rng.uniform(-shake, shake)
        size = more.get("size")
        return solid(
            cls,
            x,
            y,
            75.0,
            turn=self.rng.uniform(-15, 15),
            size=size if isinstance(size, tuple) else None,
        )

    @property
    def row(self) -> tuple[Solid, ...]:
        return self.hall.clean["STAFF"]

    @property
    def public(self) -> tuple[Solid, ...]:
        return self.hall.clean["PUBLIC"]

    def own(self, cls: str) -> Solid:
        """The desk's own thing of a class."""
        own = [s for s in self.row if s.cls == cls]
        return min(own, key=lambda s: abs(s.at[0] - self.desk.x))

    def without(self, *gone: Solid) -> tuple[Solid, ...]:
        return tuple(s for s in self.row if s not in gone)

    def swap(self, old: Solid, new: Solid) -> tuple[Solid, ...]:
        return tuple(new if s is old else s for s in self.row)

    @property
    def shape(self) -> Shape:
        return self.hall.shape

    def person(self) -> Solid:
        return solid("person", self.desk.x, self.shape.sitter_y, size=(46, 34, 126), level=2)

    def crowd(self) -> Solid:
        """People close together between the camera and the desk."""
        wide, y = self.desk.width + 60, self.shape.crowd_y
        if self.shape.crowd_above_desk:
            return solid("person", self.desk.x, y, size=(wide, 50, 176), level=3)
        at = self.hall.cameras["STAFF"].at_cm
        # on the line of sight to the desk's middle
        share = (at[1] - y) / (at[1] - self.desk.depth / 2)
        x = at[0] + share * (self.desk.x - at[0])
        return solid("person", x, y, size=(wide, 50, 176), level=3)

    def under(self, cls: str) -> Solid:
        """A thing where the legroom is seen past the chair."""
        side = self.shape.inner(self.desk.x)
        x = self.desk.x + side * (self.desk.width / 4 + 13 + self.rng.uniform(-4, 4))
        size = tuple(min(30.0, v) for v in solid(cls, 0, 0).size)
        return solid(cls, x, 46 + self.rng.uniform(-4, 4), size=(size[0], size[1], size[2]))


Things = tuple[Solid, ...]
Maker = Callable[[Draw], Things | Sequence[Shot]]


@dataclass(frozen=True)
class Three:
    """One way to break a clause, its twins, and how it may be hidden.

    ``place``: "desk", "STAFF" (the camera) or a hall zone's id.
    """

    clause: str
    name: str
    window: Window
    violation: Maker
    twins: tuple[Maker, ...]
    blind: tuple[Blindness, ...]
    place: str = "desk"
    hidden: Maker | None = None
    """What stands there in the third scene, else the clean scene."""
    registers: Callable[[Draw], Registers] | None = None
    """What the twin has in its registers."""


def scenes(three: Three, hall: Hall, seed: int) -> tuple[Scene, Scene, Scene]:
    """The three scenes of a seed; the same each time."""
    rng = Random(f"{three.clause} {three.name} {seed}")
    desk = hall.desks[rng.randrange(len(hall.desks))]
    draw = Draw(hall, desk, rng)
    public = three.place not in ("desk", "STAFF")
    place = desk.id if three.place == "desk" else three.place
    twin = three.twins[seed % len(three.twins)]
    how = three.blind[seed % len(three.blind)]
    if how == "crowd" and "once" in three.blind and not hall.shape.crowd_above_desk:
        how = "once"  # who stands close round a desk may well be the one who works there
    clean = draw.public if public else draw.row

    def scene(role: Role, made: Things | Sequence[Shot], registers: Registers) -> Scene:
        shots = _shots(made, three, public)
        if role == "blind":
            shots = _hide(shots, how, draw, three.place)
        return Scene(three.clause, role, three.name, place, three.window, shots, registers)

    allowed = three.registers(draw) if three.registers is not None else Registers()
    hidden = three.hidden(draw) if three.hidden is not None else clean
    return (
        scene("violation", three.violation(draw), Registers()),
        scene("twin", twin(draw), allowed),
        scene("blind", hidden, Registers()),
    )


def _shots(made: Things | Sequence[Shot], three: Three, public: bool) -> tuple[Shot, ...]:
    out: list[Shot] = []
    things = [t for t in made if isinstance(t, Solid)]
    given = [t for t in made if isinstance(t, Shot)]
    if given:
        return tuple(given)
    for at in TIMES[three.window]:
        out.append(Shot("PUBLIC" if public else "STAFF", at, tuple(things)))
    return tuple(out)


def _hide(shots: tuple[Shot, ...], how: Blindness, draw: Draw, place: str) -> tuple[Shot, ...]:
    if how == "dark":
        return tuple(replace(s, dim=0.04) for s in shots)
    if how == "gate":
        reason: GateReason = draw.rng.choice(("blurred", "blocked", "moved", "black", "frozen"))
        return tuple(replace(s, gate=reason) for s in shots)
    if how == "ir":
        return tuple(replace(s, light="ir") for s in shots)
    if how == "no_reference":
        return tuple(replace(s, compared=False) for s in shots)
    if how == "once":
        return shots[:1]
    near = 235 if place in ("floor", "exit") else 45
    wall = solid("person", 0, near, size=(430, 40, 180), level=3)
    people = wall if place not in ("desk", "STAFF") else draw.crowd()
    return tuple(replace(s, things=(*s.things, people)) for s in shots)
