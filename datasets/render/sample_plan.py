"""The sample hall's script: where everything stands, who sits where when, and what is planted.

Plain data; no bpy.  Distances in metres; a desk's frame has x to the right of who sits there, y
towards the citizens, origin on the floor under the middle of its top.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

DAY = "2026-03-11"
TZ = ZoneInfo("Asia/Shanghai")
PITCH = 1.95
DESK_Z = 0.74
SHELF_Z = 1.05
TOP_HALF = (0.8, 0.36)
CHAIR = "sample.task_graphite"
CHAIR_AT = (0.0, -0.80)
CUP_POINT = (-0.66, -0.20)
SIGN_AT = (0.02, 0.66)
BIN_AT = (0.975, -0.12)

PHONE, CUP, CLOTHES = "2S-2-(4)", "2S-2-(9)a", "2S-2-(8)"
CABLE, SEAT, UNDER, ABSENT = "2S-2-(5)", "2S-1-(3)", "2S-2-(3)b", "2S-2-(1)b"
WINDOWS: dict[str, tuple[str, ...]] = {
    PHONE: ("W",),
    CUP: ("W", "N"),
    CLOTHES: ("W", "N"),
    CABLE: ("W", "P", "N"),
    SEAT: ("W", "N"),
    UNDER: ("W", "N"),
    ABSENT: ("W",),
}


@dataclass(frozen=True)
class CameraPlan:
    id: str
    name: str
    desks: tuple[str, ...]
    size_px: tuple[int, int]
    hfov_deg: float
    k1: float
    position: tuple[float, float, float]
    target: tuple[float, float, float]
    night: str  # light mode of N
    turn: float  # how far a chair at home is turned, radians
    second: int  # seconds of its snapshots


def desk_x(desk: str) -> float:
    return (int(desk[1:]) - 4.5) * PITCH


CAMERAS = (
    CameraPlan(
        "HALL1",
        "一号机 东侧后墙",
        ("D1", "D2", "D3"),
        (2560, 1440),
        80,
        0.0,
        (-1.25, -3.35, 3.1),
        (-4.55, -0.30, 0.55),
        "lamp",
        -0.25,
        4,
    ),
    CameraPlan(
        "HALL2",
        "二号机 中部后墙",
        ("D4", "D5", "D6"),
        (1920, 1080),
        82,
        -0.05,
        (4.45, -3.2, 3.05),
        (1.30, -0.25, 0.6),
        "lamp",
        -0.5,
        17,
    ),
    CameraPlan(
        "HALL3",
        "三号机 西侧墙角",
        ("D7", "D8"),
        (1920, 1080),
        84,
        0.0,
        (8.45, -2.95, 2.8),
        (5.95, -0.25, 0.6),
        "ir",
        -0.25,
        31,
    ),
)

DESKS = tuple(f"D{i}" for i in range(1, 9))
CAMERA_OF = {d: c.id for c in CAMERAS for d in c.desks}

P_TIMES = ("07:32", "08:24")
W_TIMES = ("09:36", "09:54", "10:42", "11:22", "14:31", "14:52", "15:38", "16:12", "16:40")
N_TIMES = ("17:44", "20:17", "23:05")
LUNCH = ("12:00", "13:30")


def after_lunch(moment: str) -> bool:
    """Whether a moment of working hours ("W4") lies after the break."""
    return W_TIMES[int(moment[1:])] >= LUNCH[1]


def moment(time: str, cam: CameraPlan) -> datetime:
    h, m = time.split(":")
    y, mo, d = DAY.split("-")
    return datetime(int(y), int(mo), int(d), int(h), int(m), cam.second, tzinfo=TZ)


@dataclass(frozen=True)
class Item:
    """A thing of a desk: ``at`` in the desk's frame, ``when`` the moments ("P", "N", "W3")."""

    desk: str
    asset: str
    at: tuple[float, float, float]
    turn: float
    when: frozenset[str]
    clause: str | None = None
    twin: str | None = None
    scale: float = 1.0
    variant: int = 0


def w(*indices: int) -> frozenset[str]:
    return frozenset(f"W{i}" for i in indices)


P, N = frozenset({"P"}), frozenset({"N"})
ALL_W = w(*range(9))
ALL_DAY = ALL_W | P | N
Z, S = DESK_Z, SHELF_Z

# moments in which a desk's person is away, and whether the pause sign stands then
AWAY: dict[str, tuple[frozenset[str], bool]] = {
    "D1": (w(5, 6), True),
    "D2": (w(3, 5, 6), False),
    "D3": (w(1, 5, 6), True),
    "D4": (w(3, 8), True),
    "D5": (w(0, 1, 7, 8), False),
    "D6": (w(3, 4, 5), True),
    "D7": (w(2, 3, 4), True),
    "D8": (w(3, 4, 5), False),
}

ITEMS: tuple[Item, ...] = (
    # D1
    Item("D1", "phone.sample.slab_blue", (0.60, -0.18, Z), 0.3, w(0, 1, 2, 3, 5, 6), PHONE),
    Item("D1", "cup.sample.mug_celadon", (*CUP_POINT, Z), 0.5, ALL_DAY, twin=CUP),
    Item("D1", "cable.sample.loose_jet", (0.42, -0.72, 0), 0.2, ALL_DAY, CABLE, scale=1.2),
    Item("D1", "carton.sample.ochre", (-0.28, -0.10, 0), 0.15, N, UNDER),
    Item("D1", "clothing:sample.parka_moss:back", (0, 0, 0), 0, N, CLOTHES),
    # D2
    Item("D2", "cup.sample.mug_lid_navy", (0.30, 0.02, Z), 1.0, w(0, 1, 2, 3, 5, 6), CUP),
    Item("D2", "calculator.sample.navy", (0.62, -0.20, Z), 0.15, ALL_DAY, twin=PHONE),
    Item("D2", "clothing:sample.blazer_sky:back", (0, 0, 0), 0, w(3, 5, 6), CLOTHES),
    Item("D2", "cup.sample.mug_celadon", (*CUP_POINT, Z), 2.1, N, twin=CUP),
    Item("D2", "cushion.sample.slate", (*CHAIR_AT, 0.48), 0.0, w(3, 5, 6) | N, twin=SEAT),
    # D3
    Item("D3", "phone.sample.lit_sand", (0.38, 0.55, S), 0.4, w(2, 3), twin=PHONE),
    Item("D3", "cup.sample.glass_amber", (*CUP_POINT, Z), 0.0, ALL_W, twin=CUP),
    Item("D3", "bag.sample.hand_camel", (*CHAIR_AT, 0.48), 0.5, w(1, 5, 6) | N, SEAT),
    Item("D3", "cup.sample.paper_green", (0.52, -0.10, Z), 0.0, N, CUP),
    Item("D3", "power_strip.sample.white4_blue", (0.36, -0.58, 0), 0.35, ALL_DAY, CABLE, scale=1.1),
    # D4
    Item("D4", "charger.sample.white_wide", (0.55, -0.14, Z), 0.2, w(4, 5, 7), PHONE),
    Item("D4", "earphones.sample.wired_blue", (0.32, 0.05, Z), 0.2, w(4, 5, 7), PHONE),
    Item("D4", "bag.sample.pack_forest", (-0.26, -0.14, 0), 0.3, ALL_W | N, UNDER),
    Item("D4", "clothing:sample.knit_rose:back", (0, 0, 0), 0, N, CLOTHES),
    Item("D4", "cup.sample.mug_lid_navy", (*CUP_POINT, Z), 0.4, ALL_W, twin=CUP),
    # D5
    Item("D5", "thermos.sample.flask_teal", (0.42, -0.12, Z), 0.0, ALL_W, CUP),
    Item("D5", "cable.sample.bundle_slate", (-0.24, 0.20, 0.22), 0.0, ALL_DAY, twin=CABLE),
    Item("D5", "bottle.sample.soda_lemon", (-0.35, 0.72, S), 0.0, w(3, 4), twin=CUP),
    # D6
    Item("D6", "phone.sample.lit_sand", (0.56, -0.16, Z), -0.25, w(0, 1, 3, 4, 5), PHONE),
    Item("D6", "clothing:sample.scarf_saffron:back", (0, 0, 0), 0, w(3, 4, 5), CLOTHES),
    Item("D6", "bag.sample.shop_green", (*CHAIR_AT, 0.48), 0.3, N, SEAT),
    Item("D6", "cable.sample.loose_ivory", (0.45, -0.74, 0), -0.15, ALL_W | N, CABLE, scale=1.2),
    # D7
    Item("D7", "cup.sample.mug_celadon", (*CUP_POINT, Z), 1.2, ALL_W, twin=CUP),
    Item("D7", "cup.sample.mug_celadon", (0.38, -0.02, Z), 0.4, N, CUP),
    Item("D7", "bag.sample.pack_forest", (*CHAIR_AT, 0.48), 0.4, N, SEAT),
    Item("D7", "phone.sample.slab_blue", (0.36, 0.58, S), 0.7, w(0, 1), twin=PHONE),
    Item("D7", "negative.sample.wallet_wine", (0.60, -0.18, Z), 0.2, w(5, 6, 8), twin=PHONE),
    # D8
    Item("D8", "phone.sample.down_silver", (0.58, -0.16, Z), 0.2, w(0, 1, 2, 3, 4, 5), PHONE),
    Item("D8", "carton.sample.white", (0.10, 0.0, 0), -0.2, ALL_W | N, UNDER),
    Item("D8", "cable.sample.lan_red", (0.40, -0.74, 0), 0.1, N, CABLE, scale=1.3),
    Item("D8", "clothing:sample.blazer_sky:back", (0, 0, 0), 0, N, CLOTHES, variant=1),
)

# the standard set of every desk: asset, x, y, z, turn
STANDARD: tuple[tuple[str, float, float, float, float], ...] = (
    ("monitor.sample.grey", 0.02, 0.20, Z, 0.0),
    ("keyboard.sample.dark", 0.02, -0.12, Z, 0.0),
    ("mouse.sample.graphite", 0.33, -0.13, Z, 0.1),
    ("telephone.sample.cream", 0.64, 0.17, Z, -0.2),
    ("doc_camera.sample.grey", 0.40, 0.12, Z, 0.0),
    ("rating_device.sample.steel", 0.42, 0.70, S, 3.14),
    ("guide_rack.sample.white", -0.62, 0.66, S, 3.14),
    ("pen_base.sample.wood", 0.20, 0.72, S, 3.14),
    ("name_plate.sample.navy", -0.25, 0.70, S, 3.14),
)
# further things that belong to single desks and stand in the clean reference
EXTRA: dict[str, tuple[tuple[str, float, float, float, float], ...]] = {
    "D1": (("plant.sample.ivy", -0.63, 0.22, Z, 0.0),),
    "D2": (("printer.sample.twotone", -0.52, 0.14, Z, 0.0),),
    "D3": (("folder.sample.grey", -0.52, 0.12, Z, 0.1),),
    "D4": (("plant.sample.ivy", -0.63, 0.22, Z, 1.0),),
    "D5": (("printer.sample.twotone", -0.50, 0.14, Z, 0.0),),
    "D6": (("folder.sample.grey", -0.52, 0.12, Z, 0.0),),
    "D7": (("plant.sample.ivy", -0.63, 0.22, Z, 2.0),),
    "D8": (("printer.sample.twotone", -0.52, 0.14, Z, 0.0),),
}
SIGN = {
    d: ("pause_sign.sample.stand_red" if i % 2 else "pause_sign.sample.block_blue")
    for i, d in enumerate(DESKS)
}

STAFF = {
    "D1": "sample.uniform_dark",
    "D2": "sample.uniform_lady",
    "D3": "sample.vest_maroon",
    "D4": "sample.uniform_dark",
    "D5": "sample.uniform_lady",
    "D6": "sample.uniform_dark",
    "D7": "sample.vest_maroon",
    "D8": "sample.uniform_lady",
}
SEATED = ("seated", "typing", "leaning_back")

# citizens at the counter: camera, moment -> (desk, pose)
CITIZENS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "HALL1": {
        "W2": (("D3", "reaching"),),
        "W3": (("D3", "standing"),),
        "W7": (("D1", "standing"),),
    },
    "HALL2": {
        "W3": (("D5", "standing"),),
        "W5": (("D4", "reaching"),),
        "W8": (("D6", "standing"),),
    },
    "HALL3": {
        "W0": (("D7", "reaching"),),
        "W1": (("D7", "standing"),),
        "W8": (("D8", "reaching"),),
    },
}
# people who stand between camera and desk: camera -> moment -> (desk, share of the way)
BLOCKERS: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {
    "HALL1": {"W8": (("D2", 0.60),)},
    "HALL3": {"W7": (("D8", 0.55),)},
}
# frames that can't be judged as a whole: camera -> moment -> what happened
BROKEN: dict[str, dict[str, str]] = {
    "HALL1": {"W4": "black"},
    "HALL2": {"W2": "blurred", "W6": "truncated"},
    "HALL3": {"W6": "moved", "P": "moved"},
}
MOVED_DEG = {"W6": (2.6, -1.4, 1.2), "P": (-3.2, 1.8, -2.0)}  # yaw, pitch, roll


def near(cam: CameraPlan) -> list[str]:
    """The desks that are peopled and furnished in a camera's pictures: its own and their
    neighbours.  Desks farther off stay empty: they are not judged there, and cost time."""
    own = [int(d[1:]) for d in cam.desks]
    return [d for d in DESKS if min(own) - 1 <= int(d[1:]) <= max(own) + 1]


def seated(desk: str, when: str) -> bool:
    """Whether the desk's person sits there at that moment of working time."""
    return when.startswith("W") and when not in AWAY[desk][0]


def sign_stands(desk: str, when: str) -> bool:
    return when.startswith("W") and when in AWAY[desk][0] and AWAY[desk][1]


def moments() -> list[tuple[CameraPlan, str, str]]:
    """(camera, moment, time) of every frame: "P" and "N" repeat, W0..W8 do not."""
    out = []
    for cam in CAMERAS:
        out += [(cam, "P", t) for t in P_TIMES]
        out += [(cam, f"W{i}", t) for i, t in enumerate(W_TIMES)]
        out += [(cam, "N", t) for t in N_TIMES]
    return out
