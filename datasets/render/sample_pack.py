"""From raw renders to the shipped sample hall: camera, overlay, layout, labels, key.  No bpy."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.render import camera_sim as sim, sample_key as key, sample_plan as plan

Find = Callable[[str, str], Path | None]
QUALITY = {"HALL1": 87, "HALL2": 90, "HALL3": 90}
REF_DAY = datetime(2026, 3, 1, 12, 0, 0, tzinfo=plan.TZ)
FLOOR_KINDS = ("under_desk", "floor")


def look(cam: plan.CameraPlan, mode: str, rng: random.Random) -> sim.Look:
    """A camera's character, drifting a little from frame to frame."""
    if mode == "ir":
        return sim.Look(noise=5.0, sharpen=0.55, video_quality=80, grey=True)
    noise = {"HALL1": 1.8, "HALL2": 2.4, "HALL3": 2.2}[cam.id] + (1.6 if mode == "lamp" else 0)
    warm = {"HALL1": 0.01, "HALL2": -0.015, "HALL3": 0.02}[cam.id] + rng.uniform(-0.008, 0.008)
    return sim.Look(
        noise=noise,
        sharpen={"HALL1": 0.7, "HALL2": 0.5, "HALL3": 0.9}[cam.id],
        gains_bgr=(1 - warm, 1.0, 1 + warm),
        video_quality=84,
    )


def _seed(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def picture(
    image: NDArray[np.uint8],
    cam: plan.CameraPlan,
    mode: str,
    at: datetime,
    broken: str | None = None,
) -> bytes:
    """JPEG bytes of one snapshot; the same input gives the same bytes."""
    name = f"{cam.id}_{at:%Y%m%dT%H%M%S}"
    rng = np.random.default_rng(_seed(name))
    x: Any = image
    if broken == "black":
        x = np.full_like(x, 3)
    elif broken == "blurred":
        x = sim.motion_blur(sim.defocus(x, 11), 25, 20)
    x = sim.shoot(x, look(cam, mode, random.Random(name)), rng)
    data = sim.jpeg(sim.overlay(x, at, cam.id), QUALITY[cam.id])
    return data[: len(data) * 2 // 5] if broken == "truncated" else data


def _read(find: Find, cam: str, when: str) -> tuple[Any, Any, dict[str, Any]]:
    stem = find(cam, when)
    if stem is None:
        raise SystemExit(f"no render of {cam} {when}; run python -m datasets.render.sample_hall")
    ids = cv2.imread(f"{stem}.ids.png", cv2.IMREAD_UNCHANGED)
    return cv2.imread(f"{stem}.png"), ids, json.loads(Path(f"{stem}.json").read_text())


def pack(find: Find, out: Path) -> None:
    for d in ("frames", "reference", "labels", "images"):
        (out / d).mkdir(parents=True, exist_ok=True)
        for old in (out / d).iterdir():
            old.unlink()
    frames: list[key.FrameFacts] = []
    layout: dict[str, dict[str, Any]] = {}
    assets: set[str] = set()
    facts: dict[str, Any] = {}
    for cam in plan.CAMERAS:
        layout[cam.id] = _references(find, cam, out, assets)
    for cam, when, time in plan.moments():
        at = plan.moment(time, cam)
        name = f"{cam.id}_{at:%Y%m%dT%H%M%S}"
        broken = plan.BROKEN.get(cam.id, {}).get(when)
        mode = cam.night if when == "N" else "day"
        meta: dict[str, Any] = {"labels": [], "assets": []}
        if broken == "black":
            w, h = cam.size_px
            image = np.zeros((h, w, 3), np.uint8)
            ids = np.zeros((h, w), np.uint16)
        else:
            image, ids, meta = _read(find, cam.id, when)
        assets |= {a.split("@")[0] for a in meta["assets"]}
        (out / "frames" / f"{name}.jpg").write_bytes(picture(image, cam, mode, at, broken))
        labels = meta["labels"]
        if broken is None or broken == "moved":
            rows = _yolo(labels, cam.size_px)
            (out / "labels" / f"{name}.txt").write_text("\n".join(rows) + "\n" if rows else "")
            # a YOLO folder without a second copy: `deskcheck eval datasets/sample_hall`
            (out / "images" / f"{name}.jpg").symlink_to(Path("..") / "frames" / f"{name}.jpg")
        frames.append(
            key.FrameFacts(
                f"{name}.jpg",
                cam.id,
                when,
                broken,
                labels,
                _hidden(labels, ids, layout[cam.id]["zones"], set(cam.desks)),
            )
        )
        facts[f"{name}.jpg"] = {
            "light": mode,
            "broken": broken,
            "things": [
                [b["cls"], *b["box_xyxy_px"], b["visible"], b["desk"], b["place"]]
                for b in labels
                if b["cls"] and b["visible"] >= 0.1
            ],
        }
    _write_key(frames, out, assets)
    names = "\n".join(f"  {i}: {n}" for i, n in enumerate(CLASSES))
    (out / "data.yaml").write_text(f"path: .\ntrain: images\nval: images\nnames:\n{names}\n")
    (out / "truth.json").write_text(_lines(facts))
    (out / "hall.yaml").write_text(_yaml(layout))


def _references(find: Find, cam: plan.CameraPlan, out: Path, assets: set[str]) -> dict[str, Any]:
    refs = {}
    first: dict[str, Any] = {}
    for mode in ("day", cam.night):
        image, _, meta = _read(find, cam.id, f"ref-{mode}")
        assets |= {a.split("@")[0] for a in meta["assets"]}
        at = REF_DAY.replace(hour=12 if mode == "day" else 21)
        refs[mode] = f"reference/{cam.id}_{mode}.jpg"
        (out / refs[mode]).write_bytes(picture(image, cam, mode, at))
        first = first or meta
    w, h = cam.size_px
    things = [
        {
            "thing": b["cls"],
            "desk": b["desk"],
            "at": [
                round((b["box_xyxy_px"][0] + b["box_xyxy_px"][2]) / 2 / w, 4),
                round(min(b["box_xyxy_px"][3] / h, 1), 4),
            ],
        }
        for b in first["labels"]
        if b["cls"] and "standard" in b["tags"] and b["desk"] in cam.desks and b["visible"] > 0.4
    ]
    return {
        "cam": cam,
        "reference": refs,
        "zones": first["zones"],
        "planes": first["planes"],
        "focal": first["focal_px"] / w,
        "things": things,
    }


def _hidden(
    labels: list[dict[str, Any]], ids: Any, zones: list[dict[str, Any]], desks: set[str]
) -> dict[str, dict[str, float]]:
    people = [b["id"] for b in labels if b["cls"] == "person"]
    chairs = [b["id"] for b in labels if b["cls"] == "chair"]
    out: dict[str, dict[str, float]] = {}
    for z in zones:
        if z["desk"] not in desks:
            continue
        m = np.zeros(ids.shape, np.uint8)
        cv2.fillPoly(m, [np.rint(np.array(z["polygon_px"])).astype(np.int32)], 1)
        inside = ids[m > 0]
        cover = [*people, *chairs] if z["kind"] in FLOOR_KINDS else people
        share = float(np.isin(inside, cover).mean()) if len(inside) else 1.0
        out.setdefault(z["kind"], {})[z["desk"]] = round(share, 3)
    return out


def _yolo(labels: list[dict[str, Any]], size: tuple[int, int]) -> list[str]:
    w, h = size
    out = []
    for b in labels:
        if b["cls"] is None or b["visible"] < 0.2 or b["short_side_px"] < 5:
            continue
        x1, y1, x2, y2 = b["box_xyxy_px"]
        out.append(
            f"{CLASS_INDEX[b['cls']]} {(x1 + x2) / 2 / w:.6f} {(y1 + y2) / 2 / h:.6f} "
            f"{(x2 - x1) / w:.6f} {(y2 - y1) / h:.6f}"
        )
    return out


def _lines(data: dict[str, Any]) -> str:
    """JSON with one entry a line, so that a change shows as a small diff."""
    body = ",\n".join(
        f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in data.items()
    )
    return "{\n" + body + "\n}\n"


def _write_key(frames: list[key.FrameFacts], out: Path, assets: set[str]) -> None:
    rows = key.rows(frames)
    listed = [
        {
            "frame": f.name,
            "camera": f.camera,
            "window": f.window,
            "judgeable": f.broken is None,
            **({"why": f.broken} if f.broken else {}),
        }
        for f in frames
    ]
    blocked = [
        {"frame": f.name, "desk": d, "hidden": f.hidden["desk_top"].get(d, 0.0)}
        for f in frames
        if f.broken is None
        for d, _ in plan.BLOCKERS.get(f.camera, {}).get(f.moment, ())
    ]
    text = [
        "{",
        '"version": 1,',
        f'"hall": "sample", "day": "{plan.DAY}",',
        '"frames": [',
        ",\n".join(json.dumps(x) for x in listed),
        "],",
        '"blocked": [',
        ",\n".join(json.dumps(x) for x in blocked),
        "],",
        '"rows": [',
        ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows),
        "]",
        "}",
        "",
    ]
    (out / "key.json").write_text("\n".join(text))
    (out / "assets.json").write_text(json.dumps(sorted(assets), indent=0) + "\n")


def _flow(value: Any) -> str:
    """A value as one line of YAML flow style (JSON is YAML)."""
    return json.dumps(value, ensure_ascii=False)


def overlay_lines(cam: plan.CameraPlan) -> list[str]:
    """What the layout says of the writing in a camera's pictures: the time is a clock."""
    w, h = cam.size_px
    areas = []
    for x1, y1, x2, y2 in sim.overlay_boxes_px(cam.size_px, REF_DAY, cam.id):
        left, top, right, bottom = max(0, x1) / w, max(0, y1) / h, min(w, x2) / w, min(h, y2) / h
        box = [[left, top], [right, top], [right, bottom], [left, bottom]]
        areas.append(_flow([[round(a, 4), round(b, 4)] for a, b in box]))
    clock, *others = areas
    return [f"    clock: {clock}", "    ignore:", *(f"      - {area}" for area in others)]


def _yaml(layout: dict[str, dict[str, Any]]) -> str:
    names = ("综合受理", "市场监管", "税务", "社保", "医保", "不动产登记", "公安户政", "公积金")
    out = [
        "# The sample hall: every polygon is projected from the scene that its pictures show.",
        "schema: 1",
        "hall: {id: sample, name: 样板政务服务大厅, level: county, mode: trial}",
        "hours:",
        '  weekly: {mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", '
        'thu: "09:00-17:00", fri: "09:00-17:00"}',
        f'  lunch: "{plan.LUNCH[0]}-{plan.LUNCH[1]}"',
        "desks:",
    ]
    for i, d in enumerate(plan.DESKS):
        out.append(
            f"  - {{id: {d}, name: {i + 1}号工位, window: W{i + 1}, unit: {names[i]}, "
            f"size_cm: [{plan.TOP_HALF[0] * 200:.0f}, {plan.TOP_HALF[1] * 200:.0f}]}}"
        )
    out.append("cameras:")
    for c in layout.values():
        cam: plan.CameraPlan = c["cam"]
        w, h = cam.size_px
        out += [
            f"  - id: {cam.id}",
            f"    name: {cam.name}",
            f"    size: [{w}, {h}]",
            f"    reference: {_flow(c['reference'])}",
        ]
        if cam.k1:
            out.append(f"    lens: {{focal: {c['focal']:.5f}, k1: {cam.k1}}}")
        out += overlay_lines(cam)
        out.append("    planes:")
        out += [f"      - {_flow(p)}" for p in c["planes"]]
        out.append("    zones:")
        for z in c["zones"]:
            poly = [
                [round(min(max(x / w, 0), 1), 4), round(min(max(y / h, 0), 1), 4)]
                for x, y in z["polygon_px"]
            ]
            more: dict[str, Any] = {"holds": ["bin"]} if z["kind"] == "bin_home" else {}
            more |= {"inside": True} if z.get("inside") else {}
            out.append(
                "      - " + _flow({"kind": z["kind"], "desk": z["desk"], **more, "polygon": poly})
            )
        out.append("    things:")
        out += [f"      - {_flow(t)}" for t in c["things"]]
    return "\n".join(out) + "\n"
