"""Looks of the small things.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.drinks import bottle, flask, glass, kettle, mug, paper_cup
from datasets.render.assets.small import charger, earphones, food, phone, umbrella

# fmt: off
p = (0.08, 0.16, 0.01)
add("phone", "train", "slab_black", phone, p)
add("phone", "train", "slab_big", phone, p, size=(0.078, 0.165, 0.0082), colour="#1c1d22",
    bezel=0.002)
add("phone", "train", "lit_blue", phone, p, lit="#4b7fd0", colour="#23262c")
add("phone", "train", "lit_white", phone, p, lit="#e6ebf0", colour="#d9d9d6", bezel=0.0035)
add("phone", "train", "lit_dark", phone, p, lit="#2a4434", colour="#0e0f10", size=(0.072, 0.15,
    0.008))
add("phone", "train", "case_red", phone, p, colour="#b02028", size=(0.08, 0.163, 0.011),
    bezel=0.005, rough=0.6)
add("phone", "train", "case_clear_blue", phone, p, colour="#7fa6d6", size=(0.079, 0.162, 0.011),
    bezel=0.004, rough=0.5, lit="#8d6bb0")
add("phone", "train", "old_button", phone, p, size=(0.067, 0.138, 0.0075), colour="#e6e4df",
    bezel=0.005, button=True)
add("phone", "train", "down_black", phone, p, lie="down", colour="#17181b")
add("phone", "train", "down_white", phone, p, lie="down", colour="#e3e2de", bump="bar", rough=0.2)
add("phone", "train", "down_green", phone, p, lie="down", colour="#39584a", bump="round",
    metal=0.3)
add("phone", "train", "down_pinkcase", phone, p, lie="down", colour="#d48a9c", bump="square",
    rough=0.7, size=(0.078, 0.161, 0.011))
add("phone", "train", "down_goldcase", phone, p, lie="down", colour="#a98a4a", rough=0.3,
    metal=0.7)
add("phone", "train", "edge_black", phone, p, "edge", lie="edge", colour="#141518")
add("phone", "train", "stand_black", phone, p, "stand", lie="stand", colour="#2b2c30",
    lit="#c06a3a")
add("phone", "val", "slab_graphite", phone, p, size=(0.075, 0.161, 0.0079), colour="#2e3034",
    bezel=0.0024)
add("phone", "val", "lit_green", phone, p, lit="#7fc08a", colour="#303338", size=(0.073, 0.156,
    0.0083))
add("phone", "val", "down_violet", phone, p, lie="down", colour="#6a5590", bump="bar", metal=0.2,
    size=(0.076, 0.16, 0.0085))
add("phone", "sample", "slab_blue", phone, p, size=(0.0765, 0.1625, 0.0081), colour="#1a2740",
    bezel=0.0027)
add("phone", "sample", "down_silver", phone, p, lie="down", colour="#b9bcc2", bump="round",
    metal=0.5, size=(0.0745, 0.1575, 0.0088))
add("phone", "sample", "lit_sand", phone, p, lit="#d6b98a", colour="#40392e", size=(0.0755, 0.159,
    0.0086))
c = (0.3, 0.3, 0.03)
add("charger", "train", "white_cube", charger, c)
add("charger", "train", "black_brick", charger, c, block=(0.05, 0.075, 0.03), colour="#18191b",
    cord="#141414", length=0.65)
add("charger", "train", "white_slim", charger, c, block=(0.03, 0.04, 0.045), colour="#f2f2ef",
    cord="#f0efec", length=0.8)
add("charger", "train", "bank_grey", charger, c, block=(0.068, 0.14, 0.016), colour="#4a4d52",
    cord="#c22f2f", length=0.35, bank=True)
add("charger", "val", "grey_brick", charger, c, block=(0.042, 0.062, 0.026), colour="#8a8d90",
    cord="#303234", length=0.55)
add("charger", "sample", "white_wide", charger, c, block=(0.055, 0.055, 0.03), colour="#e2e2e6",
    cord="#d2d4d8", length=0.6)
e = (0.18, 0.18, 0.06)
add("earphones", "train", "wired_white", earphones, e)
add("earphones", "train", "wired_black", earphones, e, colour="#1c1c1e", pad="#303033")
add("earphones", "train", "over_black", earphones, e, kind="over", colour="#202124")
add("earphones", "train", "case_white", earphones, e, kind="case", colour="#f3f3f0",
    pad="#c8c8c6")
add("earphones", "val", "over_silver", earphones, e, kind="over", colour="#b4b6ba", pad="#5a4a3c")
add("earphones", "sample", "wired_blue", earphones, e, colour="#2c4f9a", pad="#dfe1e4")
add("earphones", "sample", "case_black", earphones, e, kind="case", colour="#26272b",
    pad="#4a4b50")
u = (0.11, 0.09, 0.1)
add("cup", "train", "mug_white", mug, u)
add("cup", "train", "mug_red", mug, u, r=0.043, h=0.09, colour="#a51f22")
add("cup", "train", "mug_blue_lid", mug, u, r=0.04, h=0.11, colour="#31508c", lid="#31508c")
add("cup", "train", "mug_print", mug, u, r=0.042, h=0.1, print_=("#f2f0ea", "#d7a23a", "#3d6b58"))
add("cup", "train", "mug_black", mug, u, r=0.044, h=0.1, colour="#1b1b1d", drink="#6b3c1a")
add("cup", "train", "teacup_porcelain", mug, u, r=0.046, h=0.12, colour="#e8ecee", lid="#e8ecee",
    taper=0.8)
add("cup", "train", "tumbler_steel", mug, u, r=0.038, h=0.14, colour="#a8abad", metal=1.0,
    handle=False, lid="#222326", taper=0.85)
add("cup", "train", "enamel", mug, u, r=0.047, h=0.09, colour="#e9e7df", inside="#dfe4e6",
    drink="#8a5a1e")
add("cup", "train", "paper_plain", paper_cup, u)
add("cup", "train", "paper_print", paper_cup, u, bands=("#b9402f", "#f0e8d8", "#b9402f"))
add("cup", "train", "coffee_lid", paper_cup, u, r=0.043, h=0.12, bands=("#efeae0", "#8a5b3a"),
    lid="#f4f4f2", sleeve="#8a623e")
add("cup", "train", "milktea", paper_cup, u, r=0.046, h=0.15, bands=("#e7d9c4", "#cc9999",
    "#e7d9c4"), lid="#f7f7f5", straw="#d84a7a")
add("cup", "train", "glass_tea", glass, u)
add("cup", "train", "glass_open", glass, u, r=0.037, h=0.1, lid="", tea="#c9a24a", leaf=False)
add("cup", "train", "plastic_pink", glass, u, r=0.036, h=0.17, lid="#d77a96", tea="#d9c4c8",
    level=0.8, leaf=False, waist=0.9)
add("cup", "val", "mug_green", mug, u, r=0.0415, h=0.098, colour="#4c7a58", inside="#eef0ea")
add("cup", "val", "paper_blue", paper_cup, u, r=0.039, h=0.094, bands=("#f4f4f4", "#5a86b8"))
add("cup", "val", "glass_steel", glass, u, r=0.033, h=0.15, lid="#5d6064", tea="#a58a2c",
    level=0.6)
add("cup", "sample", "mug_celadon", mug, u, r=0.0425, h=0.104, colour="#8fb3a2", inside="#e4ece6",
    taper=0.92)
add("cup", "sample", "mug_lid_navy", mug, u, r=0.0405, h=0.115, colour="#24304e", lid="#c8b98a")
add("cup", "sample", "paper_green", paper_cup, u, r=0.0385, h=0.096, bands=("#eef0ea", "#6f9a5a",
    "#eef0ea"))
add("cup", "sample", "glass_amber", glass, u, r=0.035, h=0.14, lid="#3b2f26", tea="#7a4a16",
    level=0.75)
t = (0.1, 0.1, 0.26)
add("thermos", "train", "steel", flask, t)
add("thermos", "train", "black", flask, t, r=0.032, h=0.23, colour="#1d1e21", metal=0.1,
    cap="#2c2d30")
add("thermos", "train", "green", flask, t, r=0.045, h=0.29, colour="#2f5540", metal=0.2,
    cap="#b8babc", strap="#202022")
add("thermos", "train", "pink", flask, t, r=0.031, h=0.19, colour="#d8a0ad", metal=0.0,
    cap="#e8dcdc", shoulder=0.78)
add("thermos", "train", "kettle_red", kettle, (0.2, 0.26, 0.36), "big")
add("thermos", "train", "kettle_steel", kettle, (0.2, 0.26, 0.3), "big", r=0.07, h=0.28,
    colour="#a9adb0", shape="jug")
add("thermos", "train", "kettle_white", kettle, (0.2, 0.26, 0.33), "big", r=0.072, h=0.32,
    colour="#e4e2da", band="#9aa0a4", shape="straight")
add("thermos", "val", "flask_bronze", flask, t, r=0.035, h=0.25, colour="#7a5c3e", metal=0.7,
    cap="#17181a", shoulder=0.82)
add("thermos", "val", "kettle_blue", kettle, (0.2, 0.26, 0.34), "big", r=0.074, h=0.34,
    colour="#3f6a9c", shape="straight", band="#e0ded8")
add("thermos", "sample", "flask_teal", flask, t, r=0.0365, h=0.245, colour="#2f6a70", metal=0.4,
    cap="#d4d0c4", shoulder=0.84)
add("thermos", "sample", "kettle_beige", kettle, (0.2, 0.26, 0.35), "big", r=0.073, h=0.35,
    colour="#c9b48c", band="#7a4a2a", shape="classic")
w = (0.07, 0.07, 0.23)
add("bottle", "train", "water", bottle, w)
add("bottle", "train", "cola", bottle, w, body="#c8b0a0", drink="#2a120a", label=("#c0161c",
    "#f2f2f2"), cap="#c0161c")
add("bottle", "train", "greentea", bottle, w, r=0.034, h=0.21, drink="#a9b04a", body="#dfe6c0",
    label=("#3c8a3a", "#e8f0d0"), cap="#3c8a3a")
add("bottle", "train", "juice", bottle, w, r=0.036, h=0.18, drink="#e08a1a", body="#f0d8b0",
    label=("#e86a1a", "#fff2d0"), cap="#f0f0ee")
add("bottle", "val", "water_red", bottle, w, r=0.031, h=0.225, label=("#b8262e", "#f4f4f4",
    "#b8262e"), cap="#b8262e")
add("bottle", "sample", "soda_lemon", bottle, w, r=0.033, h=0.215, drink="#d8d48a",
    body="#e8e8c8", label=("#d8b81e", "#2f7a3a"), cap="#2f7a3a")
m = (0.08, 0.35, 0.06)
add("umbrella", "train", "short_navy", umbrella, m)
add("umbrella", "train", "short_floral", umbrella, m, colour="#a8485e", grip="#d8d0c8",
    length=0.24)
add("umbrella", "train", "long_black", umbrella, (0.1, 0.95, 0.07), colour="#18181a", length=0.7,
    r=0.03, grip="#5a3a22", hook=True)
add("umbrella", "train", "short_green", umbrella, m, colour="#35604a", length=0.28,
    stripe="#d8d8d8")
add("umbrella", "val", "short_grey", umbrella, m, colour="#767a80", length=0.25, r=0.028,
    grip="#303134")
add("umbrella", "sample", "long_plum", umbrella, (0.1, 0.9, 0.07), colour="#54304e", length=0.66,
    r=0.029, grip="#1d1d20", hook=True)
f = (0.2, 0.13, 0.08)
add("food", "train", "bread", food, f)
add("food", "train", "bread_white", food, f, colour="#d9a04a", second="#f2eee2", scale=1.1)
add("food", "train", "apples", food, f, kind="fruit", colour="#b02a22")
add("food", "train", "oranges", food, f, kind="fruit", colour="#e0851c", scale=0.95)
add("food", "train", "bananas", food, f, kind="banana", colour="#e0c03a")
add("food", "train", "lunch", food, f, kind="box", colour="#9a5a2a", second="#efeee9")
add("food", "train", "crisps", food, f, kind="snack", colour="#c9302a", second="#f0c83a")
add("food", "train", "milk", food, f, kind="carton", colour="#2f62b0", second="#f4f4f4")
add("food", "val", "snack_green", food, f, kind="snack", colour="#3f8a4a", second="#f0e8c0")
add("food", "val", "pears", food, f, kind="fruit", colour="#b9b24a", scale=1.05)
add("food", "sample", "bun_bag", food, f, kind="bread", colour="#b87a3a", second="#dfe6ea",
    scale=0.95)
add("food", "sample", "snack_purple", food, f, kind="snack", colour="#6a3f8a", second="#e8d8a0")
