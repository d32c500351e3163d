"""A scene's moment as layers over a clean picture: what is to be rendered, each thing once.

A layer is what differs from the clean scene under one light; people in front are a layer of their
own, laid over whatever they hide.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from datasets.scenes.solids import Solid

if TYPE_CHECKING:
    from datasets.scenes.facts import Shot
    from datasets.scenes.halls import Hall
    from datasets.scenes.threes import Scene

Lamp = Literal["day", "lamp"]
GLOWS: Final = ("screen on", "lamp on")
"""The threes that need a hall without daylight."""
IN_FRONT: Final = 3
"""The level of people who stand between the camera and everything else."""


@dataclass(frozen=True)
class Layer:
    """``gone`` are clean solids that are taken away, ``new`` what is put there."""

    camera: str
    lamp: Lamp
    gone: tuple[Solid, ...]
    new: tuple[Solid, ...]

    @property
    def key(self) -> str:
        """Changes when what is to be rendered does."""
        text = repr((self.camera, self.lamp, self.gone, self.new))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def json(self) -> dict[str, Any]:
        """The layer with its key, as the renderer's plan holds it."""
        return {"key": self.key, **asdict(self)}


def layer_of(data: dict[str, Any]) -> tuple[str, Layer]:
    """Key and layer of :meth:`Layer.json`."""
    gone, new = (tuple(solid_of(s) for s in data[k]) for k in ("gone", "new"))
    return data["key"], Layer(data["camera"], data["lamp"], gone, new)


def solid_of(data: dict[str, Any]) -> Solid:
    """A solid of its fields."""
    return Solid(
        data["cls"], _three(data["at"]), _three(data["size"]), data["turn"], _three(data["lab"]),
        data["level"], data["shown"],
    )  # fmt: skip


def _three(given: list[float]) -> tuple[float, float, float]:
    x, y, z = given
    return (x, y, z)


def lamp_of(scene: Scene) -> Lamp:
    """The light that a scene is pictured in; after hours it need not be dark yet."""
    return "lamp" if scene.name in GLOWS else "day"


def layers(hall: Hall, shot: Shot, lamp: Lamp) -> tuple[Layer, ...]:
    """What must lie over the clean picture of the shot's camera, farthest first."""
    clean = hall.clean[shot.camera]
    things = [t for t in shot.things if not _only_light(t)]
    gone = tuple(s for s in clean if s not in things)
    new = tuple(s for s in things if s not in clean)
    dimmed = {s for s in gone for n in new if _same_but_light(s, n)}
    gone = tuple(s for s in gone if s not in dimmed)
    new = tuple(n for n in new if not any(_same_but_light(s, n) for s in dimmed))
    behind = tuple(n for n in new if n.level < IN_FRONT)
    front = tuple(n for n in new if n.level >= IN_FRONT)
    out = []
    if gone or behind:
        out.append(Layer(shot.camera, lamp, gone, behind))
    if front:
        out.append(Layer(shot.camera, lamp, (), front))
    return tuple(out)


def _only_light(one: Solid) -> bool:
    """The sun's patch: made of light when the picture is put together."""
    return one.cls == "patch"


def _same_but_light(old: Solid, new: Solid) -> bool:
    """A dark thing in a brighter room: nothing to render."""
    return (old.cls, old.at, old.size) == (new.cls, new.at, new.size) and new.lab[0] < 50
