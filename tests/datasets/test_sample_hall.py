"""The shipped sample hall: complete, honest, small, and of its own assets."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import yaml

from datasets.classes import CLASSES
from datasets.render import register, sample_pack, sample_plan as plan
from rules.layout import load_layout
from vision.images import read_frame
from vision.seen import ImageError

HALL = Path(__file__).parents[2] / "datasets" / "sample_hall"
NAME = re.compile(r"^(HALL\d)_20260311T\d{6}\.jpg$")


@cache
def key() -> dict[str, Any]:
    return dict(json.loads((HALL / "key.json").read_text(encoding="utf-8")))


def rows(**want: str) -> list[dict[str, Any]]:
    return [r for r in key()["rows"] if all(r[k] == v for k, v in want.items())]


def test_it_is_small_enough() -> None:
    total = sum(p.stat().st_size for p in HALL.rglob("*") if p.is_file() and not p.is_symlink())
    assert total < 25 * 1024 * 1024


def test_frames_cameras_desks_and_windows() -> None:
    frames = sorted(p.name for p in (HALL / "frames").iterdir())
    assert frames == sorted(f["frame"] for f in key()["frames"])
    assert len(frames) >= 40
    assert all(NAME.match(f) for f in frames)
    assert len({f["camera"] for f in key()["frames"]}) >= 3
    assert {f["window"] for f in key()["frames"]} == {"P", "W", "N"}
    assert {r["desk"] for r in key()["rows"]} == set(plan.DESKS)


def test_every_desk_clause_and_window_has_one_answer() -> None:
    asked = Counter((r["desk"], r["clause"], r["window"]) for r in key()["rows"])
    wanted = {(d, c, w) for d in plan.DESKS for c, ws in plan.WINDOWS.items() for w in ws}
    assert set(asked) == wanted
    assert set(asked.values()) == {1}
    assert {r["truth"] for r in key()["rows"]} == {"violation", "compliant", "unjudgeable"}


@pytest.mark.parametrize("clause", sorted(plan.WINDOWS))
def test_each_clause_is_broken_at_three_desks(clause: str) -> None:
    broken = rows(clause=clause, truth="violation")
    assert len({r["desk"] for r in broken}) >= 3
    assert all(len(r["frames"]) >= 2 for r in broken)


def test_planted_things_are_in_view_and_of_all_sizes() -> None:
    sides = []
    for row in rows(truth="violation"):
        for name, boxes in row["planted"].items():
            assert name in {f["frame"] for f in key()["frames"] if f["judgeable"]}
            for box in boxes:
                assert box["class"] in CLASSES
                assert box["short_side_px"] >= 10
                sides.append(box["short_side_px"])
    assert min(sides) < 20
    assert max(sides) > 60


@pytest.mark.parametrize(
    ("clause", "cls"),
    [
        (plan.PHONE, "phone"),
        (plan.PHONE, "calculator"),
        (plan.CUP, "cup"),
        (plan.CLOTHES, "person"),
        (plan.CABLE, "cable"),
        (plan.SEAT, "cushion"),
        (plan.ABSENT, "pause_sign"),
    ],
)
def test_twins_look_alike_and_are_fine(clause: str, cls: str) -> None:
    found = [t for r in rows(clause=clause) for t in r.get("twins", []) if t["class"] == cls]
    assert found


def test_frames_that_cannot_be_judged() -> None:
    why = {f["why"]: f["frame"] for f in key()["frames"] if not f["judgeable"]}
    assert set(why) == {"black", "blurred", "moved", "truncated"}
    assert key()["blocked"]
    assert max(b["hidden"] for b in key()["blocked"]) > 0.3
    black = cv2.imread(str(HALL / "frames" / why["black"]))
    assert black is not None
    assert black.mean() < 12
    with pytest.raises(ImageError):
        read_frame(HALL / "frames" / why["truncated"])


def test_sizes_reach_four_megapixels_and_every_other_frame_decodes() -> None:
    layout = load_layout(HALL / "hall.yaml")
    for camera in layout.cameras:
        first = next(f for f in key()["frames"] if f["camera"] == camera.id and f["judgeable"])
        image = cv2.imread(str(HALL / "frames" / first["frame"]))
        assert image is not None
        assert (image.shape[1], image.shape[0]) == camera.size
    sizes = [c.size for c in layout.cameras if c.size]
    assert (2560, 1440) in sizes


def test_layout_draws_every_desk_and_its_references_exist() -> None:
    layout = load_layout(HALL / "hall.yaml")
    assert {d.id for d in layout.desks} == set(plan.DESKS)
    for camera in layout.cameras:
        assert set(camera.view.reference) >= {"day"}
        assert len(camera.view.reference) == 2
        assert all(Path(p).is_file() for p in camera.view.reference.values())
        for desk in (d for d in plan.DESKS if camera.sees(d)):
            kinds = {z.kind for z in camera.zones if z.desk == desk}
            assert kinds >= {
                "desk_top", "public_side", "cup_point", "sign", "chair", "chair_back", "seat",
                "staff", "under_desk", "floor", "bin_home",
            }  # fmt: skip


def test_layout_names_the_clock_that_the_generator_writes() -> None:
    shipped = yaml.safe_load((HALL / "hall.yaml").read_text(encoding="utf-8"))["cameras"]
    for cam, camera in zip(plan.CAMERAS, shipped, strict=True):
        made = yaml.safe_load("\n".join(["camera:", *sample_pack.overlay_lines(cam)]))["camera"]
        assert set(made) == {"clock", "ignore"}
        # OpenCV's text is a little wider in the release that renders than in the one that runs
        assert np.allclose(made["clock"], camera["clock"], atol=0.04)
        assert np.allclose(made["ignore"], camera["ignore"], atol=0.04)


def test_no_asset_of_the_sample_hall_is_taught() -> None:
    shown = json.loads((HALL / "assets.json").read_text(encoding="utf-8"))
    assert len(shown) > 40
    assert all(".sample." in f".{a}." for a in shown)
    known = register.everything()
    prints = {f for i, _, f in known if register.plain(i) in {register.plain(a) for a in shown}}
    assert len(prints) > 40
    assert not prints & {f for _, split, f in known if split != "sample"}


def test_no_look_serves_two_splits() -> None:
    owner: dict[str, str] = {}
    for ident, split, look in register.everything():
        assert f".{split}." in f".{ident}."
        assert owner.setdefault(look, split) == split, ident


def test_labels_are_yolo_rows() -> None:
    files = sorted((HALL / "labels").glob("*.txt"))
    assert len(files) >= 35
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            index, *box = line.split()
            assert 0 <= int(index) < len(CLASSES)
            assert all(0 <= float(v) <= 1 for v in box)
