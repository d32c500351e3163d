"""Looks of the bigger and looser things.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.goods import (
    backpack,
    bin_,
    carton,
    handbag,
    shopping_bag,
)
from datasets.render.assets.loose import litter, plant
from datasets.render.assets.wiring import cable, stain, strip

# fmt: off
s = (0.33, 0.18, 0.36)
add("bag", "train", "hand_brown", handbag, s)
add("bag", "train", "hand_black", handbag, s, size=(0.28, 0.12, 0.2), colour="#1a1a1c",
    trim="#101010")
add("bag", "train", "hand_red", handbag, s, size=(0.26, 0.11, 0.19), colour="#94262c",
    trim="#5a1418", grip=0.16)
add("bag", "train", "tote_canvas", handbag, s, size=(0.36, 0.1, 0.34), colour="#cfc6ae",
    trim="#b0a488", leather=False, square=5, grip=0.2)
add("bag", "train", "pack_navy", backpack, s, "big")
add("bag", "train", "pack_black", backpack, s, "big", size=(0.3, 0.16, 0.42), colour="#1b1c1f")
add("bag", "train", "pack_orange", backpack, s, "big", size=(0.28, 0.16, 0.4), colour="#b8592a",
    pocket="#3a3d44")
add("bag", "train", "shop_white", shopping_bag, s)
add("bag", "train", "shop_red", shopping_bag, s, colour="#c23a34", thin=0.6)
add("bag", "train", "shop_black", shopping_bag, s, colour="#26272a", thin=0.7, size=(0.34, 0.24,
    0.3))
add("bag", "train", "paper_kraft", shopping_bag, s, colour="#b08a5a", ink="#6a4a2a", paper=True,
    size=(0.26, 0.11, 0.33))
add("bag", "val", "hand_olive", handbag, s, size=(0.3, 0.13, 0.22), colour="#5d5a36",
    trim="#33311e")
add("bag", "val", "pack_grey", backpack, s, "big", size=(0.3, 0.17, 0.43), colour="#6a6e74",
    pocket="#50545a")
add("bag", "val", "shop_blue", shopping_bag, s, colour="#7aa0cc", thin=0.6)
add("bag", "sample", "hand_camel", handbag, s, size=(0.31, 0.135, 0.23), colour="#a8794a",
    trim="#5a3c22")
add("bag", "sample", "pack_forest", backpack, s, "big", size=(0.305, 0.175, 0.45),
    colour="#2c4a38", pocket="#1e3427")
add("bag", "sample", "shop_green", shopping_bag, s, colour="#8ab47a", thin=0.6, size=(0.31, 0.21,
    0.29))
add("bag", "sample", "paper_violet", shopping_bag, s, colour="#d8d0e0", ink="#5a3a7a", paper=True,
    size=(0.25, 0.1, 0.32))
c = (0.42, 0.32, 0.3)
add("carton", "train", "brown", carton, c)
add("carton", "train", "small", carton, c, size=(0.3, 0.22, 0.2), colour="#b08a5e", words="配件")
add("carton", "train", "open", carton, c, size=(0.4, 0.3, 0.28), colour="#96703f", flaps=True)
add("carton", "train", "paper_box", carton, c, size=(0.31, 0.22, 0.26), colour="#dfe2e6",
    tape="#4a6ab0", words="复印纸")
add("carton", "train", "big", carton, c, size=(0.5, 0.4, 0.4), colour="#a88558", words="打印机")
add("carton", "val", "tan", carton, c, size=(0.38, 0.29, 0.25), colour="#bc9869", words="向上")
add("carton", "val", "open_tan", carton, c, size=(0.36, 0.27, 0.24), colour="#a9875c", flaps=True)
add("carton", "sample", "ochre", carton, c, size=(0.41, 0.31, 0.27), colour="#b58b4e",
    words="办公用品")
add("carton", "sample", "white", carton, c, size=(0.33, 0.24, 0.23), colour="#d6d2c8",
    tape="#b07a3a", words="小心轻放")
n = (0.27, 0.27, 0.3)
add("bin", "train", "black", bin_, n)
add("bin", "train", "white_liner", bin_, n, colour="#dcdcd8", liner="#1e1f22")
add("bin", "train", "mesh", bin_, n, mesh=True, colour="#3a3c40", r=0.14)
add("bin", "train", "blue_full", bin_, n, colour="#35599a", full=True, h=0.26)
add("bin", "train", "lid_grey", bin_, n, colour="#8a8d92", lid=True, h=0.34, r=0.12)
add("bin", "val", "green", bin_, n, colour="#4f7a4c", r=0.125, h=0.3, liner="#e0e0dc")
add("bin", "sample", "bronze", bin_, n, colour="#5a4a3c", r=0.135, h=0.29, liner="#c8ccd0")
x = (0.08, 0.08, 0.06)
add("litter", "train", "ball_white", litter, x)
add("litter", "train", "ball_yellow", litter, x, colour="#d8c878", size=0.028)
add("litter", "train", "tissue", litter, x, kind="tissue", colour="#f2f1ee", size=0.045)
add("litter", "train", "bottle", litter, x, kind="bottle", colour="#dce8ee")
add("litter", "train", "cup", litter, x, kind="cup", colour="#efeee9")
add("litter", "train", "bag", litter, x, kind="bag", colour="#dfe2e4")
add("litter", "train", "scraps", litter, x, kind="scraps", colour="#ecebe4")
add("litter", "train", "peel", litter, x, kind="peel", colour="#d0871e")
add("litter", "val", "ball_grey", litter, x, colour="#c9cccf", size=0.033)
add("litter", "val", "tissue_blue", litter, x, kind="tissue", colour="#dfe6ee", size=0.04)
add("litter", "sample", "ball_cream", litter, x, colour="#e3d9c0", size=0.037)
add("litter", "sample", "cup_red", litter, x, kind="cup", colour="#c2685a")
g = (0.26, 0.26, 0.3)
add("plant", "train", "bush", plant, g)
add("plant", "train", "pothos", plant, g, leaf="#4f8038", leaves=60, wide=0.045, spread=0.17,
    height=0.34, pot="#8a5a3c")
add("plant", "train", "blades", plant, g, kind="blade", leaf="#3a6a44", leaves=22, spread=0.16,
    height=0.42, wide=0.03)
add("plant", "train", "tall", plant, (0.7, 0.7, 1.4), "floor", leaf="#2a5230", leaves=110,
    wide=0.1, spread=0.34, height=1.4, pot="#d8d8d4")
add("plant", "train", "cactus", plant, g, leaf="#5a7a4a", leaves=16, wide=0.03, spread=0.03,
    height=0.16)
add("plant", "val", "fern", plant, g, kind="blade", leaf="#6a8f3a", leaves=34, spread=0.18,
    height=0.3, wide=0.022, pot="#4a4d52")
add("plant", "sample", "ivy", plant, g, leaf="#3f6f4f", leaves=70, wide=0.034, spread=0.15,
    height=0.27, pot="#b9c2c6")
k = (1.4, 0.8, 0.02)
add("cable", "train", "loose_black", cable, k, "loose")
add("cable", "train", "loose_white", cable, k, "loose", colour="#e2e1dc", radius=0.003, plug=True)
add("cable", "train", "loose_grey", cable, k, "loose", colour="#77797c", length=1.8)
add("cable", "train", "lan_blue", cable, k, "loose", colour="#2a55b8", length=1.6, radius=0.003)
add("cable", "train", "lan_yellow", cable, k, "loose", colour="#d8b81c", length=1.2, radius=0.003)
add("cable", "train", "power_thick", cable, k, "loose", radius=0.005, plug=True, length=1.1)
add("cable", "train", "orange", cable, k, "loose", colour="#d86a1c", radius=0.0045, length=1.5)
add("cable", "train", "drop_black", cable, k, "drop", kind="drop", length=1.2)
add("cable", "train", "drop_many", cable, k, "drop", kind="drop", length=1.0, strands=3,
    second="#d8d7d2")
add("cable", "train", "tangle", cable, k, "loose", strands=3, second="#4a4c50", length=0.9)
add("cable", "train", "coil_black", cable, (0.35, 0.3, 0.04), "coil", kind="coil", length=1.3)
add("cable", "train", "coil_white", cable, (0.3, 0.3, 0.04), "coil", kind="coil",
    colour="#dddcd6", length=1.0)
add("cable", "train", "bundle_black", cable, (1.0, 0.1, 0.03), "bundle", kind="bundle",
    length=1.0, strands=5, second="#3a3c40")
add("cable", "train", "bundle_mixed", cable, (1.2, 0.1, 0.03), "bundle", kind="bundle",
    length=1.2, strands=4, colour="#d0d0cc", second="#1c1c1e")
add("cable", "val", "loose_graphite", cable, k, "loose", colour="#2c2f33", radius=0.0038,
    length=1.5)
add("cable", "val", "lan_green", cable, k, "loose", colour="#3f8a4a", radius=0.0029, length=1.3)
add("cable", "val", "coil_grey", cable, (0.33, 0.3, 0.04), "coil", kind="coil", colour="#8a8c90",
    length=1.15)
add("cable", "val", "bundle_grey", cable, (1.1, 0.1, 0.03), "bundle", kind="bundle", length=1.1,
    strands=4, colour="#4a4d52", second="#b8b8b4")
add("cable", "sample", "loose_ivory", cable, k, "loose", colour="#d2c9b0", radius=0.0036,
    length=1.45, plug=True)
add("cable", "sample", "loose_jet", cable, k, "loose", colour="#0e0f12", radius=0.0042,
    length=1.35, plug=True)
add("cable", "sample", "lan_red", cable, k, "loose", colour="#b8322c", radius=0.0031, length=1.55)
add("cable", "sample", "bundle_slate", cable, (1.05, 0.1, 0.03), "bundle", kind="bundle",
    length=1.05, strands=5, colour="#30353c", second="#8a8f96")
p = (0.5, 0.3, 0.05)
add("power_strip", "train", "white5", strip, p)
add("power_strip", "train", "black4", strip, p, sockets=4, colour="#1c1d1f", cord="#151515",
    plugs=3)
add("power_strip", "train", "white3", strip, p, sockets=3, plugs=1, switch="#2a8a3a")
add("power_strip", "train", "double", strip, p, sockets=4, double=True, plugs=2, colour="#dfe0e0")
add("power_strip", "train", "grey6", strip, p, sockets=6, colour="#8a8d90", cord="#202020",
    plugs=0)
add("power_strip", "val", "cream5", strip, p, sockets=5, colour="#ded8c8", cord="#c8c2b0",
    plugs=3, width=0.06)
add("power_strip", "val", "black6", strip, p, sockets=6, colour="#24262a", cord="#1c1d20",
    plugs=2, width=0.05)
add("power_strip", "sample", "white4_blue", strip, p, sockets=4, colour="#e8eaee", cord="#d8dae0",
    plugs=2, switch="#2a5ac0", width=0.058)
z = (0.15, 0.12, 0.002)
add("stain", "train", "coffee", stain, z)
add("stain", "train", "water", stain, z, colour="#6a6c6c", wet=True, size=0.25)
add("stain", "train", "ink", stain, z, colour="#15182a", size=0.08)
add("stain", "train", "mud", stain, z, colour="#3a2c1c", size=0.2)
add("stain", "val", "tea", stain, z, colour="#6a4a1e", size=0.14)
add("stain", "sample", "sauce", stain, z, colour="#5a2a18", size=0.13)
