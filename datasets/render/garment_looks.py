"""Looks of garments: measures, cloth and cut.  Plain data: no bpy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GarmentLook:
    """``body`` half width and length before / behind the shoulder line, ``sleeve`` (length, width
    at the shoulder, at the cuff), metres; ``weave``: plain, knit, quilt, plaid, herring."""

    colour: str
    second: str
    body: tuple[float, float, float] = (0.28, 0.46, 0.60)
    sleeve: tuple[float, float, float] = (0.52, 0.20, 0.13)
    weave: str = "plain"
    thick: float = 0.008
    stiff: float = 2.0
    mass: float = 0.4
    front: str = "zip"  # zip, buttons, none
    rough: float = 0.9


@dataclass(frozen=True)
class ShellLook:
    """A garment sewn of a body and sleeves, open to the inside, or (``cut`` "sheet") a cloth.

    ``body``: half width, length, half depth; ``sleeve``: length, radius at the shoulder, at the
    cuff (length 0: none), metres.  ``cut``: open, closed (no front opening), sheet.  ``neck``:
    none, turn, stand, hood.  ``blocks``, ``band``, ``mark``, ``pockets`` name what its picture
    has; ``puff`` is the height of quilted rolls.
    """

    colour: str
    second: str
    lining: str = "#3a3c40"
    bright: str = "#d8d8d2"
    body: tuple[float, float, float] = (0.28, 0.66, 0.11)
    sleeve: tuple[float, float, float] = (0.56, 0.085, 0.06)
    cut: str = "open"
    neck: str = "turn"
    weave: str = "plain"
    front: str = "zip"
    blocks: str = ""
    band: str = ""
    mark: str = ""
    pockets: str = "slit"
    trim: bool = False
    puff: float = 0.0
    thick: float = 0.008
    stiff: float = 2.0
    mass: float = 0.4
    rough: float = 0.9


FLAT: dict[str, GarmentLook] = {
    "train.jacket_olive": GarmentLook("#4f5436", "#2c2e20"),
    "train.coat_camel": GarmentLook(
        "#a3805a",
        "#5c4630",
        body=(0.30, 0.66, 0.80),
        thick=0.011,
        stiff=4,
        mass=0.6,
        front="buttons",
        weave="herring",
    ),
    "train.cardigan_grey": GarmentLook(
        "#8c8f94", "#5b5d61", weave="knit", thick=0.009, stiff=0.8, front="buttons"
    ),
    "train.scarf_plaid": GarmentLook(
        "#8d2b2b",
        "#e1d7c4",
        body=(0.13, 0.62, 0.7),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
    "train.shirt_blue": GarmentLook(
        "#8fabcf", "#f1f2f2", thick=0.003, stiff=0.5, mass=0.25, front="buttons"
    ),
    "train.down_black": GarmentLook(
        "#1b1c20", "#303238", weave="quilt", thick=0.022, stiff=6, mass=0.4, rough=0.45
    ),
    "train.hoodie_wine": GarmentLook("#5d2431", "#8b8f92", weave="knit", thick=0.010, stiff=1.5),
    "train.shawl_mustard": GarmentLook(
        "#b98d33",
        "#7c5a1c",
        body=(0.42, 0.45, 0.55),
        sleeve=(0, 0, 0),
        weave="knit",
        stiff=0.7,
        front="none",
    ),
    "train.suit_charcoal": GarmentLook(
        "#35383e",
        "#212327",
        body=(0.27, 0.42, 0.58),
        thick=0.007,
        stiff=3,
        front="buttons",
        weave="herring",
    ),
    "train.windbreaker_red": GarmentLook(
        "#b23a2e", "#1f2a4d", thick=0.004, stiff=3, mass=0.25, rough=0.5
    ),
    "val.jacket_denim": GarmentLook("#3f5877", "#c08b4a", stiff=4, thick=0.007, front="buttons"),
    "val.cardigan_cream": GarmentLook(
        "#d8ccb4", "#a79a80", weave="knit", stiff=0.9, thick=0.009, body=(0.29, 0.5, 0.66)
    ),
    "val.scarf_teal": GarmentLook(
        "#2d6f73",
        "#c6c0a2",
        body=(0.15, 0.55, 0.75),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
    "sample.parka_moss": GarmentLook(
        "#5f6b4a", "#3b3f30", body=(0.31, 0.55, 0.70), thick=0.013, stiff=4, mass=0.5
    ),
    "sample.blazer_sky": GarmentLook(
        "#5a7fae", "#e6e6e2", body=(0.28, 0.44, 0.60), thick=0.007, stiff=2.2, front="buttons"
    ),
    "sample.knit_rose": GarmentLook(
        "#b0606c", "#e2c9c4", weave="knit", thick=0.010, stiff=0.9, front="buttons"
    ),
    "sample.scarf_saffron": GarmentLook(
        "#c9922e",
        "#5d3f6b",
        body=(0.15, 0.5, 0.62),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
}
