"""Looks of paper and signs.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.paper import book, folder, paper
from datasets.render.assets.signs import notice, rack, sign

# fmt: off
a = (0.22, 0.3, 0.02)
add("paper", "train", "single_text", paper, a)
add("paper", "train", "single_table", paper, a, print_="table", ink="#22262e")
add("paper", "train", "single_blank", paper, a, print_="blank")
add("paper", "train", "single_pink", paper, a, ground="#f0d0d2")
add("paper", "train", "slip", paper, a, small=0.5, ground="#f4f0d8")
add("paper", "train", "crease", paper, a, kind="crease")
add("paper", "train", "fan", paper, (0.4, 0.36, 0.03), kind="fan", count=4)
add("paper", "train", "fan_many", paper, (0.5, 0.4, 0.03), kind="fan", count=7, print_="table")
add("paper", "train", "stack", paper, (0.23, 0.32, 0.04), kind="stack", count=4)
add("paper", "train", "stack_low", paper, (0.23, 0.32, 0.02), kind="stack", count=2,
    print_="table")
add("paper", "val", "single_form", paper, a, print_="table", ground="#eef0f2", ink="#4a4440",
    curl=0.02)
add("paper", "val", "fan_three", paper, (0.36, 0.34, 0.03), kind="fan", count=3, ground="#eceff0")
add("paper", "val", "stack_mid", paper, (0.23, 0.32, 0.03), kind="stack", count=3,
    ground="#e8eaea")
add("paper", "sample", "single_grey", paper, a, ground="#e6e7e4", ink="#2c3038", curl=0.016)
add("paper", "sample", "fan_five", paper, (0.44, 0.36, 0.03), kind="fan", count=5,
    ground="#efece2")
add("paper", "sample", "stack_tall", paper, (0.23, 0.32, 0.05), kind="stack", count=5,
    ground="#eae8de")
f = (0.23, 0.31, 0.03)
add("folder", "train", "blue", folder, f)
add("folder", "train", "red", folder, f, colour="#a8242a", thick=0.03)
add("folder", "train", "kraft", folder, f, colour="#b8935a", thick=0.015)
add("folder", "train", "binders", folder, (0.26, 0.26, 0.32), kind="upright", colour="#24427a")
add("folder", "train", "clip", folder, f, kind="clip", colour="#4a3626")
add("folder", "val", "green", folder, f, colour="#3a7a5a", thick=0.024, label="资料")
add("folder", "sample", "grey", folder, f, colour="#6a7078", thick=0.026, label="卷宗")
k = (0.18, 0.25, 0.03)
add("book", "train", "red", book, k)
add("book", "train", "pile", book, k, count=3, colours=("#2a4a7a", "#c9a23a", "#5a7a4a"))
add("book", "train", "open", book, (0.35, 0.25, 0.02), open_=True)
add("book", "train", "note_black", book, k, colours=("#1c1c1f", "#26262a"), size=(0.14, 0.2),
    thick=0.015)
add("book", "val", "teal", book, k, colours=("#2a6a6a", "#d8e0d8"), thick=0.028, title="规范")
add("book", "sample", "violet", book, k, colours=("#4a3a6a", "#dcd4e4"), thick=0.025, title="手册")
g = (0.24, 0.08, 0.13)
w = ("暂停服务",)
add("pause_sign", "train", "tent_white", sign, g)
add("pause_sign", "train", "tent_red", sign, g, ink="#ffffff", ground="#c0161c", rim="#a01418")
add("pause_sign", "train", "stand_blue", sign, g, ink="#ffffff", ground="#1c4a9a", kind="stand")
add("pause_sign", "train", "block_white", sign, g, words=(*w, "请到其他窗口办理"), kind="block",
    size=(0.26, 0.16), rim="#d8dde0")
add("pause_sign", "train", "tent_yellow", sign, g, ink="#1a1a1a", ground="#e8c020", size=(0.2,
    0.11))
add("pause_sign", "train", "stand_steel", sign, g, ink="#b01a1a", ground="#c9ccce", kind="stand",
    size=(0.28, 0.1))
add("pause_sign", "val", "tent_blue", sign, g, words=("暂停", "服务"), ink="#f0f4fa",
    ground="#2c62b4", size=(0.18, 0.15), rim="#2c62b4")
add("pause_sign", "val", "block_red", sign, g, ink="#c42a20", ground="#f2efe4", kind="block",
    size=(0.25, 0.1))
add("pause_sign", "sample", "stand_red", sign, g, ink="#fbf3e0", ground="#b0241e", kind="stand",
    size=(0.26, 0.13), rim="#8f9499")
add("pause_sign", "sample", "block_blue", sign, g, ink="#20509c", ground="#eef2f6", kind="block",
    size=(0.24, 0.14), rim="#c2c8ce")
np_ = (0.2, 0.06, 0.08)
add("name_plate", "train", "steel", sign, np_, words=("王小明", "工号 012"), ink="#1a1a1a",
    ground="#d4d6d8", size=(0.2, 0.07))
add("name_plate", "train", "blue", sign, np_, words=("综合服务",), ink="#ffffff", ground="#20508c",
    kind="block", size=(0.22, 0.08))
add("name_plate", "train", "red", sign, np_, words=("党员示范岗",), ink="#f8e8a0", ground="#b01c1c",
    size=(0.2, 0.08))
add("name_plate", "val", "green", sign, np_, words=("李红", "咨询"), ink="#ffffff",
    ground="#2a6a4a", kind="block", size=(0.19, 0.075))
add("name_plate", "sample", "navy", sign, np_, words=("张伟", "工号 207"), ink="#f4f0e0",
    ground="#1e2c50", size=(0.21, 0.075))
r = (0.24, 0.2, 0.4)
add("guide_rack", "train", "grey", rack, r)
add("guide_rack", "train", "clear_wide", rack, r, wide=3, tiers=2, prints=("#c23a2a", "#f0e8d8",
    "#2a7a5a"))
add("guide_rack", "train", "floor", rack, (0.36, 0.3, 1.2), "floor", floor=True, tiers=4, wide=3,
    frame="#4a4d52")
add("guide_rack", "val", "wood", rack, r, frame="#a87a4a", tiers=2, wide=2, prints=("#5a86c0",
    "#f4f4ee"))
add("guide_rack", "sample", "white", rack, r, frame="#e4e6e8", tiers=3, wide=3, prints=("#3a8a9a",
    "#efe6d2"))
n = (0.22, 0.1, 0.31)
add("notice", "train", "stand", notice, n)
add("notice", "train", "red_head", notice, n, words="通知", ground="#f6f4f0")
add("notice", "train", "lying", notice, n, words="须知", lying=True, ground="#e0ecf4")
add("notice", "val", "small", notice, n, words="温馨提示", size=(0.15, 0.21), ground="#eef4e4")
add("notice", "sample", "blue", notice, n, words="公告", size=(0.2, 0.28), ground="#dfe8f2")
