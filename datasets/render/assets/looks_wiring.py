"""Looks of more cables, power strips and what is mistaken for them, all for teaching.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.not_cables import bar, belt, bridge, crack, rope_foot
from datasets.render.assets.strips_more import board, reel, tower
from datasets.render.assets.wiring_more import hank, leg_run, patch, run

# fmt: off
k, h = (1.7, 0.5, 0.03), (0.3, 0.25, 0.05)
add("cable", "train", "run_black", run, k, "loose")
add("cable", "train", "run_bends", run, k, "loose", shape="bends", colour="#dcdad3",
    radius=0.0042, end="rj45")
add("cable", "train", "run_wall", run, k, "loose", shape="wall", colour="#55575a", strands=2,
    end="iec")
add("cable", "train", "run_taped", run, k, "loose", strips=5, colour="#202123", tape="#c7a24a")
add("cable", "train", "run_taped_grey", run, k, "loose", strips=3, colour="#e4e2dc",
    tape="#8f9296", shape="sweep", strands=2)
add("cable", "train", "run_flat", run, k, "loose", kind="flat", colour="#e6e6e2", radius=0.003,
    shape="sweep", end="rj45", strands=5)
add("cable", "train", "run_flat_black", run, k, "loose", kind="flat", colour="#1d1e21",
    radius=0.003, shape="wave", end="usb", strands=4, length=1.2)
add("cable", "train", "spiral_black", run, (0.8, 0.3, 0.03), "loose", kind="spiral", length=0.7)
add("cable", "train", "spiral_cream", run, (0.8, 0.3, 0.03), "loose", kind="spiral",
    colour="#d6cfba", length=0.6)
add("cable", "train", "brick_black", run, k, "loose", kind="brick", radius=0.0032, shape="sweep",
    start="barrel", length=1.5)
add("cable", "train", "brick_white", run, k, "loose", kind="brick", radius=0.003, shape="wave",
    colour="#ebebe8", start="usb", length=1.3)
add("cable", "train", "wrap_black", run, k, "loose", kind="wrap", second="#3c3e42")
add("cable", "train", "wrap_white", run, k, "loose", kind="wrap", colour="#2a4f9c",
    second="#e3e2dc", shape="sweep")
add("cable", "train", "sleeve_grey", run, k, "loose", kind="sleeve", colour="#808388",
    shape="bends")
add("cable", "train", "cross_mixed", run, k, "loose", kind="cross", strands=3, shape="sweep",
    second="#b8392f", length=1.4)
add("cable", "train", "parallel_four", run, k, "loose", strands=4, shape="sweep",
    second="#5a5c60", end="none")
add("cable", "train", "near_wood", run, k, "loose", colour="#8a6a48", shape="wave", strands=2,
    second="#a98660")
add("cable", "train", "run_red", run, k, "loose", colour="#b3281f", shape="bends", radius=0.0034)
add("cable", "train", "run_green", run, k, "loose", colour="#2f7a45", shape="sweep", end="rj45")
add("cable", "train", "hank_eight", hank, h, "coil")
add("cable", "train", "hank_oval", hank, h, "coil", kind="oval", colour="#e3e2dd", tie="#1e1f21",
    end="usb", loops=6)
add("cable", "train", "hank_ring", hank, h, "coil", kind="ring", colour="#2b58ac", end="rj45",
    size=0.16, radius=0.0032, loops=7)
add("cable", "train", "hank_loose", hank, h, "coil", kind="loose", loops=7, size=0.3)
add("cable", "train", "hank_knot", hank, h, "coil", kind="knot", loops=5, colour="#3d3f43",
    size=0.24, end="iec")
add("cable", "train", "hank_yellow", hank, h, "coil", kind="loose", colour="#d5b32a", loops=5,
    end="rj45", radius=0.0032)
add("cable", "train", "patch_fan", patch, (0.6, 0.4, 0.03), "coil")
add("cable", "train", "patch_grommet", patch, (0.5, 0.4, 0.04), "coil", kind="grommet",
    colour="#1b1c1e", second="#dddcd6", third="#5c5f64", strands=4, end="none", radius=0.004)
add("cable", "train", "patch_pile", patch, (0.5, 0.4, 0.04), "coil", kind="pile", strands=5,
    colour="#222326", second="#3d3f44", third="#1a4d9a")
add("cable", "train", "patch_white", patch, (0.6, 0.4, 0.03), "coil", colour="#e2e1dc",
    second="#c5c9cd", third="#9fb4cf", strands=8, length=0.42)
add("cable", "train", "leg_tied", leg_run, (0.6, 0.5, 0.7), "drop")
add("cable", "train", "leg_slack", leg_run, (0.6, 0.1, 0.7), "drop", kind="slack", strands=3)
add("cable", "train", "leg_sleeve", leg_run, (0.5, 0.3, 0.7), "drop", kind="sleeve",
    colour="#6d7075")
add("cable", "train", "leg_bow", leg_run, (0.8, 0.5, 0.7), "drop", kind="bow", colour="#dedcd5",
    strands=1, radius=0.0042)
add("cable", "train", "bundle_wrap", run, (1.2, 0.1, 0.03), "bundle", kind="wrap", length=1.1)
add("cable", "train", "bundle_sleeve", run, (1.2, 0.1, 0.03), "bundle", kind="sleeve", length=1.0,
    colour="#d9d8d2")
add("cable", "train", "bundle_bare", run, (1.2, 0.1, 0.03), "bundle", strands=6, length=1.1,
    second="#c8c8c2", end="none", strips=3, tape="#222326")

p = (0.45, 0.35, 0.06)
add("power_strip", "train", "switch_row", board, p)
add("power_strip", "train", "switch_six", board, p, sockets=6, colour="#e2e4e8", led="#2a8fd0",
    plugs=2)
add("power_strip", "train", "slant_black", board, p, kind="slant", colour="#202226", cord="#18191b",
    sockets=5, usb=2, plugs=2, led="#3ac06a")
add("power_strip", "train", "rack_steel", board, p, kind="rack", sockets=8, colour="#9da1a6",
    cord="#1a1b1d", height=0.044, width=0.045, plugs=3)
add("power_strip", "train", "rack_black", board, p, kind="rack", sockets=6, colour="#26282b",
    cord="#1a1b1d", height=0.044, width=0.045, on_side=True, plugs=2)
add("power_strip", "train", "bar_white", board, p, kind="bar", sockets=4, usb=4, flat_plug=True)
add("power_strip", "train", "bar_grey", board, p, kind="bar", sockets=3, colour="#6c7178",
    face="#2a2c30", cord="#232427", width=0.07)
add("power_strip", "train", "wide_white", board, p, kind="wide", sockets=4, plugs=2)
add("power_strip", "train", "wide_orange", board, p, kind="wide", sockets=3, colour="#d87a2a",
    face="#efeae0", cord="#d87a2a", led="#c02a22")
add("power_strip", "train", "round_pink", board, p, kind="round", sockets=3, colour="#e6c3c6",
    face="#f2eeea", usb=2, plug="#e8e6e0", flat_plug=True)
add("power_strip", "train", "round_teal", board, p, kind="round", sockets=4, colour="#3f7d86",
    face="#e8ebea", plug="#2a2b2d", width=0.052)
add("power_strip", "train", "short_two", board, p, kind="slant", sockets=2, usb=4, plugs=1,
    height=0.03)
add("power_strip", "train", "tower_white", tower, (0.3, 0.3, 0.22), "tower")
add("power_strip", "train", "tower_round", tower, (0.3, 0.3, 0.26), "tower", kind="round",
    colour="#2a2c31", face="#c8cace", storeys=4, cord="#1b1c1e")
add("power_strip", "train", "tower_two", tower, (0.3, 0.3, 0.15), "tower", storeys=2,
    colour="#e7e3d8", face="#8a8d92", side=0.13)
add("power_strip", "train", "cube_white", tower, (0.25, 0.25, 0.09), "tower", kind="cube",
    face="#dfe1e3", plugs=1, side=0.085)
add("power_strip", "train", "cube_green", tower, (0.25, 0.25, 0.09), "tower", kind="cube",
    colour="#7fa08c", face="#e9ece8", plug="#e6e6e2", side=0.08)
add("power_strip", "train", "disc_white", tower, (0.3, 0.3, 0.06), "tower", kind="disc")
add("power_strip", "train", "reel_red", reel, (0.35, 0.3, 0.4), "reel")
add("power_strip", "train", "reel_flat", reel, (0.35, 0.3, 0.1), "reel", kind="flat",
    drum="#e0b42c", cord="#1b1c1e")

n = (1.0, 0.1, 0.01)
add(None, "train", "crack_dark", crack, n, "floor")
add(None, "train", "crack_long", crack, n, "floor", length=1.7, width=0.004, colour="#6a665e")
add(None, "train", "scuff_grey", crack, n, "floor", kind="scuff", colour="#8a867c", width=0.02)
add(None, "train", "drag_black", crack, n, "floor", kind="drag", colour="#3a3936", length=1.3)
add(None, "train", "chalk_white", crack, n, "floor", kind="chalk", colour="#d6d4cc")
add(None, "train", "ruler_wood", bar, n, "floor", length=0.6)
add(None, "train", "ruler_steel", bar, n, "desk", length=0.3, colour="#c3c6c9", width=0.028)
add(None, "train", "rod_steel", bar, n, "floor", kind="rod", colour="#b0b3b6")
add(None, "train", "rod_black", bar, n, "floor", kind="rod", colour="#202123", length=0.5)
add(None, "train", "batten_wood", bar, n, "floor", kind="batten", colour="#a67f50")
add(None, "train", "profile_metal", bar, n, "floor", kind="profile", colour="#a4a7aa", length=1.5)
add(None, "train", "broom", bar, (1.3, 0.24, 0.05), "floor", kind="broom", colour="#b5884e",
    second="#3f7a52", length=1.1)
add(None, "train", "hazard_line", bar, n, "floor", kind="hazard", colour="#e0bb28",
    second="#1e1f21", length=1.6)
add(None, "train", "dashed_line", bar, n, "floor", kind="dashes", colour="#d8d9d6", length=1.6)
add(None, "train", "skirting_piece", bar, n, "floor", kind="skirting", colour="#6a4a30")
add(None, "train", "pen_blue", bar, (0.15, 0.02, 0.01), "desk", kind="pen", colour="#22408a",
    second="#1b1c1e")
add(None, "train", "pen_red", bar, (0.15, 0.02, 0.01), "desk", kind="pen", colour="#e6e6e2",
    second="#b3271f")
add(None, "train", "belt_brown", belt, (0.5, 0.4, 0.04), "floor")
add(None, "train", "lanyard_blue", belt, (0.4, 0.3, 0.01), "desk", kind="lanyard",
    colour="#1f4aa0", length=0.8, width=0.025)
add(None, "train", "strap_black", belt, (0.5, 0.4, 0.02), "floor", kind="strap", colour="#1c1d1f")
add(None, "train", "ribbon_packing", belt, (0.5, 0.4, 0.02), "floor", kind="ribbon",
    colour="#d8c25a", width=0.012)
add(None, "train", "rope_red", belt, (0.8, 0.4, 0.03), "floor", kind="rope", colour="#7c1f26",
    length=1.2)
add(None, "train", "bridge_ramp", bridge, (0.9, 0.2, 0.04), "floor")
add(None, "train", "bridge_dome", bridge, (0.9, 0.12, 0.05), "floor", kind="dome",
    colour="#2c2d30", length=1.2)
add(None, "train", "bridge_trunk", bridge, (1.2, 0.06, 0.02), "floor", kind="trunk",
    colour="#8d9093", second="#e3e2dc", length=1.3)
add(None, "train", "bridge_plate", bridge, (0.15, 0.15, 0.01), "floor", kind="plate",
    second="#b9a468")
add(None, "train", "post_belt", rope_foot, (0.33, 0.33, 0.9), "floor")
add(None, "train", "post_ball", rope_foot, (0.33, 0.33, 0.95), "floor", kind="ball",
    colour="#c7a24e")
add(None, "train", "post_base", rope_foot, (0.33, 0.33, 0.05), "floor", kind="base",
    colour="#3a3c40")
# fmt: on
