"""Paper goods and signs: sheets, folders, books, name plates, racks, pause signs, notices."""

from __future__ import annotations

import math
import random
from functools import partial
from typing import Any

from datasets.render.assets.core import add, seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    grain,
    mat,
    page,
    pic,
    sheet,
    text,
)


def _fanned(k: int, u: float, _v: float) -> float:
    return 0.006 * abs(u) + 0.0012 * k


def _opened(side: int, u: float, _v: float) -> float:
    return 0.014 * max(0.0, 1 - (2.2 * (side * u + 0.3)) ** 2) + 0.002


def paper(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "single",
    print_: str = "text",
    ground: str = "#f2f1ec",
    ink: str = "#3c3c40",
    count: int = 4,
    small: float = 1.0,
    curl: float = 0.012,
) -> Any:
    """A4: "single", "fan" (spread over each other), "stack" (a loose pile), "crease"."""
    b = builder(ident)
    w, h = 0.21 * small, 0.297 * small
    seed = seed_of(ident) % 99991
    faces = [
        pic(
            ident,
            f"page{k}",
            page(seed + k, ground, ink, print_ if k != 1 else "table"),
            0.8,
            coords="UV",
        )
        for k in range(min(3, count))
    ]
    if kind == "single":
        a, p = rng.uniform(0.3, 1), rng.uniform(0, 6)
        sheet(
            b,
            (w, h),
            faces[0],
            at=(0, 0, 0.001),
            height=lambda u, v: (
                curl * (abs(u + 0.3 * v) ** 1.5 * a + 0.1 + 0.1 * math.sin(5 * v + p))
            ),
        )
    elif kind == "fan":
        for k in range(count):
            t = (k - count / 2) * rng.uniform(0.16, 0.3)
            sheet(
                b,
                (w, h),
                faces[k % len(faces)],
                at=(0.05 * k - 0.08, rng.uniform(-0.05, 0.05), 0.001 + 0.0016 * k),
                turn=t,
                cuts=6,
                height=partial(_fanned, k),
            )
    elif kind == "crease":
        sheet(
            b,
            (w, h),
            faces[0],
            at=(0, 0, 0.001),
            cuts=14,
            height=lambda u, v: 0.03 * abs(math.sin(3.1 * v + 0.4)) * 0.6 + 0.008 * abs(u),
        )
    else:
        edge = grain(ident, "edge", ground, 0.12, 60)
        for k in range(count):
            b.box(
                (rng.uniform(-0.008, 0.008), rng.uniform(-0.01, 0.01), 0.004 + 0.008 * k),
                (w, h, 0.0078),
                edge,
                rot=(0, 0, rng.uniform(-0.09, 0.09)),
            )
        sheet(b, (w, h), faces[0], at=(0, 0, 0.008 * count + 0.0006), turn=rng.uniform(-0.1, 0.1))
    return b.object()


def folder(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#2a5aa8",
    kind: str = "flat",
    thick: float = 0.02,
    label: str = "档案",
) -> Any:
    b = builder(ident)
    m = mat(ident, "cover", colour, 0.35)
    white = mat(ident, "leaves", "#eceae4", 0.8)
    tag = pic(ident, "tag", text((label,), (128, 48), "#202020", "#f0efe9"), 0.7, coords="UV")
    if kind == "flat":
        b.box((0, 0, thick / 2), (0.23, 0.31, thick), m, bevel=0.002)
        b.box((0.004, 0, thick / 2), (0.226, 0.305, thick * 0.6), white)
        b.plane((0, 0.05, thick + 0.0006), (0.11, 0.04, 0), tag)
    elif kind == "upright":
        for k in range(3):
            b.box((-0.09 + 0.085 * k, 0, 0.16), (0.07, 0.26, 0.32), m, bevel=0.003)
            b.plane(
                (-0.09 + 0.085 * k, -0.131, 0.2), (0.045, 0.12, 0), tag, rot=(math.pi / 2, 0, 0)
            )
    else:  # clipboard
        b.box((0, 0, 0.003), (0.23, 0.32, 0.005), m, bevel=0.001)
        sheet(
            b,
            (0.2, 0.28),
            pic(ident, "form", page(seed_of(ident) % 9999, kind="table"), 0.8, coords="UV"),
            at=(0, -0.01, 0.0068),
        )
        b.box(
            (0, 0.15, 0.01), (0.1, 0.025, 0.012), mat(ident, "clip", "#a9abad", 0.3, 1), bevel=0.002
        )
    return b.object()


def book(
    ident: str,
    rng: random.Random,
    *,
    colours: tuple[str, ...] = ("#8a2a2a", "#e8e0c8"),
    thick: float = 0.022,
    count: int = 1,
    open_: bool = False,
    size: tuple[float, float] = (0.17, 0.24),
    title: str = "税法",
) -> Any:
    b = builder(ident)
    leaves = mat(ident, "leaves", "#e6e1d2", 0.85)
    if open_:
        pg = pic(
            ident,
            "page",
            page(seed_of(ident) % 9999, "#efeadc", size_px=(300, 420)),
            0.8,
            coords="UV",
        )
        for s in (-1, 1):
            sheet(
                b,
                size,
                pg,
                at=(s * size[0] / 2, 0, 0.004),
                cuts=10,
                height=partial(_opened, s),
            )
        b.box(
            (0, 0, 0.002),
            (size[0] * 2.02, size[1] * 1.02, 0.003),
            mat(ident, "cover", colours[0], 0.5),
        )
        return b.object()
    for k in range(count):
        cover = pic(
            ident,
            f"cover{k}",
            banded(
                (colours[k % len(colours)], colours[(k + 1) % len(colours)]),
                seed_of(ident) % 999 + k,
                words=(title,),
            ),
            0.4,
            coords="Generated",
        )
        z, r = thick * k, rng.uniform(-0.25, 0.25) if k else 0.0
        b.box(
            (0, 0, z + thick / 2),
            (size[0] - 0.004, size[1] - 0.006, thick * 0.82),
            leaves,
            rot=(0, 0, r),
        )
        b.box((-0.002, 0, z + thick * 0.95), (size[0], size[1], thick * 0.1), cover, rot=(0, 0, r))
        b.box((-0.002, 0, z + thick * 0.05), (size[0], size[1], thick * 0.1), cover, rot=(0, 0, r))
    return b.object()


def sign(
    ident: str,
    _rng: random.Random,
    *,
    words: tuple[str, ...] = ("暂停服务",),
    ink: str = "#c01818",
    ground: str = "#f4f4f2",
    size: tuple[float, float] = (0.24, 0.12),
    kind: str = "tent",
    rim: str = "#b8babc",
) -> Any:
    """``tent`` (two leaves), ``stand`` (plate on a foot), ``block`` (acrylic), ``pole`` (floor)."""
    w, h = size
    b = builder(ident)
    m = pic(
        ident, "print", text(words, (320, max(60, int(320 * h / w))), ink, ground), 0.4, coords="UV"
    )
    r = mat(ident, "rim", rim, 0.35, 0.3)
    lean, z0, y = 0.22, 0.012, 0.0
    if kind == "tent":
        for s in (-1, 1):
            b.box((0, s * 0.035, h / 2), (w, 0.003, h), r, rot=(s * 0.28, 0, 0))
        b.plane((0, -0.0375, h / 2), (w * 0.97, h * 0.95, 0), m, rot=(math.pi / 2 - 0.28, 0, 0))
        b.plane(
            (0, 0.0375, h / 2), (w * 0.97, h * 0.95, 0), m, rot=(math.pi / 2 - 0.28, 0, math.pi)
        )
        return b.object()
    if kind == "stand":
        b.box((0, 0, 0.006), (w * 0.8, 0.08, 0.012), r, bevel=0.003)
    elif kind == "pole":
        z0, lean = 0.95, 0.3
        b.cyl((0, 0, 0.012), 0.15, 0.024, r)
        b.cyl((0, 0, z0 / 2), 0.014, z0, r)
    else:
        lean = 0.1
        b.box((0, 0.014, h / 2), (w + 0.01, 0.024, h + 0.008), r, bevel=0.002)
        z0, y = 0.002, -0.0
    b.box((0, y, z0 + h / 2), (w + 0.008, 0.006, h + 0.008), r, rot=(-lean, 0, 0), bevel=0.001)
    b.plane((0, y - 0.0042, z0 + h / 2), (w, h, 0), m, rot=(math.pi / 2 - lean, 0, 0))
    if kind != "block":
        b.plane((0, y + 0.0042, z0 + h / 2), (w, h, 0), m, rot=(math.pi / 2 + lean, 0, math.pi))
    return b.object()


def rack(
    ident: str,
    _rng: random.Random,
    *,
    tiers: int = 3,
    wide: int = 2,
    frame: str = "#c9ccd0",
    prints: tuple[str, ...] = ("#2a6ab0", "#e8e2d0"),
    floor: bool = False,
) -> Any:
    """A rack of 办事指南 leaflets, on a desk or on a foot."""
    b = builder(ident)
    m = mat(ident, "frame", frame, 0.3, 0.3)
    z0 = 0.75 if floor else 0.0
    w, s = 0.115 * wide, seed_of(ident) % 999
    if floor:
        b.cyl((0, 0, z0 / 2), 0.02, z0, m)
        b.box((0, 0, 0.01), (0.35, 0.3, 0.02), m)
    for t in range(tiers):
        y, z = 0.05 * t - 0.05, z0 + 0.09 * t
        b.box((0, y + 0.02, z + 0.1), (w, 0.004, 0.2), m, rot=(-0.25, 0, 0))
        b.box((0, y - 0.02, z + 0.03), (w, 0.003, 0.06), m, rot=(-0.25, 0, 0))
        for k in range(wide):
            p = pic(
                ident,
                f"leaf{t}{k}",
                banded(
                    (prints[(t + k) % len(prints)], prints[(t + k + 1) % len(prints)]),
                    s + t * 7 + k,
                    words=("办事指南",),
                ),
                0.6,
                coords="UV",
            )
            b.plane(
                (-w / 2 + 0.115 * (k + 0.5), y - 0.004, z + 0.1),
                (0.1, 0.2, 0),
                p,
                rot=(math.pi / 2 - 0.25, 0, 0),
            )
    return b.object()


def notice(
    ident: str,
    _rng: random.Random,
    *,
    ground: str = "#f4f2ea",
    ink: str = "#30343a",
    words: str = "告示",
    lying: bool = False,
    size: tuple[float, float] = (0.21, 0.297),
) -> Any:
    b = builder(ident)
    img = page(seed_of(ident) % 9999, ground, ink)
    t = text((words,), (200, 60), "#b01c1c", ground)
    img[14:74, 80:280] = t
    m = pic(ident, "print", img, 0.4, coords="UV")
    f = mat(ident, "holder", "#cfd4d8", 0.15)
    if lying:
        b.plane((0, 0, 0.001), (*size, 0), m)
    else:
        b.box(
            (0, 0, size[1] / 2 + 0.008),
            (size[0] + 0.01, 0.004, size[1] + 0.01),
            f,
            rot=(-0.18, 0, 0),
        )
        b.plane((0, -0.003, size[1] / 2 + 0.008), (*size, 0), m, rot=(math.pi / 2 - 0.18, 0, 0))
        b.box((0, 0.02, 0.004), (size[0] * 0.8, 0.09, 0.008), f)
    return b.object()


def _tables() -> None:
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
    add(
        "paper",
        "train",
        "stack_low",
        paper,
        (0.23, 0.32, 0.02),
        kind="stack",
        count=2,
        print_="table",
    )
    add(
        "paper",
        "val",
        "single_form",
        paper,
        a,
        print_="table",
        ground="#eef0f2",
        ink="#4a4440",
        curl=0.02,
    )
    add(
        "paper",
        "val",
        "fan_three",
        paper,
        (0.36, 0.34, 0.03),
        kind="fan",
        count=3,
        ground="#eceff0",
    )
    add(
        "paper",
        "val",
        "stack_mid",
        paper,
        (0.23, 0.32, 0.03),
        kind="stack",
        count=3,
        ground="#e8eaea",
    )
    add("paper", "sample", "single_grey", paper, a, ground="#e6e7e4", ink="#2c3038", curl=0.016)
    add(
        "paper",
        "sample",
        "fan_five",
        paper,
        (0.44, 0.36, 0.03),
        kind="fan",
        count=5,
        ground="#efece2",
    )
    add(
        "paper",
        "sample",
        "stack_tall",
        paper,
        (0.23, 0.32, 0.05),
        kind="stack",
        count=5,
        ground="#eae8de",
    )
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
    add(
        "book",
        "train",
        "note_black",
        book,
        k,
        colours=("#1c1c1f", "#26262a"),
        size=(0.14, 0.2),
        thick=0.015,
    )
    add("book", "val", "teal", book, k, colours=("#2a6a6a", "#d8e0d8"), thick=0.028, title="规范")
    add(
        "book",
        "sample",
        "violet",
        book,
        k,
        colours=("#4a3a6a", "#dcd4e4"),
        thick=0.025,
        title="手册",
    )

    g = (0.24, 0.08, 0.13)
    w = ("暂停服务",)
    add("pause_sign", "train", "tent_white", sign, g)
    add("pause_sign", "train", "tent_red", sign, g, ink="#ffffff", ground="#c0161c", rim="#a01418")
    add("pause_sign", "train", "stand_blue", sign, g, ink="#ffffff", ground="#1c4a9a", kind="stand")
    add(
        "pause_sign",
        "train",
        "block_white",
        sign,
        g,
        words=(*w, "请到其他窗口办理"),
        kind="block",
        size=(0.26, 0.16),
        rim="#d8dde0",
    )
    add(
        "pause_sign",
        "train",
        "tent_yellow",
        sign,
        g,
        ink="#1a1a1a",
        ground="#e8c020",
        size=(0.2, 0.11),
    )
    add(
        "pause_sign",
        "train",
        "stand_steel",
        sign,
        g,
        ink="#b01a1a",
        ground="#c9ccce",
        kind="stand",
        size=(0.28, 0.1),
    )
    add(
        "pause_sign",
        "val",
        "tent_blue",
        sign,
        g,
        words=("暂停", "服务"),
        ink="#f0f4fa",
        ground="#2c62b4",
        size=(0.18, 0.15),
        rim="#2c62b4",
    )
    add(
        "pause_sign",
        "val",
        "block_red",
        sign,
        g,
        ink="#c42a20",
        ground="#f2efe4",
        kind="block",
        size=(0.25, 0.1),
    )
    add(
        "pause_sign",
        "sample",
        "stand_red",
        sign,
        g,
        ink="#fbf3e0",
        ground="#b0241e",
        kind="stand",
        size=(0.26, 0.13),
        rim="#8f9499",
    )
    add(
        "pause_sign",
        "sample",
        "block_blue",
        sign,
        g,
        ink="#20509c",
        ground="#eef2f6",
        kind="block",
        size=(0.24, 0.14),
        rim="#c2c8ce",
    )
    np_ = (0.2, 0.06, 0.08)
    add(
        "name_plate",
        "train",
        "steel",
        sign,
        np_,
        words=("王小明", "工号 012"),
        ink="#1a1a1a",
        ground="#d4d6d8",
        size=(0.2, 0.07),
    )
    add(
        "name_plate",
        "train",
        "blue",
        sign,
        np_,
        words=("综合服务",),
        ink="#ffffff",
        ground="#20508c",
        kind="block",
        size=(0.22, 0.08),
    )
    add(
        "name_plate",
        "train",
        "red",
        sign,
        np_,
        words=("党员示范岗",),
        ink="#f8e8a0",
        ground="#b01c1c",
        size=(0.2, 0.08),
    )
    add(
        "name_plate",
        "val",
        "green",
        sign,
        np_,
        words=("李红", "咨询"),
        ink="#ffffff",
        ground="#2a6a4a",
        kind="block",
        size=(0.19, 0.075),
    )
    add(
        "name_plate",
        "sample",
        "navy",
        sign,
        np_,
        words=("张伟", "工号 207"),
        ink="#f4f0e0",
        ground="#1e2c50",
        size=(0.21, 0.075),
    )
    r = (0.24, 0.2, 0.4)
    add("guide_rack", "train", "grey", rack, r)
    add(
        "guide_rack",
        "train",
        "clear_wide",
        rack,
        r,
        wide=3,
        tiers=2,
        prints=("#c23a2a", "#f0e8d8", "#2a7a5a"),
    )
    add(
        "guide_rack",
        "train",
        "floor",
        rack,
        (0.36, 0.3, 1.2),
        "floor",
        floor=True,
        tiers=4,
        wide=3,
        frame="#4a4d52",
    )
    add(
        "guide_rack",
        "val",
        "wood",
        rack,
        r,
        frame="#a87a4a",
        tiers=2,
        wide=2,
        prints=("#5a86c0", "#f4f4ee"),
    )
    add(
        "guide_rack",
        "sample",
        "white",
        rack,
        r,
        frame="#e4e6e8",
        tiers=3,
        wide=3,
        prints=("#3a8a9a", "#efe6d2"),
    )
    n = (0.22, 0.1, 0.31)
    add("notice", "train", "stand", notice, n)
    add("notice", "train", "red_head", notice, n, words="通知", ground="#f6f4f0")
    add("notice", "train", "lying", notice, n, words="须知", lying=True, ground="#e0ecf4")
    add("notice", "val", "small", notice, n, words="温馨提示", size=(0.15, 0.21), ground="#eef4e4")
    add("notice", "sample", "blue", notice, n, words="公告", size=(0.2, 0.28), ground="#dfe8f2")


_tables()
