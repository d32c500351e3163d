"""Things laid from one rendered picture into another keep exact boxes, above and below."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.collage import (
    ROOM_ID,
    Box,
    Cutout,
    Picture,
    compose,
    compose_set,
    cut,
    main,
    mirror,
    paste,
    read_picture,
    shrink,
    stems,
    write,
)
from vision.seen import DatasetError

DESK, CUP, CARTON = 2, 3, 4


def _picture(light: str = "lamp") -> Picture:
    """Floor below, a desk with a cup on it above, a carton on the floor."""
    ids = np.full((200, 200), ROOM_ID, np.uint16)
    ids[40:120, 20:180] = DESK
    ids[50:70, 40:54] = CUP
    ids[150:180, 100:150] = CARTON
    image = np.full((200, 200, 3), 120, np.uint8)
    image[ids == DESK] = (60, 120, 170)
    image[ids == CUP] = (240, 240, 240)
    image[ids == CARTON] = (40, 90, 130)
    boxes = tuple(
        Box(i, cls, f"{cls}.train.x", box, 1.0, int((ids == i).sum()), side)
        for i, cls, box, side in (
            (DESK, "desk", (20, 40, 180, 120), 80),
            (CUP, "cup", (40, 50, 54, 70), 14),
            (CARTON, "carton", (100, 150, 150, 180), 30),
        )
    )
    return Picture(image, ids, boxes, light, ("carton.train.x", "cup.train.x"))


def _cutout(h: int = 20, w: int = 14, light: str = "lamp") -> Cutout:
    return Cutout(np.full((h, w, 3), 10, np.uint8), np.ones((h, w), bool), "phone",
                  "phone.train.y", light, "desk")  # fmt: skip


def test_cut_takes_whole_free_things_and_says_where_they_stood() -> None:
    got = {c.cls: c for c in cut(_picture())}
    assert set(got) == {"cup", "carton"}
    assert got["cup"].on == "desk"
    assert got["carton"].on == "floor"
    assert got["cup"].mask.shape == (20, 14)
    assert got["cup"].mask.all()


@pytest.mark.parametrize(("visible", "side", "box", "taken"), [
    (0.95, 14, (40, 50, 54, 70), True),
    (0.80, 14, (40, 50, 54, 70), False),
    (1.0, 9, (40, 50, 54, 70), False),
    (1.0, 14, (0, 50, 54, 70), False),
])  # fmt: skip
def test_cut_leaves_hidden_small_and_clipped_things(
    visible: float, side: int, box: tuple[int, int, int, int], taken: bool
) -> None:
    p = _picture()
    p = Picture(
        p.image, p.ids, (Box(CUP, "cup", "cup.train.x", box, visible, 280, side),), "lamp", ()
    )
    assert bool(cut(p)) is taken


def test_pasted_box_is_exact_and_covered_box_shrinks() -> None:
    p = _picture()
    q = paste(p, _cutout(20, 7), (40, 50), np.random.default_rng(0))
    by = {b.cls: b for b in q.boxes}
    assert by["phone"].box_xyxy_px == (40, 50, 47, 70)
    assert by["cup"].box_xyxy_px == (47, 50, 54, 70)
    assert by["cup"].visible == pytest.approx(0.5)
    assert by["desk"] == p.boxes[0]
    ys, xs = np.nonzero(q.ids == by["phone"].id)
    assert (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1) == (40, 50, 47, 70)
    assert q.assets == ("carton.train.x", "cup.train.x", "phone.train.y")


def test_thing_wholly_covered_is_no_longer_labelled() -> None:
    q = paste(_picture(), _cutout(30, 30), (35, 45), np.random.default_rng(0))
    assert "cup" not in {b.cls for b in q.boxes}


def test_paste_changes_only_its_surroundings_and_not_its_input() -> None:
    p = _picture()
    before = p.image.copy()
    q = paste(p, _cutout(), (100, 60), np.random.default_rng(0))
    assert np.array_equal(p.image, before)
    changed = np.argwhere((q.image != p.image).any(-1))
    assert changed.min(0).tolist() >= [55, 95]
    assert changed.max(0)[0] < 90
    assert changed.max(0)[1] < 125
    assert q.image[70, 107].max() < 20


def test_infrared_things_stay_in_infrared_pictures() -> None:
    p = _picture("ir")
    rng = np.random.default_rng(0)
    assert compose(p, [_cutout(light="lamp")], rng, 5) is p
    assert len(compose(p, [_cutout(light="ir")], rng, 5).boxes) > len(p.boxes)


def test_things_for_a_desk_land_on_its_upper_half() -> None:
    for seed in range(20):
        q = compose(_picture(), [_cutout()], np.random.default_rng(seed), 1)
        new = [b for b in q.boxes if b.cls == "phone"]
        assert len(new) == 1
        assert new[0].box_xyxy_px[3] <= 90


def test_mirror_twice_is_the_same() -> None:
    c = cut(_picture())[0]
    assert np.array_equal(mirror(mirror(c)).patch, c.patch)


@pytest.mark.parametrize(("scale", "shape"), [(0.5, (10, 7)), (0.1, (20, 14))])
def test_shrink_keeps_what_would_be_too_small(scale: float, shape: tuple[int, int]) -> None:
    assert shrink(_cutout(), scale).mask.shape == shape


def _write(root: Path, stem: str) -> None:
    p = _picture()
    for part in ("images", "ids", "meta"):
        (root / part).mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(root / "images" / f"{stem}.jpg"), p.image)
    cv2.imwrite(str(root / "ids" / f"{stem}.png"), p.ids)
    (root / "meta" / f"{stem}.json").write_text(json.dumps({
        "light": p.light, "assets": list(p.assets), "ignore": [],
        "labels": [vars(b) for b in p.boxes],
    }), encoding="utf-8")  # fmt: skip


def test_a_set_is_composed_the_same_twice(tmp_path: Path) -> None:
    for stem in ("000000", "000001"):
        _write(tmp_path / "set", stem)
    assert stems(tmp_path / "set") == ["000000", "000001"]
    for name in ("a", "b"):
        assert (
            main(["--set", str(tmp_path / "set"), "--out", str(tmp_path / name), "--count", "3"])
            == 0
        )
    for part in ("images", "labels", "meta"):
        files = sorted((tmp_path / "a" / part).iterdir())
        assert len(files) == 3
        for f in files:
            assert f.read_bytes() == (tmp_path / "b" / part / f.name).read_bytes()
    rows = (tmp_path / "a" / "labels" / "000000.txt").read_text(encoding="utf-8").splitlines()
    assert len(rows) >= 3
    assert {int(r.split()[0]) for r in rows} >= {CLASS_INDEX["desk"]}
    assert all(0 <= int(r.split()[0]) < len(CLASSES) for r in rows)


def test_a_set_without_instance_maps_is_refused(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    with pytest.raises(DatasetError, match="render a set first"):
        compose_set(tmp_path, tmp_path / "out", 1, 1)
    with pytest.raises(DatasetError, match="instance map"):
        read_picture(tmp_path, "000000")
    assert main(["--set", str(tmp_path), "--out", str(tmp_path / "out"), "--count", "1"]) == 2


def _sheet(root: Path) -> None:
    """A sheet of one picture: a phone, a wallet of no class, and a bottle, all on the floor."""
    things: tuple[tuple[int, str | None, tuple[int, int, int, int], list[str]], ...]
    things = ((2, "phone", (20, 20, 34, 40), []), (3, None, (60, 20, 80, 44), ["negative", "desk"]),
              (4, "bottle", (100, 20, 114, 50), []))  # fmt: skip
    ids = np.full((128, 128), ROOM_ID, np.uint16)
    image = np.full((128, 128, 3), 150, np.uint8)
    rows = []
    for ident, cls, (x1, y1, x2, y2), tags in things:
        ids[y1:y2, x1:x2] = ident
        image[y1:y2, x1:x2] = (30 * ident, 20, 200)
        rows.append({
            "id": ident, "cls": cls, "asset": f"{cls or 'negative'}.train.x", "visible": 1.0,
            "box_xyxy_px": [x1, y1, x2, y2], "area_px": (x2 - x1) * (y2 - y1),
            "short_side_px": x2 - x1, "tags": tags,
        })  # fmt: skip
    for part in ("images", "ids", "meta"):
        (root / part).mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(root / "images" / "000000.jpg"), image)
    cv2.imwrite(str(root / "ids" / "000000.png"), ids)
    (root / "meta" / "000000.json").write_text(json.dumps({
        "sheet": True, "light": "lamp", "assets": [], "ignore": [],
        "labels": [r for r in rows if r["cls"]], "negatives": [r for r in rows if not r["cls"]],
    }))  # fmt: skip


def test_things_of_a_sheet_lie_where_their_kind_lies(tmp_path: Path) -> None:
    _sheet(tmp_path)
    got = {c.cls: c.on for c in cut(read_picture(tmp_path, "000000"))}
    assert got == {"phone": "desk", None: "desk", "bottle": "desk"}  # all lie on the sheet's floor


def test_a_look_alike_is_laid_in_without_a_box(tmp_path: Path) -> None:
    _sheet(tmp_path)
    wallet = next(c for c in cut(read_picture(tmp_path, "000000")) if c.cls is None)
    p = _picture()
    q = compose(p, [wallet], np.random.default_rng(3), 3)
    assert (q.image != p.image).any()
    for part in ("images", "labels", "meta"):
        (tmp_path / "out" / part).mkdir(parents=True)
    write(q, tmp_path / "out", "000000", 1)
    rows = (tmp_path / "out" / "labels" / "000000.txt").read_text().splitlines()
    assert {CLASSES[int(r.split()[0])] for r in rows} <= {"desk", "cup", "carton"}
