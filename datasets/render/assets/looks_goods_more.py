"""More teaching looks: food and drink, bags, boxes, litter, marks, plants, things of no class.

One row an asset: class, look, maker, size in metres, tags, parameters.  All are of the train split.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasets.render.assets.bags_more import case, luggage, sling
from datasets.render.assets.bins_more import bin_more
from datasets.render.assets.boxes_more import box_more, pale_box
from datasets.render.assets.carriers import carrier
from datasets.render.assets.core import add
from datasets.render.assets.drink_stores import bottle_pair, drink, vacuum_jug
from datasets.render.assets.drinks_more import carry_flask, jar_cup, teacup, tumbler
from datasets.render.assets.food_more import bakery, tub
from datasets.render.assets.greenery import green
from datasets.render.assets.litter_more import crushed, remains, scrap
from datasets.render.assets.lookalikes import counter_box, dispenser, upright
from datasets.render.assets.meals import bento, packet, takeaway
from datasets.render.assets.ornaments import fan, gadget, ornament
from datasets.render.assets.produce import produce
from datasets.render.assets.stains_more import mark
from datasets.render.assets.tall_plants import tall_green
from datasets.render.assets.umbrellas_more import umbrella_more, umbrella_stand

Size = tuple[float, float, float]


def _kinds(
    cls: str | None,
    maker: Callable[..., Any],
    size: Size,
    *tags: str,
    **looks: dict[str, Any],
) -> None:
    """Enter one look a keyword; its name is the ``kind``, unless the look says another."""
    for name, params in looks.items():
        add(
            cls,
            "train",
            f"{name}_of_{maker.__name__}",
            maker,
            size,
            *tags,
            **{"kind": name, **params},
        )


# fmt: off
# ------------------------------------------------------------------------------------- food
_kinds("food", tub, (0.15, 0.15, 0.12),
    noodle={}, closed={"colour": "#7a3a8a", "second": "#e8e0f0"},
    open={"colour": "#e8a42a", "inside": "b0521e"},
    bowl={"colour": "#3a3230", "r": 0.075, "h": 0.06, "inside": "7a9a4a"},
    spoon={"colour": "#f0ece2", "second": "#c88aa8", "inside": "e8e0cc", "r": 0.045, "h": 0.07})
_kinds("food", bakery, (0.22, 0.2, 0.12),
    cake_box={}, clam={"colour": "#c8a078"}, rolls={"second": "#e8dfca"},
    baozi={"colour": "#e8eaea", "size": 0.17}, toast={"colour": "#2f6a9a", "size": 0.2},
    youtiao={"crust": "b8842e"}, plate={"colour": "#8a4a3a", "second": "#f0efec"})
_kinds("food", produce, (0.17, 0.17, 0.08),
    grapes={}, pear={}, peeled={}, dragon={}, tomatoes={"count": 5}, slices={}, tuber={}, maize={},
    eggs={"size": 0.034, "count": 3}, melon={"size": 0.045}, green_grapes={"kind": "grapes",
        "unripe": True},
    persimmons={"kind": "tomatoes", "unripe": True})
_kinds("food", bento, (0.25, 0.2, 0.08),
    tray={}, steel={"colour": "#b0b2b4"}, stack={"colour": "#d8c8b8", "second": "4a6a5a"},
    foam={"colour": "#e8e8e2"}, bowl={"colour": "#b08a58", "greens": "6a9a3a"},
    clear={"colour": "#d8a03a", "second": "6a2a1a"})
_kinds("food", packet, (0.16, 0.2, 0.06),
    open={}, roll={"colour": "#c02a2a", "size": 0.11}, sweets={"colour": "#c83a6a",
        "food": "3a8a5a"},
    jelly={"food": "d8883a"}, bar={"colour": "#5a2a1a", "food": "3a1e12"},
    box={"colour": "#e0b42a"}, pillow={"colour": "#e8a44a", "second": "#f4f0e4"},
    nuts={"colour": "#7a3a1e", "food": "a8743a"})
_kinds("food", takeaway, (0.26, 0.2, 0.22),
    film={}, kraft={"colour": "#3a5a3a"}, open={"colour": "#d8dcdc"},
    drinks={"colour": "#e8e0d8", "second": "#7a5a3a"})
# ----------------------------------------------------------------------------------- drinks
u = (0.09, 0.09, 0.14)
_kinds("cup", tumbler, u,
    travel={}, short={"colour": "#d8cfc0", "metal": 0.0}, straw={"colour": "#c88a9a", "r": 0.046,
        "h": 0.2},
    stew={"colour": "#7a8a6a"}, steel={"colour": "#b8babc", "metal": 1.0},
    white={"kind": "travel", "colour": "#ececea", "second": "#b0b2b4", "handle": True})
_kinds("cup", teacup, (0.13, 0.13, 0.09),
    gaiwan={}, saucer={"second": "#b8924a"}, bowl={"colour": "#3a3a38", "second": "#6a4a2a"},
    spoon={"colour": "#7a2f2a", "second": "#7a2f2a"}, cover={"colour": "#f0efec",
        "second": "#c8a850"},
    enamel={"colour": "#f0eee4", "second": "#2a4a8a"},
    blue={"kind": "cover", "colour": "#dfe6ee", "second": "#2a4a9a"})
_kinds("cup", teacup, (0.3, 0.2, 0.09), "wide", set={"colour": "#e8e2d4", "second": "#5a3a2a"},
    set_white={"kind": "set", "colour": "#f2f2ee", "second": "#e8ece8"})
_kinds("cup", jar_cup, u,
    jar={}, wall={"colour": "#b8862e"}, knit={"sleeve": "#8a3a4a"}, stack={"lid": "#4a8a5a"},
    iced={"colour": "#b08a64", "lid": "#2a2a2a", "r": 0.043, "h": 0.14},
        teabag={"sleeve": "#c8b48a"})
_kinds("thermos", carry_flask, (0.1, 0.1, 0.25),
    sport={}, tall={"colour": "#b0b2b4", "metal": 1.0, "h": 0.3}, child={"colour": "#e0a0b0",
        "second": "#e8e8e4"},
    pot={"colour": "#d8d4c8", "metal": 0.0}, bullet={"colour": "#b03a2e"},
    button={"colour": "#4a4038", "second": "#2a2422"},
    mint={"kind": "sport", "colour": "#9ac8b8", "second": "#e8e8e4", "metal": 0.0})
_kinds("thermos", vacuum_jug, (0.22, 0.26, 0.32), "big",
    jug={}, pump={"colour": "#b8bcc0", "metal": 0.9, "r": 0.08, "h": 0.34},
    cork={"colour": "#b83a3a", "trim": "#e0d8c0"}, electric={"colour": "#b4b6b8", "metal": 0.9},
    steel={"colour": "#a8acb0", "metal": 1.0, "h": 0.36},
    brown={"kind": "jug", "colour": "#4a3a30", "second": "#c8b088"},
    flower={"kind": "pump", "colour": "#d8b8b0", "second": "#8a5a5a"})
_kinds("bottle", drink, (0.08, 0.08, 0.22),
    can={}, slim={"colour": "#2a4a9a", "second": "#c8ccd0"}, glass={"liquid": "#3a5a24",
        "colour": "#d8c84a"},
    sports={"colour": "#3a8ac8", "cap": "#18181a"}, shaker={"liquid": "#d8c8b0", "cap": "#1c1c1e"},
    square={"liquid": "#7a4418", "colour": "#c8a038"}, waisted={"colour": "#e8e0dc",
        "second": "#c03a4a"},
    medicine={"liquid": "#5a3010", "colour": "#f0f0ea", "second": "#3a7a5a", "cap": "#f0f0ee"},
    can_lies={"kind": "can", "colour": "#3a8a4a", "lie": True})
_kinds("bottle", drink, (0.15, 0.15, 0.32), "large",
    jug={"colour": "#3a7ab8"}, gallon={"colour": "#4aa0c8", "cap": "#2a5ab0"})
add("bottle", "train", "pair_foil", bottle_pair, (0.14, 0.14, 0.22))
add("bottle", "train", "pair_loose", bottle_pair, (0.16, 0.14, 0.22), film=False, count=2,
        label="#c83a3a")
add("bottle", "train", "pair_tall", bottle_pair, (0.16, 0.14, 0.25), film=False, count=3, h=0.24,
        cap="#3a6ac0")
# ------------------------------------------------------------------------------------- bags
_kinds("bag", case, (0.42, 0.26, 0.3),
    brief={}, laptop={"colour": "#26282c"}, hard={"colour": "#8a8e92", "trim": "#2a2a2c",
        "metal": "#c0c2c4"},
    sleeve={"colour": "#5a6270", "lie": True}, document={"colour": "#2c4a6a", "size": (0.36, 0.08,
        0.27), "lie": True},
    tan={"kind": "brief", "colour": "#8a5a34", "trim": "#4a2e1a"},
    grey_lies={"kind": "laptop", "colour": "#7a7e84", "lie": True})
_kinds("bag", luggage, (0.42, 0.28, 0.7), "floor", "big",
    shell={}, cloth={"colour": "#1c1e22"}, duffel={"colour": "#4a5a44", "size": (0.3, 0.26, 0.5)},
    silver={"kind": "shell", "colour": "#b8bcc0", "pull": 0.05}, trolley={"kind": "cloth",
        "colour": "#7a2f3a"})
_kinds("bag", sling, (0.3, 0.3, 0.24),
    cross={}, belt={"colour": "#1e1f22"}, string={"colour": "#3a5a9a", "trim": "#e8e8e4"},
    lunch={"colour": "#8aa0a8", "trim": "#3a4a50"}, bucket={"colour": "#c8b490", "trim": "#7a4a2a"},
    clutch={"colour": "#6a1f2a"}, check={"kind": "lunch", "colour": "#c86a5a"})
_kinds("bag", carrier, (0.34, 0.28, 0.3),
    knotted={}, paper={"colour": "#c8a878", "second": "#7a5a3a"}, tote={"colour": "#e0d8c4",
        "second": "#26282c"},
    gift={"colour": "#a82a34", "second": "#d8b860"}, woven={"colour": "#d8dce4",
        "second": "#2a4ab0"},
    slumped={"colour": "#c8ccce"}, red={"kind": "knotted", "colour": "#b83a3a"},
    black={"kind": "slumped", "colour": "#1c1c1e"})
# ------------------------------------------------------------------------- cartons and bins
_kinds("carton", box_more, (0.44, 0.34, 0.3),
    open={}, half={"fill": "files", "colour": "#a07a4a"}, parcel={"colour": "#c09a68",
        "tape": "#d8c898"},
    lidded={"colour": "#d0ccc0", "tape": "#f0f0ec"}, stack={"colour": "#9a7444"},
    tray={"colour": "#b89868", "ink": "#a02a2a"}, empty={"kind": "open", "fill": "", "lean": 1.2},
    foam_fill={"kind": "open", "fill": "foam", "colour": "#e0ddd4"})
_kinds("carton", box_more, (0.7, 0.5, 0.12), "wide", flat={}, long={"words": "显示屏"},
    flat_white={"kind": "flat", "colour": "#d8d4c8"})
_kinds("carton", pale_box, (0.4, 0.3, 0.28),
    foam={}, open={"colour": "#eceeec"}, mailer={"colour": "#8a8e94", "second": "#3a3a3c"},
    mailer_kraft={"kind": "mailer", "colour": "#c8a464"}, gift={"colour": "#f0e8d8",
        "second": "#a02a2e"},
    shoe={"colour": "#e0701e", "second": "#2a2a2c"}, reams={"colour": "#f0f0ec",
        "second": "#2a6ab0"})
_kinds("bin", bin_more, (0.3, 0.3, 0.36),
    pedal={"metal": 0.9}, square={"colour": "#4a4e54", "metal": 0.0},
    swing={"colour": "#d0d0ca", "metal": 0.0}, wire={"colour": "#2a2b2e", "full": True},
    oval={"colour": "#d8c8b8", "metal": 0.0, "liner": True}, crate={"colour": "#7a9a8a",
        "metal": 0.0, "liner": True},
    square_full={"kind": "square", "colour": "#8a5a3a", "metal": 0.0, "full": True},
    wire_bag={"kind": "wire", "colour": "#c8cacc", "liner": True})
_kinds("bin", bin_more, (0.5, 0.34, 0.66), "hall",
    twin={"colour": "#2a5ab0", "second": "#5a5e62", "metal": 0.0, "h": 0.42, "r": 0.16},
    tall={"metal": 0.9, "h": 0.36}, ash={"colour": "#3a3c40", "h": 0.34})
# -------------------------------------------------------------------------- litter and marks
x = (0.12, 0.12, 0.04)
_kinds("litter", scrap, (0.15, 0.15, 0.02),
    wrapper={}, wrapper_green={"kind": "wrapper", "colour": "#5a9a4a", "second": "#f0e8a0",
        "size": 0.07},
    strips={"colour": "#eceae4", "second": "#e0ddd4", "size": 0.13}, receipt={"colour": "#f0efea"},
    leaf={"colour": "#8a6a2c", "size": 0.08}, napkin={"colour": "#efeee9", "second": "#c88a3a"},
    dots={"colour": "#f0efe8", "size": 0.07})
_kinds("litter", crushed, x,
    can={}, can_blue={"kind": "can", "colour": "#2a4a9a", "second": "#c8ccd0"},
        cup={"colour": "#f0efea", "second": "#7a5a3a"},
    pack={"colour": "#b8862a", "second": "#a02020"}, tub={"colour": "#c8281e", "second": "#e8d8b0"},
    lid={"colour": "#1e1e20", "second": "#e8e8e4"})
_kinds("litter", remains, (0.15, 0.14, 0.04),
    heap={}, butts={}, seeds={"colour": "#3a322a", "size": 0.045}, crumbs={"colour": "#c09a5a",
        "size": 0.035},
    banana={"colour": "#c8a838"}, orange={"colour": "#d87f22"}, core={"colour": "#e0d0a0",
        "size": 0.022},
    bands={"colour": "#a83a2a", "size": 0.026})
z = (0.18, 0.18, 0.002)
_kinds("stain", mark, z,
    ring={"size": 0.11, "colour": "#5a3a1c"}, splash={}, tide={"size": 0.26, "colour": "#6a5c48",
        "second": "#a89a84"},
    ink={"size": 0.12, "colour": "#10142a", "second": "#24305a"},
    smear={"size": 0.4, "colour": "#33302c", "second": "#5a554e"},
    drips={"size": 0.2, "colour": "#7a2f1a", "second": "#9a4a28"},
    tea_splash={"kind": "splash", "colour": "#7a4a1e", "second": "#a8763a", "size": 0.3},
    dark_ring={"kind": "ring", "colour": "#2c1a10", "second": "#5a3a24", "size": 0.09})
_kinds("stain", mark, (0.5, 0.5, 0.002), "floor",
    dust={"size": 0.45, "colour": "#8a8478", "second": "#b8b2a4", "strength": 0.8},
    wet={"size": 0.5, "colour": "#626464", "second": "#787a7a", "strength": 0.9, "shine": True},
    trail={"size": 0.7, "colour": "#4a3a2a", "second": "#6a5842"},
    prints={"size": 0.62, "colour": "#3c342a", "second": "#6a6050"},
    mud_prints={"kind": "prints", "size": 0.6, "colour": "#4a3420", "second": "#7a5c3c",
        "strength": 1.0},
    big_tide={"kind": "tide", "size": 0.6, "colour": "#7a7468", "second": "#a8a294"})
# --------------------------------------------------------------------------------- umbrellas
m = (0.12, 0.9, 0.1)
_kinds("umbrella", umbrella_more, m,
    furled={}, loose={"colour": "#7a2a34", "edge": "#7a2a34"}, bag={"colour": "#1e1e20",
        "second": "#e8ecee"},
    clear={"kind": "loose", "colour": "#dfe6ea", "edge": "#f0f0f0", "clear": True,
        "grip": "#f0f0ee"},
    long_plaid={"kind": "furled", "colour": "#5a4a3a", "edge": "#c8a878", "hook": False})
_kinds("umbrella", umbrella_more, (0.08, 0.32, 0.06), "short",
    sleeve={"second": "#1a2a4a"}, stub={"colour": "#3a6a7a", "edge": "#2a4a5a", "thick": 0.05},
    stub_dots={"kind": "stub", "colour": "#c85a7a", "edge": "#e8a8b8", "thick": 0.045},
    sleeve_pink={"kind": "sleeve", "second": "#d8a0a8", "grip": "#e8e4e0"})
_kinds("umbrella", umbrella_more, (0.9, 0.9, 0.6), "floor",
    open={}, dry={"colour": "#8a2a2a", "edge": "#8a2a2a"}, open_clear={"kind": "open",
        "clear": True, "colour": "#e0e8ec",
    "edge": "#e8f0f0", "grip": "#e8e8e8"})
add("umbrella", "train", "stand_wire", umbrella_stand, (0.3, 0.3, 0.85), "floor", "holder")
add("umbrella", "train", "stand_square", umbrella_stand, (0.3, 0.3, 0.85), "floor", "holder",
    square=True, colour="#c8cacc", second="#1c1c1e", third="#3a6a5a", count=2)
# ------------------------------------------------------------------------------------ plants
g = (0.26, 0.26, 0.34)
_kinds("plant", green, g,
    snake={}, succulent={"shape": "bowl", "r": 0.09, "height": 0.14, "leaf": "#7a9a7a",
        "flower": "#a86a7a"},
    orchid={"height": 0.5, "pot": "#f0efec"}, bamboo={"height": 0.36, "shape": "tall", "r": 0.05,
        "flower": "#c02a2a"},
    water={"height": 0.3}, trail={"leaf": "#4a8a3a", "height": 0.2}, vase={"height": 0.4,
        "pot": "#3a5a8a", "flower": "#d04a4a"},
    aloe={"height": 0.24, "leaf": "#6a8a62", "shape": "square"}, spider={"height": 0.3,
        "leaf": "#7aa04a"},
    money={"height": 0.26, "leaf": "#4f8a44", "pot": "#d8a878"}, anthurium={"height": 0.42,
        "flower": "#c0242a"},
    violet={"kind": "vase", "height": 0.3, "pot": "#e8e4dc", "flower": "#8a5ab0",
        "second": "#e8d8f0"})
_kinds("plant", tall_green, (0.7, 0.7, 1.3), "floor",
    dracaena={}, palm={"height": 1.5}, rubber={"height": 1.2, "leaf": "#24452c"},
        monstera={"height": 1.0},
    hanging={"height": 1.1, "leaf": "#4f8a3c"}, fig={"height": 1.4, "shape": "square"})
# ---------------------------------------------------------------------------- of no class
s = (0.2, 0.15, 0.12)
_kinds(None, counter_box, (0.24, 0.16, 0.12), "desk",
    tissue={}, cube={"colour": "#c8d8c8"}, soft={"colour": "#e0b8c0", "second": "#f4f0f0"},
    wood={"colour": "#6a4228"}, mask={"colour": "#f0f2f4", "second": "#3a7ac0"},
    gloves={"colour": "#e8e4d8", "second": "#3a9a6a"})
_kinds(None, counter_box, (0.26, 0.35, 0.15), "desk", "letter",
    tray={"colour": "#3a3c40"}, tiers={"colour": "#c8ccd0", "second": "#8a8e92"})
_kinds(None, upright, (0.22, 0.12, 0.18), "desk",
    calendar={}, frame={"colour": "#5a3a22"}, mirror={"colour": "#e8b8c0"},
        clock={"colour": "#26282c"},
    block={"colour": "#2a4a7a"})
_kinds(None, dispenser, (0.08, 0.09, 0.18), "desk",
    pump={}, spray={"colour": "#d8e8f0"}, aerosol={"colour": "#7ab0a0"},
        tube={"colour": "#e8d8d8", "second": "#b85a7a"},
    squeeze={"colour": "#f0efe8", "second": "#c85a2a"}, moist={"colour": "#e0ecf0"})
_kinds(None, gadget, (0.12, 0.16, 0.08), "desk",
    punch={}, heavy={"colour": "#5a6068"}, mini={"colour": "#c88aa0"},
        dispenser={"colour": "#c8cacc"},
    clips={"colour": "#dfe6ea"}, sharpener={"colour": "#a83a3a"}, scissors={"colour": "#26282c"},
    glue={"colour": "#c02a2a"}, knife={"colour": "#d8b02a"}, ruler={"colour": "#c8d8e0"})
_kinds(None, ornament, (0.14, 0.14, 0.18), "desk",
    bear={}, duck={"colour": "#e0c030"}, figure={"colour": "#b83a3a"}, cat={"colour": "#e8e4dc",
        "second": "#c83a2a"},
    car={"colour": "#a02a2a", "second": "#26282c"}, globe={"colour": "#3a6aa8",
        "second": "#b09a5a"},
    trophy={"colour": "#3a2218", "second": "#c8a24a"}, flag={"colour": "#c0242a",
        "second": "#c8a24a"})
_kinds(None, fan, (0.24, 0.2, 0.32), "desk",
    desk={}, clip={"r": 0.06, "colour": "#b8d0c8"}, box={"r": 0.09}, tower={"r": 0.07,
        "colour": "#e4e4e6"})
add(None, "train", "fan_floor", fan, (0.4, 0.4, 0.9), "floor", kind="floor")
