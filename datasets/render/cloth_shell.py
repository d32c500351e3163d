"""Garments as sewn shells: a body with sleeves, a hood or collar, and how they are laid on a chair.

A shell at rest hangs in its own frame: x across, back +y, z down from 0 at the neck.  A way maps
the rest shape to where the fall begins, in the chair's frame.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.render.cloth_pictures import TRIM_V
from datasets.render.garment_looks import ShellLook

Points = NDArray[Any]
STEP: Final = 0.036
NECK: Final = (0.08, 0.065)
SHOULDER_Z: Final = 0.06
ARMHOLE: Final = (1, 6)  # rows below the shoulder's first row that the armhole spans

BACK_WAYS: Final = ("worn", "slip", "thrown", "side", "folded", "half", "corner")
SHEET_WAYS: Final = ("thrown", "side", "folded", "half")
SEAT_WAYS: Final = ("heap", "spread")
ARM_WAYS: Final = ("arm",)


@dataclass
class Shell:
    """``rest`` (N, 3), ``faces`` (M, 4), ``uv`` (M, 4, 2) in metres of the picture, ``along`` (N,)
    metres from the neck or shoulder, ``sleeve`` (N,): -1, 0, 1."""

    rest: Points
    faces: Points
    uv: Points
    along: Points
    sleeve: Points


def _profile(k: ShellLook) -> list[tuple[float, float, float, float, float]]:
    """Rows from the collar's edge to the hem: half width, half depth, z, shift back, v (metres)."""
    hw, length, dp = k.body
    nw, nd = NECK
    top: list[tuple[float, float, float, float, float]] = []
    if k.neck == "hood":
        top = [
            (0.09, 0.05, -0.20, 0.13, TRIM_V + 0.14),
            (0.12, 0.08, -0.15, 0.13, TRIM_V + 0.09),
            (0.125, 0.10, -0.07, 0.12, TRIM_V + 0.03),
            (0.12, 0.09, 0.02, 0.08, TRIM_V - 0.04),
            (0.10, 0.075, 0.035, 0.04, TRIM_V - 0.09),
            (nw, nd, 0.015, 0.01, TRIM_V - 0.14),
        ]
    elif k.neck == "turn":
        top = [
            (nw + 0.035, nd + 0.035, -0.035, 0.0, TRIM_V + 0.08),
            (nw + 0.02, nd + 0.02, 0.0, 0.0, TRIM_V + 0.04),
            (nw + 0.004, nd + 0.004, 0.028, 0.0, TRIM_V),
        ]
    elif k.neck == "stand":
        top = [(nw, nd, 0.06, 0.0, TRIM_V + 0.05), (nw, nd, 0.03, 0.0, TRIM_V)]
    rows = [*top, (nw, nd, 0.0, 0.0, 0.0)]
    way = math.hypot(hw - nw, SHOULDER_Z)
    for i in range(1, 7):
        t = i / 6
        rows.append(
            (nw + (hw - nw) * t, nd + (dp - nd) * t, -SHOULDER_Z * t**1.6, 0.0, way * t * 0.35)
        )
    v0, n = way * 0.35, max(4, round((length - SHOULDER_Z) / STEP))
    for i in range(1, n + 1):
        t = i / n
        rows.append(
            (
                hw * (1 + 0.08 * t),
                dp * (1 + 0.1 * t),
                -SHOULDER_Z - (length - SHOULDER_Z) * t,
                0.0,
                v0 + (length - v0) * t,
            )
        )
    return rows


def _sheet(k: ShellLook) -> Shell:
    hw, half = k.body[0], k.body[1]
    us = np.linspace(-hw, hw, max(4, round(2 * hw / 0.027)) + 1)
    vs = np.linspace(half, -half, max(4, round(2 * half / 0.027)) + 1)
    uu, vv = np.meshgrid(us, vs)
    c = len(us)
    rest = np.stack([uu, np.zeros_like(uu), vv - half], -1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(len(vs) - 1), np.arange(c - 1), indexing="ij")
    a = (i * c + j).ravel()
    faces = np.stack([a, a + c, a + c + 1, a + 1], 1)
    flat = np.stack([uu, vv], -1).reshape(-1, 2)
    zero = np.zeros(len(rest))
    return Shell(rest, faces, flat[faces], half - rest[:, 2], zero)


def shell(k: ShellLook) -> Shell:
    """The mesh of a look at rest."""
    if k.cut == "sheet":
        return _sheet(k)
    hw, _, dp = k.body
    half = round((2 * hw + dp) / STEP / 2) * 2  # faces of the back, as many as of the front
    c = 2 * half  # columns 0..c: right front edge, right side, back, left side, left front edge
    gap = 0.0 if k.cut == "closed" else 0.10
    th = np.linspace(-math.pi / 2 + gap, 1.5 * math.pi - gap, c + 1)
    cx, sy = np.cos(th), np.sin(th)
    ux, uy = np.sign(cx) * np.abs(cx) ** 0.6, np.sign(sy) * np.abs(sy) ** 0.8
    rows = _profile(k)
    trims = len(rows) - 7 - max(4, round((k.body[1] - SHOULDER_Z) / STEP))
    rest, uvs, along = [], [], []
    for r, (w, d, z, back, v) in enumerate(rows):
        full = np.clip(uy + 0.35, 0, 1) if r < trims and k.neck == "hood" else np.ones(c + 1)
        rest.append(np.stack([w * ux, d * uy * np.maximum(full, 0.7) + back * full, z * full], 1))
        uvs.append(np.stack([w * ux, np.full(c + 1, v)], 1))
        along.append(np.full(c + 1, max(0.0, v) if r >= trims else 0.0))
    closed = k.cut == "closed"
    cols = c if closed else c + 1
    flat_rest = np.concatenate([q[:cols] for q in rest])
    flat_along = np.concatenate([q[:cols] for q in along])
    n_rows = len(rows)
    quarter = c // 4
    hole_r = (trims + ARMHOLE[0] + 5, trims + ARMHOLE[0] + 5 + ARMHOLE[1] - 1)
    faces, uv = [], []
    for r in range(n_rows - 1):
        for j in range(c):
            in_arm = hole_r[0] <= r < hole_r[1] and (
                abs(j + 0.5 - quarter) < 2 or abs(j + 0.5 - 3 * quarter) < 2
            )
            if in_arm and k.sleeve[0] > 0:
                continue
            j2 = (j + 1) % cols
            faces.append((r * cols + j, r * cols + j2, (r + 1) * cols + j2, (r + 1) * cols + j))
            front = (th[j] + th[j + 1]) / 2 < 0 or (th[j] + th[j + 1]) / 2 > math.pi
            quad = []
            for rr, jj in ((r, j), (r, j + 1), (r + 1, j + 1), (r + 1, j)):
                q = uvs[rr][jj].copy()
                v = max(q[1], 0.0) if r >= trims else uvs[min(rr, trims - 1)][jj][1]
                q[1] = -v if front and r >= trims else v
                quad.append(q)
            uv.append(quad)
    sleeve = [np.zeros(len(flat_rest))]
    parts = [flat_rest]
    alongs = [flat_along]
    base = len(flat_rest)
    if k.sleeve[0] > 0:
        for side, mid in ((1, quarter), (-1, 3 * quarter)):
            r0, r1 = hole_r
            ring = (
                [(r0, j) for j in range(mid - 2, mid + 2)]
                + [(r, mid + 2) for r in range(r0, r1)]
                + [(r1, j) for j in range(mid + 2, mid - 2, -1)]
                + [(r, mid - 2) for r in range(r1, r0, -1)]
            )
            ids = [r * cols + j for r, j in ring]
            pts = flat_rest[ids]
            centre = pts.mean(0)
            ang = np.arctan2(pts[:, 2] - centre[2], pts[:, 1] - centre[1])
            length, ra, rb = k.sleeve
            n = max(3, round(length / (STEP * 1.05)))
            phi = math.radians(64)
            axis = np.array([side * math.cos(phi), 0, -math.sin(phi)])
            perp = np.array([side * math.sin(phi), 0, math.cos(phi)])
            prev = ids
            for i in range(1, n + 1):
                t = i / n
                rad = ra + (rb - ra) * t
                p = (
                    centre
                    + axis * (length * t)
                    + rad * np.cos(ang)[:, None] * np.array([0, 0.75, 0])
                    + rad * np.sin(ang)[:, None] * perp
                )
                now = list(range(base, base + len(ids)))
                base += len(ids)
                parts.append(p)
                sleeve.append(np.full(len(ids), side))
                alongs.append(np.full(len(ids), 0.1 + length * t))
                for m in range(len(ids)):
                    m2 = (m + 1) % len(ids)
                    q4 = (prev[m], prev[m2], now[m2], now[m])
                    faces.append(q4 if side > 0 else q4[::-1])
                    a1, a2 = 0.10 * math.sin(ang[m]), 0.10 * math.sin(ang[m2])
                    u1, u2 = (side * (k.body[0] + length * q) for q in ((i - 1) / n, t))
                    q2 = [(u1, a1), (u1, a2), (u2, a2), (u2, a1)]
                    uv.append([np.array(x) for x in (q2 if side > 0 else q2[::-1])])
                prev = now
    s = Shell(
        np.concatenate(parts),
        np.array(faces),
        np.array(uv),
        np.concatenate(alongs),
        np.concatenate(sleeve),
    )
    return _outwards(s)


def _outwards(s: Shell) -> Shell:
    """Turn the faces of body and sleeves so that their normals look out of the garment."""
    for side in (0, 1, -1):
        of = np.sign(np.rint(s.sleeve[s.faces].mean(1) * 1.2)).astype(int) == side
        if not of.any():
            continue
        p = s.rest[s.faces[of]]
        nrm = np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1])
        mid = p.mean(1)
        axis = np.array([0, 0, 1.0]) if side == 0 else s.rest[s.sleeve == side].mean(0)
        out = mid * [1, 1, 0] if side == 0 else mid - axis
        if side != 0:
            d = np.array([side * math.cos(1.117), 0, -math.sin(1.117)])
            out = out - (out @ d)[:, None] * d
        if (nrm * out).sum() < 0:
            s.faces[of] = s.faces[of][:, ::-1]
            s.uv[of] = s.uv[of][:, ::-1]
    return s


# ------------------------------------------------------------------------------- ways to lie


def _lean(p: Points, lean: float) -> Points:
    c, s = math.cos(lean), math.sin(lean)
    return np.stack([p[:, 0], p[:, 1] * c + p[:, 2] * s, -p[:, 1] * s + p[:, 2] * c], 1)


def _worn(s: Shell, k: ShellLook, d: Mapping[str, float], rng: random.Random) -> Points:
    """As if the chair wore it: the back inside, the fronts laid forward over the seat."""
    p = s.rest.copy()
    p[:, 0] *= max(1.0, (d["back_w"] / 2 + 0.035) / k.body[0])
    grow = max(1.0, (d["back_t"] / 2 + 0.04) / max(k.body[2], 0.02))
    body = s.sleeve == 0
    p[body, 1] *= grow
    p[:, 0] += rng.uniform(-0.015, 0.015)
    room = d["back_top"] + 0.065 - d["seat_z"] - 0.04
    long = np.maximum(0.0, -p[:, 2] - room)
    ahead = body & (s.rest[:, 1] < 0.3 * k.body[2])
    p[ahead, 2] += long[ahead]
    p[ahead, 1] -= long[ahead] * 0.96
    p = _lean(p, d["lean"] * 0.9)
    p[:, 1] += d["back_y_top"]
    p[:, 2] += d["back_top"] + 0.065
    if d["back_top"] + 0.065 - k.body[1] < 0.03:  # a long coat's hem begins above the floor
        low = np.maximum(0.0, 0.03 - p[:, 2])
        p[:, 2] += low
        p[:, 1] += low * 0.9
    return p


def _flat(s: Shell, k: ShellLook, rng: random.Random, *, fold: bool) -> Points:
    """Laid flat: x, then down the garment (0 at its middle), then the layer's height."""
    p = s.rest.copy()
    mid = k.body[1] / 2 if k.cut != "sheet" else k.body[1]
    depth = max(k.body[2], 0.05)
    x, z = p[:, 0], p[:, 2] + mid
    up = 0.02 * p[:, 1] / depth
    on = s.sleeve != 0
    if fold and k.cut != "sheet":
        # sleeves are laid over the back, then the right half over the left
        past = np.abs(x) - k.body[0]
        over = on & (past > 0)
        x = np.where(over, np.sign(x) * (k.body[0] - past), x)
        up = np.where(over, up + 0.045 + 0.01 * past, up)
    elif on.any():
        spread = rng.uniform(-0.3, 0.5)
        x = x + np.where(on, s.sleeve * spread * 0.3 * s.along, 0)
    if fold:
        right = x > 0
        up = np.where(right, 0.11 - up + 0.015, up)
        x = np.where(right, -x, x) + k.body[0] / 2
    return np.stack([x, z, up], 1)


def _across(q: Points, turn: float) -> Points:
    c, s = math.cos(turn), math.sin(turn)
    return np.stack([c * q[:, 0] - s * q[:, 1], s * q[:, 0] + c * q[:, 1], q[:, 2]], 1)


def _along_path(q: Points, path: Points, start: float) -> Points:
    """Lay (x, way along, height) along a path in (y, z), heights normal to it."""
    seg = np.diff(path, axis=0)
    lens = np.hypot(seg[:, 0], seg[:, 1])
    at = np.concatenate([[0], np.cumsum(lens)])
    w = q[:, 1] + start
    i = np.clip(np.searchsorted(at, w) - 1, 0, len(seg) - 1)
    t = (w - at[i])[:, None]
    dirs = seg[i] / lens[i][:, None]
    pos = path[i] + dirs * t
    nrm = np.stack([-dirs[:, 1], dirs[:, 0]], 1)
    pos = pos + nrm * q[:, 2:3]
    return np.stack([q[:, 0], pos[:, 0], pos[:, 1]], 1)


def pose(
    way: str, s: Shell, k: ShellLook, d: Mapping[str, float], rng: random.Random
) -> tuple[Points, Points]:
    """Where the fall begins, and how much each vertex is held there (0..1)."""
    top, seat = d["back_top"], d["seat_z"]
    yt, side = d["back_y_top"], rng.choice((-1, 1))
    hold = np.zeros(len(s.rest))
    if way in ("worn", "slip"):
        p = _worn(s, k, d, rng)
        neck = (s.along < 0.12) & (s.sleeve == 0)
        hold[neck & (s.rest[:, 1] > -0.04)] = 0.4
        if way == "slip":
            hold[p[:, 0] * side > 0.02] = 0
            p[:, 0] -= side * 0.03
        return p, hold
    if way == "corner":  # hung by its loop on the back's corner, or on the middle of the back
        p = s.rest.copy()
        p[:, 1] *= 0.3
        p = _lean(p, -0.05)
        x = side * d["back_w"] * rng.choice((0.0, 0.38))
        p += (x, yt + d["back_t"] / 2 + 0.06, top + 0.01)
        low = np.maximum(0.0, 0.03 - p[:, 2])
        p[:, 2] += low
        p[:, 1] += low
        hold[(s.along < 0.04) & (s.sleeve == 0) & (np.abs(s.rest[:, 0]) < 0.07)] = 1.0
        return p, hold
    if way in ("thrown", "folded", "side", "half"):
        q = _flat(s, k, rng, fold=way == "folded")
        q[:, 1] += rng.uniform(-0.12, 0.12)
        turn = {"side": side * math.pi / 2, "thrown": rng.uniform(-0.5, 0.5)}.get(
            way, rng.choice((0.0, 0.0, math.pi / 2)) if way == "folded" else rng.uniform(-0.2, 0.2)
        )
        if rng.random() < 0.4:
            turn += math.pi
        q = _across(q, turn)
        if way == "side":
            q[:, 0] += side * rng.uniform(0.02, 0.14)
        t2 = d["back_t"] / 2 + 0.03
        fy = d["back_y"] - t2
        path = np.array(
            [
                (-d["seat_d"] / 2 - 0.5, seat + 0.04),
                (fy, seat + 0.04),
                (yt - t2, top + 0.02),
                (yt + t2, top + 0.02),
                (yt + t2 + 0.02, 0.04),
                (yt + 2.0, 0.04),
            ]
        )
        lens = np.hypot(*np.diff(path, axis=0).T)
        over = lens[0] + lens[1] + lens[2] / 2
        if way == "half":
            over -= 0.3 * k.body[1] * (2 if k.cut == "sheet" else 1)
        p = _along_path(q, path, over)
        hold[np.abs(p[:, 1] - yt) < t2 * 0.8] = 0.3 if way != "half" else 0.15
        return p, hold
    if way == "arm":
        q = _across(_flat(s, k, rng, fold=rng.random() < 0.5), math.pi / 2 + rng.uniform(-0.4, 0.4))
        p = q + np.array([side * (d["seat_w"] / 2 + 0.035), rng.uniform(-0.08, 0.0), seat + 0.29])
        hold[np.abs(q[:, 0]) < 0.03] = 0.3
        return p, hold
    if way == "spread":  # laid on the seat and over its edge
        q = _across(_flat(s, k, rng, fold=False), rng.uniform(-0.6, 0.6) + rng.choice((0, math.pi)))
        return q + np.array([rng.uniform(-0.1, 0.1), -d["seat_d"] * 0.28, seat + 0.05]), hold
    q = _across(_flat(s, k, rng, fold=False), rng.uniform(0, 6.28))
    g = rng.uniform(0.5, 0.62)
    wave = (np.sin(q[:, 0] * 17 + rng.uniform(0, 6)) + np.sin(q[:, 1] * 14 + 1.3)) * 0.05
    p = np.stack([q[:, 0] * g, q[:, 1] * g - 0.02, seat + 0.18 + wave + q[:, 2] * 1.5], 1)
    return p, hold
