"""Staff chairs of the teaching halls: constructions of seat, back, arms and base.

Seat and back keep to the boxes that ``chairs.chair_dims`` gives: garments hang over those.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any, Final

from datasets.render.furniture_parts import colour_of, sh, shell, surface


@dataclass(frozen=True)
class TrainChair:
    """Measures as a ``ChairLook``'s: seat (width, depth, height of its top), back (width, height,
    thickness), ``gap`` between seat top and the back's lower edge, ``lean`` in radians.

    ``seat_kind``: pad, round, shell, rolls, slats, flat.  ``back_kind``: pad, shell, rolls, mesh,
    slats, rails, tufts, loop.  ``base``: star, chrome, cantilever, four, wood, sled, disc, glide.
    ``arms``: none, t, loop, wood, pad, tube.  ``stuff`` is the surface of seat and back (one of
    the surfaces of furniture_parts), ``back_stuff`` the back's where it is another.
    """

    cloth: str
    frame: str
    seat: tuple[float, float, float] = (0.50, 0.48, 0.48)
    back: tuple[float, float, float] = (0.46, 0.52, 0.07)
    gap: float = 0.12
    lean: float = 0.12
    stuff: str = "cloth"
    back_stuff: str = ""
    seat_kind: str = "pad"
    back_kind: str = "pad"
    base: str = "star"
    arms: str = "none"
    head: bool = False
    lumbar: bool = False
    second: str = "#2a2b2d"


# fmt: off
CHAIRS_TRAIN: Final[dict[str, TrainChair]] = {
    "train.mesh_frame": TrainChair("#2f3338", "#d9dbdc", seat=(0.50, 0.49, 0.48),
        back=(0.46, 0.58, 0.045), gap=0.1, lean=0.15, back_stuff="mesh", back_kind="mesh",
        arms="pad", lumbar=True, second="#3a3d41"),
    "train.mesh_head": TrainChair("#15161a", "#1b1c1e", seat=(0.51, 0.50, 0.49),
        back=(0.48, 0.60, 0.045), gap=0.09, lean=0.2, stuff="mesh", back_kind="mesh", arms="pad",
        head=True, lumbar=True, base="chrome"),
    "train.exec_rolls": TrainChair("#1c1a19", "#1a1a1a", seat=(0.54, 0.52, 0.50),
        back=(0.52, 0.74, 0.10), gap=0.03, lean=0.2, stuff="leather", seat_kind="rolls",
        back_kind="rolls", arms="loop", base="chrome"),
    "train.exec_tufts": TrainChair("#5a2f20", "#4a2c1c", seat=(0.56, 0.52, 0.49),
        back=(0.54, 0.68, 0.12), gap=0.03, lean=0.16, stuff="leather", back_kind="tufts",
        arms="wood", base="wood_star", head=False),
    "train.ribbed_low": TrainChair("#e4e2dc", "#b8bcbf", seat=(0.50, 0.46, 0.45),
        back=(0.50, 0.44, 0.05), gap=0.05, lean=0.18, stuff="leather", seat_kind="rolls",
        back_kind="rolls", arms="tube", base="chrome"),
    "train.shell_pad": TrainChair("#8fa39b", "#c49a68", seat=(0.47, 0.45, 0.45),
        back=(0.46, 0.40, 0.03), gap=0.02, lean=0.2, stuff="plastic", seat_kind="shell",
        back_kind="shell", base="wood", second="#6f8079"),
    "train.plastic_vent": TrainChair("#2f5f9e", "#a9adb0", seat=(0.46, 0.44, 0.46),
        back=(0.44, 0.34, 0.025), gap=0.14, lean=0.16, stuff="plastic", seat_kind="flat",
        back_kind="slats", base="four"),
    "train.wood_slats": TrainChair("#9a6636", "#8f5d31", seat=(0.45, 0.44, 0.46),
        back=(0.42, 0.48, 0.03), gap=0.04, lean=0.13, stuff="wood", seat_kind="flat",
        back_kind="rails", base="wood"),
    "train.wood_arm": TrainChair("#7a3a2a", "#6a4126", seat=(0.50, 0.48, 0.45),
        back=(0.48, 0.44, 0.06), gap=0.06, lean=0.16, seat_kind="pad", back_kind="pad",
        base="wood", arms="wood"),
    "train.bow_mesh": TrainChair("#23262b", "#b3b7ba", seat=(0.49, 0.47, 0.46),
        back=(0.46, 0.46, 0.035), gap=0.1, lean=0.14, back_stuff="mesh", back_kind="mesh",
        base="cantilever", arms="tube"),
    "train.bow_leather": TrainChair("#31261f", "#1e1f20", seat=(0.52, 0.49, 0.47),
        back=(0.50, 0.56, 0.07), gap=0.03, lean=0.18, stuff="leather", back_kind="rolls",
        base="cantilever", arms="loop"),
    "train.task_small": TrainChair("#4a5a3c", "#191a1b", seat=(0.44, 0.42, 0.46),
        back=(0.38, 0.32, 0.05), gap=0.16, lean=0.1, seat_kind="round", back_kind="shell"),
    "train.draft_round": TrainChair("#6d2f33", "#bfc3c5", seat=(0.42, 0.42, 0.50),
        back=(0.36, 0.20, 0.04), gap=0.16, lean=0.08, stuff="leather", seat_kind="round",
        back_kind="loop", base="glide"),
    "train.two_tone": TrainChair("#c9662c", "#e3e4e4", seat=(0.50, 0.48, 0.47),
        back=(0.47, 0.54, 0.05), gap=0.07, lean=0.15, back_kind="shell", arms="t",
        second="#f0f0ee", lumbar=True),
    "train.stack_metal": TrainChair("#27406b", "#303234", seat=(0.44, 0.42, 0.46),
        back=(0.40, 0.34, 0.04), gap=0.15, lean=0.15, seat_kind="pad", back_kind="loop",
        base="four"),
    "train.tub_swivel": TrainChair("#a49a8a", "#1f2021", seat=(0.52, 0.48, 0.45),
        back=(0.54, 0.36, 0.06), gap=0.02, lean=0.12, back_kind="shell", base="disc",
        seat_kind="round"),
    "train.race_red": TrainChair("#17181a", "#202123", seat=(0.52, 0.50, 0.50),
        back=(0.50, 0.76, 0.09), gap=0.02, lean=0.22, stuff="leather", back_kind="race",
        arms="pad", second="#b3262c", head=True),
    "train.folding_pad": TrainChair("#3b3d40", "#8c9093", seat=(0.42, 0.40, 0.45),
        back=(0.42, 0.24, 0.035), gap=0.2, lean=0.14, stuff="leather", back_kind="shell",
        base="sled"),
}
# fmt: on

STUFFS: Final[dict[str, tuple[str, ...]]] = {
    "cloth": ("cloth", "cloth", "leather", "fluff"), "leather": ("leather", "leather", "cloth"),
    "plastic": ("plastic", "gloss", "wood"), "wood": ("wood", "varnish"),
}  # fmt: skip
"""What else a chair of the same construction is covered with."""


def drawn_chair(key: str, number: int) -> TrainChair:
    """Chair ``key`` in other colours and covers; its measures stay, for garments hang on them."""
    k = CHAIRS_TRAIN[key]
    rng = random.Random(f"{key}~{number}")
    stuff = rng.choice(STUFFS.get(k.stuff, (k.stuff,)))
    cloth = colour_of(k.cloth, rng, k.stuff)
    if stuff == "wood" and k.stuff == "plastic":
        cloth = rng.choice(("#b98652", "#d8b98a", "#5d3c25", "#8d5a33"))
    wooden = k.base in ("wood", "wood_star")
    frame = colour_of(k.frame, rng, "wood" if wooden or rng.random() < 0.6 else "paint")
    return replace(
        k, stuff=stuff, cloth=cloth, frame=frame, second=colour_of(k.second, rng, "paint")
    )


def build(key: str, k: TrainChair, d: dict[str, float], rng: random.Random) -> Any:
    """The chair ``k`` with the measures ``d`` of its ``chair_dims``."""
    b = sh.Builder(f"chair.{key}")
    cover = surface(key, "cover", k.stuff, k.cloth)
    back = cover if not k.back_stuff else surface(key, "back", k.back_stuff, k.cloth)
    wooden = k.base in ("wood", "wood_star")
    bright = k.frame > "#8" and k.base != "star" and not wooden
    frame = surface(key, "frame", "wood" if wooden else "metal" if bright else "plastic", k.frame)
    second = surface(key, "second", "plastic" if k.back_kind != "race" else "leather", k.second)
    sw, sd, sz = k.seat
    _seat(b, k.seat_kind, sw, sd, sz, cover, second)
    _back(b, k, d, back, frame, second)
    if k.base not in ("wood", "four"):
        # what joins the back to the seat
        high = k.gap + 0.26
        at = (0, d["back_y"] + k.back[2] / 2 + 0.012, sz - 0.06 + high / 2)
        b.box(at, (0.08, 0.022, high), frame, rot=(-k.lean * 0.7, 0, 0), bevel=0.006)
        b.box((0, 0.13, sz - 0.1), (0.18, sd - 0.12, 0.025), frame, bevel=0.006)
    _arms(b, k, d, frame, second)
    _base(b, k, sw, sd, sz, frame, second, rng, d)
    return b.object()


def _seat(b: Any, kind: str, w: float, d: float, z: float, m: Any, second: Any) -> None:
    if kind == "round":
        b.box((0, 0, z - 0.04), (w, d, 0.08), m, bevel=0.038, segments=4)
        b.cyl((0, 0, z - 0.04), w / 2 + 0.005, 0.06, m, sides=32)
    elif kind == "rolls":
        n = 4
        for i in range(n):
            y = -d / 2 + d * (i + 0.5) / n
            b.box((0, y, z - 0.045), (w, d / n + 0.008, 0.09), m, bevel=0.03, segments=3)
    elif kind == "shell":
        shell(b, (w, 0.014, d), (0, 0, z - 0.015), math.pi / 2 - 0.03, m, wrap=-0.02, corner=0.2)
        b.box((0, -0.01, z - 0.012), (w - 0.1, d - 0.1, 0.03), second, bevel=0.013)
    elif kind == "flat":
        b.box((0, 0, z - 0.014), (w, d, 0.028), m, bevel=0.012, segments=3)
    else:
        b.box((0, 0, z - 0.035), (w, d, 0.07), m, bevel=0.033, segments=4)
        b.box((0, 0, z - 0.075), (w - 0.04, d - 0.04, 0.02), second, bevel=0.006)


def _back(b: Any, k: TrainChair, d: dict[str, float], m: Any, frame: Any, second: Any) -> None:
    w, h, t = k.back
    c, s = math.cos(k.lean), math.sin(k.lean)
    low, y0 = d["back_low"], d["back_y"]
    tilt = (-k.lean, 0, 0)

    def at(x: float, y: float, up: float) -> tuple[float, float, float]:
        """A point of the back: ``up`` from its lower edge, ``y`` behind its middle."""
        return x, y0 + s * up + c * y, low + c * up - s * y

    kind = k.back_kind
    if kind == "shell":
        shell(b, (w, t, h), at(0, 0, h / 2), k.lean, m, wrap=0.05, sag=0.012, corner=0.16)
        if k.lumbar:
            shell(b, (w * 0.8, 0.02, h * 0.8), at(0, t / 2 + 0.01, h / 2), k.lean, second,
                  wrap=0.045, corner=0.1)  # fmt: skip
    elif kind == "mesh":
        shell(b, (w, 0.008, h), at(0, 0, h / 2), k.lean, m, wrap=0.035, sag=0.015, corner=0.12)
        n = 20
        ring = []
        for i in range(n + 1):
            a = 2 * math.pi * i / n
            u, v = (math.copysign(abs(f(a)) ** 0.45, f(a)) for f in (math.cos, math.sin))
            ring.append(at(u * w / 2 * 0.97, -0.035 * u * u - 0.015 * (1 - v * v), (v + 1) * h / 2))
        b.tube(ring, 0.013, frame)
        if k.lumbar:
            b.box(at(0, t * 0.3 + 0.02, h * 0.32), (w * 0.7, 0.02, 0.09), second, rot=tilt,
                  bevel=0.009)  # fmt: skip
        for x in (-1, 1):
            arm = [at(0, 0.05, -0.03), at(x * w * 0.2, 0.04, h * 0.3), at(x * w * 0.46, 0, h * 0.6)]
            b.tube(arm, 0.012, frame)
    elif kind in ("rolls", "race"):
        n = 4 if h < 0.6 else 5
        for i in range(n):
            bevel = min(t * 0.42, h / n * 0.45)
            size = (w - (0.16 if kind == "race" else 0.0), t, h / n + 0.006)
            b.box(at(0, 0, h * (i + 0.5) / n), size, m, rot=tilt, bevel=bevel, segments=3)
        if kind == "race":
            for x in (-1, 1):
                b.box(at(x * w * 0.42, -0.02, h * 0.36), (0.085, t + 0.04, h * 0.6), second,
                      rot=tilt, bevel=0.03, segments=3)  # fmt: skip
                b.box(at(x * w * 0.41, -0.005, h * 0.82), (0.08, t + 0.01, h * 0.3), m, rot=tilt,
                      bevel=0.03, segments=3)  # fmt: skip
    elif kind == "tufts":
        b.box(at(0, 0, h / 2), (w, t, h), m, rot=tilt, bevel=t * 0.4, segments=4)
        for i in range(4):
            for j in range(3 if i % 2 else 4):
                across = (j - (1 if i % 2 else 1.5)) * w * 0.22
                b.ball(
                    at(across, -t / 2, h * (0.3 + 0.17 * i)),
                    (0.012, 0.006, 0.012),
                    second,
                    segments=8,
                )
        b.box(at(0, t / 2 + 0.008, h / 2), (w * 0.9, 0.02, h * 0.94), frame, rot=tilt, bevel=0.008)
    elif kind == "slats":
        n = 5
        for i in range(n):
            b.box(at(0, 0, h * (i + 0.5) / n), (w, t, h / n - 0.018), m, rot=tilt, bevel=0.009)
        for x in (-1, 1):
            b.box(at(x * (w / 2 - 0.02), 0, h / 2), (0.04, t, h), m, rot=tilt, bevel=0.009)
    elif kind == "rails":
        for up in (0.06, h - 0.04):
            b.box(at(0, 0, up), (w, t, 0.07), m, rot=tilt, bevel=0.008)
        for i in range(6):
            across = (i - 2.5) * w / 6
            b.box(at(across, 0, h / 2), (0.026, t * 0.6, h - 0.08), m, rot=tilt, bevel=0.004)
    elif kind == "loop":
        b.box(at(0, -0.005, h / 2), (w * 0.86, t * 0.8, h * 0.86), m, rot=tilt, bevel=t * 0.35,
              segments=3)  # fmt: skip
        pts = [at(-w / 2, 0.01, -k.gap), at(-w / 2, 0.01, h * 0.8), at(-w * 0.4, 0.01, h),
               at(w * 0.4, 0.01, h), at(w / 2, 0.01, h * 0.8), at(w / 2, 0.01, -k.gap)]  # fmt: skip
        b.tube(pts, 0.012, frame)
    else:
        b.box(at(0, 0, h / 2), (w, t, h), m, rot=tilt, bevel=t * 0.4, segments=4)
        b.box(
            at(0, t / 2 + 0.004, h / 2), (w * 0.86, 0.014, h * 0.86), second, rot=tilt, bevel=0.006
        )
    if k.head:
        # behind the back's top, so that a garment over it stays as it hangs
        if kind == "race":
            b.box(at(0, -t / 2 - 0.012, h * 0.84), (w * 0.5, 0.05, 0.13), second, rot=tilt,
                  bevel=0.024, segments=3)  # fmt: skip
        else:
            shell(b, (w * 0.62, 0.03, 0.15), at(0, 0.03, h + 0.1), k.lean * 0.6, m, wrap=0.03)
            b.box(at(0, 0.05, h + 0.01), (0.05, 0.02, 0.16), frame, rot=tilt, bevel=0.005)


def _arms(b: Any, k: TrainChair, d: dict[str, float], frame: Any, second: Any) -> None:
    sw, sd, sz = k.seat
    for s in (-1, 1):
        x = s * (sw / 2 + 0.03)
        if k.arms in ("t", "pad"):
            wide = 0.09 if k.arms == "pad" else 0.055
            b.box((x, -0.02, sz + 0.2), (wide, 0.26, 0.03), second, bevel=0.013, segments=3)
            b.box((x, 0.03, sz + 0.05), (0.03, 0.07, 0.28), frame, bevel=0.008)
            b.box((s * sw * 0.4, 0.03, sz - 0.09), (sw * 0.25, 0.06, 0.02), frame)
        elif k.arms == "loop":
            pts = [(x, 0.16, sz - 0.07), (x, 0.19, sz + 0.1), (x, 0.1, sz + 0.21),
                   (x, -0.12, sz + 0.2), (x, -0.19, sz + 0.1), (x, -0.12, sz - 0.07)]  # fmt: skip
            b.tube(pts, 0.022, frame)
            b.box((x, 0.0, sz + 0.215), (0.055, 0.22, 0.03), second, bevel=0.013, segments=3)
        elif k.arms == "wood":
            b.box((x, 0.0, sz + 0.2), (0.055, sd * 0.86, 0.03), frame, bevel=0.012, segments=3)
            b.box((x, -sd * 0.36, sz + 0.06), (0.04, 0.045, 0.28), frame, bevel=0.008)
            b.box((x, sd * 0.36, sz + 0.06), (0.04, 0.045, 0.28), frame, bevel=0.008)
        elif k.arms == "tube":
            pts = [(x, -sd * 0.36, sz - 0.07), (x, -sd * 0.4, sz + 0.19), (x, 0.1, sz + 0.2),
                   (x * 0.9, d["back_y"] + 0.03, sz + 0.2)]  # fmt: skip
            b.tube(pts, 0.012, frame)
            b.box((x, -0.06, sz + 0.21), (0.04, 0.24, 0.02), second, bevel=0.008)


def _base(
    b: Any, k: TrainChair, sw: float, sd: float, sz: float, frame: Any, second: Any,
    rng: random.Random, d: dict[str, float],
) -> None:  # fmt: skip
    under = sz - 0.09
    if k.base in ("star", "chrome", "glide", "wood_star"):
        b.cyl((0, 0, (under + 0.08) / 2), 0.026, under - 0.08, frame, sides=14)
        b.cyl((0, 0, 0.16), 0.036, 0.14, second, sides=14)
        turn = rng.uniform(0, 1.2)
        long = 0.3 if k.base != "glide" else 0.26
        for i in range(5):
            th = turn + i * 2 * math.pi / 5
            c, s = math.cos(th), math.sin(th)
            if k.base == "star":
                b.box((long * 0.52 * c, long * 0.52 * s, 0.085), (long, 0.05, 0.032), frame,
                      rot=(0, 0.09, th), bevel=0.012, segments=3)  # fmt: skip
            else:
                arm = [(0.02 * c, 0.02 * s, 0.12), (0.15 * c, 0.15 * s, 0.1),
                       (long * c, long * s, 0.065)]  # fmt: skip
                b.tube(arm, 0.02, frame, radii=(0.026, 0.021, 0.014))
            x, y = long * c, long * s
            if k.base == "glide":
                b.cyl((x, y, 0.03), 0.02, 0.06, second, top=0.012, sides=12)
            else:
                b.cyl((x, y, 0.028), 0.028, 0.045, second, rot=(math.pi / 2, 0, th), sides=14)
    elif k.base == "disc":
        b.cyl((0, 0, 0.012), 0.23, 0.024, frame, sides=32)
        b.cyl((0, 0, under / 2), 0.045, under, frame, top=0.028, sides=16)
    elif k.base in ("cantilever", "sled"):
        for s in (-1, 1):
            x = s * (sw / 2 - 0.02)
            pts = [(x, 0.2, under), (x, -sd / 2 + 0.06, under), (x, -sd / 2 + 0.01, under - 0.05),
                   (x, -sd / 2 + 0.01, 0.06), (x, -sd / 2 + 0.06, 0.014),
                   (x, 0.24, 0.014)]  # fmt: skip
            if k.base == "sled":
                pts += [(x, 0.2, under)]
            b.tube(pts, 0.0125, frame)
        b.tube([(-sw / 2 + 0.02, 0.235, 0.014), (sw / 2 - 0.02, 0.235, 0.014)], 0.0125, frame)
    else:
        r = 0.021 if k.base == "wood" else 0.012
        for s in (-1, 1):
            b.tube(
                [(s * sw * 0.46, -sd * 0.47, 0.0), (s * sw * 0.4, -sd * 0.38, sz - 0.03)], r, frame
            )
            top = (
                s * min(sw, k.back[0]) * 0.44,
                d["back_y"] + 0.02,
                d["back_low"] + k.back[1] * 0.5,
            )
            top = (top[0], top[1] + math.sin(k.lean) * k.back[1] * 0.5, top[2])
            b.tube(
                [(s * sw * 0.46, sd * 0.52, 0.0), (s * sw * 0.42, sd * 0.44, sz - 0.03), top],
                r,
                frame,
            )
            b.tube(
                [(s * sw * 0.42, -sd * 0.4, sz - 0.04), (s * sw * 0.42, sd * 0.44, sz - 0.04)],
                r,
                frame,
            )
