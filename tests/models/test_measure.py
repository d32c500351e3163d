"""A model's figures from sets to card, along the commands that take them; the real model sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from datasets.classes import CLASSES, COCO_NAMES
from models import registry
from models.card import write_card
from models.targets import target_rows
from models.twins import speeds
from service.cli import build_app
from vision.images import read_image
from vision.seen import ModelError

SAMPLE = "HALL2_20260311T095417.jpg"


def a_picture(root: Path, size: int, corner: tuple[int, int]) -> np.ndarray[Any, Any]:
    image = read_image(root / "datasets" / "sample_hall" / "images" / SAMPLE)
    x, y = corner
    return np.ascontiguousarray(image[y : y + size, x : x + size])


@pytest.fixture
def sets(root: Path, tmp_path: Path) -> Path:
    """coco192, find_phone and a rendered val set of a picture or two each."""
    data = tmp_path / "data"
    for split, corner in (("train", (0, 0)), ("val", (1200, 500))):
        for part in ("images", "labels"):
            (data / "coco192" / part / split).mkdir(parents=True)
        picture = a_picture(root, 320, corner)
        cv2.imwrite(str(data / "coco192" / "images" / split / "a.jpg"), picture)
        (data / "coco192" / "labels" / split / "a.txt").write_text(
            "0 0.5 0.5 0.2 0.4\n", encoding="utf-8"
        )
    names = {"names": dict(enumerate(COCO_NAMES))}
    (data / "coco192" / "data.yaml").write_text(yaml.safe_dump(names), encoding="utf-8")
    (data / "find_phone" / "images").mkdir(parents=True)
    # the sample hall's phone at 1413, 720 to 1464, 749
    cv2.imwrite(str(data / "find_phone" / "images" / "p.jpg"), a_picture(root, 320, (1280, 580)))
    (data / "find_phone" / "labels_points.txt").write_text(
        f"p.jpg {(1438 - 1280) / 320:.4f} {(734 - 580) / 320:.4f}\n", encoding="utf-8"
    )
    val = tmp_path / "render" / "val"
    for part in ("images", "labels", "meta", "ids"):
        (val / part).mkdir(parents=True)
    for scene, box in enumerate(((100, 300, 300, 400), (133, 140, 184, 169))):
        stem = f"{scene:06d}"
        corner = ((0, 0), (1280, 580))[scene]
        cv2.imwrite(str(val / "images" / f"{stem}.jpg"), a_picture(root, 480, corner))
        cv2.imwrite(str(val / "ids" / f"{stem}.png"), np.ones((480, 480), np.uint16))
        cls = ("desk", "phone")[scene]
        x1, y1, x2, y2 = (v / 480 for v in box)
        (val / "labels" / f"{stem}.txt").write_text(
            f"{CLASSES.index(cls)} {(x1 + x2) / 2} {(y1 + y2) / 2} {x2 - x1} {y2 - y1}\n",
            encoding="utf-8",
        )
        label = {"id": 5, "cls": cls, "box_xyxy_px": list(box), "visible": 1.0}
        about = {"size_px": [480, 480], "labels": [label], "ignore": [], "scene": scene}
        (val / "meta" / f"{stem}.json").write_text(json.dumps(about), encoding="utf-8")
    return tmp_path


def test_measure_keeps_thresholds_figures_card_and_pictures(sets: Path) -> None:
    weights = sets / "weights"
    weights.mkdir()
    for path in registry.WEIGHTS.glob("deskcheck-n*"):
        shutil.copy(path, weights)
    model = weights / "deskcheck-n.onnx"
    docs = sets / "docs"
    given = ["model", "measure", str(model), "--data", str(sets / "data")]
    given += ["--rendered", str(sets / "render"), "--docs", str(docs), "--start", str(model)]
    given += ["--twin", str(weights / "deskcheck-n-int8.onnx")]
    # figures beside the model would overwrite its sidecar
    wrong = [str(weights) if g == str(docs) else g for g in given]
    assert CliRunner().invoke(build_app(), wrong).exit_code == 2
    result = CliRunner().invoke(build_app(), given)
    assert result.exit_code == 0, result.output
    report = json.loads((docs / "deskcheck-n.json").read_text(encoding="utf-8"))
    assert report["find_phone"]["found"] + len(report["find_phone"]["missed"]) == 1
    assert report["find_phone"]["road"] == "detect"
    assert report["rendered_val"]["road"] == "whole"
    assert report["clean"]["crops"] >= 2
    assert report["rendered_val"]["classes"]["phone"]["bands"]["16-32"]["boxes"] == 1
    kept = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
    assert kept["thresholds"]["phone"] == report["thresholds"]["phone"]["threshold"]
    card = (docs / "deskcheck-n.md").read_text(encoding="utf-8")
    for row in report["targets"]:
        assert row["on"] in card.split("## The file")[0]
    for shown in ("deskcheck-n-curves.svg", "deskcheck-n-sheet.jpg"):
        assert f"]({shown})" in card
        assert (docs / shown).stat().st_size > 200
    # the card alone, anew, from the same figures, is the same
    (docs / "deskcheck-n.md").unlink()
    given = ["model", "card", str(model), "--rendered", str(sets / "render"), "--docs", str(docs)]
    assert CliRunner().invoke(build_app(), given).exit_code == 0
    assert (docs / "deskcheck-n.md").read_text(encoding="utf-8") == card
    kept["sha256"] = "0" * 64
    model.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(ModelError, match="measured on another file"):
        write_card(model.with_suffix(".json"), docs / "deskcheck-n.json", docs / "deskcheck-n.md")


def test_eval_looks_as_detect_does_unless_told_a_size(sets: Path) -> None:
    phones = str(sets / "data" / "find_phone")
    own = json.loads(CliRunner().invoke(build_app(), ["eval", phones, "--json"]).stdout)
    told = CliRunner().invoke(build_app(), ["eval", phones, "--json", "--size", "320"]).stdout
    assert own["road"] == "detect"
    assert (json.loads(told)["road"], json.loads(told)["size"]) == ("whole", 320)
    picture = str(sets / "data" / "find_phone" / "images" / "p.jpg")
    seen = json.loads(CliRunner().invoke(build_app(), ["detect", picture, "--json"]).stdout)
    x, y = 1438 - 1280, 734 - 580
    found = [
        d
        for d in seen["detections"]
        if d["class"] == "phone"
        and d["box"][0] <= x <= d["box"][2]
        and d["box"][1] <= y <= d["box"][3]
    ]
    assert own["found"] == bool(found)


def test_twins_are_timed_in_turns() -> None:
    model = registry.find("deskcheck-n")
    picture = np.full((64, 64, 3), 90, np.uint8)
    both = speeds(model, model, [picture], rounds=4)
    assert both["rounds"] == 4
    assert min(both["float_ms"], both["int8_ms"]) > 0


INTERVAL = {"classes": 6, "boxes": 200, "map50_interval_95": [0.1, 0.9]}


def a_report(**changes: Any) -> dict[str, Any]:
    """A report in which every figure is just reached, with some of it changed."""
    coco = {"classes_of_10_boxes": INTERVAL | {"map50": 0.42}}
    start = {"classes_of_10_boxes": INTERVAL | {"map50": 0.44}}
    report: dict[str, Any] = {
        "bytes": 14_999_999,
        "find_phone": {"pictures": 65, "threshold": 0.2, "found": 58, "false_phone_boxes": 3},
        "coco192_val": coco,
        "coco192_val_640": coco,
        "start": {"name": "n", "coco192_val": start, "coco192_val_640": start},
        "rendered_val_large": INTERVAL
        | {"least_px": 16.0, "map50": 0.85, "of": {"phone": 0.92, "cable": 0.92}},
        "clean": {"crops": 40, "hard_crops": 30, "false": 2, "in_20_crops": 1.0},
        "twin": {
            "float": "a",
            "int8": "b",
            "map50": [{"set": "hall", "float": 0.5, "int8": 0.49, "lost": 0.01}],
            "speed": {"ratio": 1.5, "float_ms": 15.0, "int8_ms": 10.0},
            "processor": "P",
            "vnni": True,
        },
    }
    return report | changes


MISSED: list[tuple[dict[str, Any], str]] = [
    (
        {"find_phone": {"pictures": 65, "threshold": 0.2, "found": 57, "false_phone_boxes": 0}},
        "find_phone",
    ),
    (
        {"find_phone": {"pictures": 65, "threshold": 0.2, "found": 65, "false_phone_boxes": 4}},
        "find_phone",
    ),
    ({"coco192_val": {"classes_of_10_boxes": INTERVAL | {"map50": 0.41}}}, "coco192 val"),
    (
        {"rendered_val_large": INTERVAL | {"least_px": 16.0, "map50": 0.9, "of": {"phone": 0.91}}},
        "... of them phone",
    ),
    (
        {"clean": {"crops": 40, "hard_crops": 30, "false": 3, "in_20_crops": 1.5}},
        "40 desk crops",
    ),
    ({"bytes": 15_000_000}, "size"),
]


def test_a_report_that_just_reaches_everything_is_met() -> None:
    assert all(row["met"] for row in target_rows(a_report()))


@pytest.mark.parametrize(("changes", "which"), MISSED)
def test_a_figure_that_is_missed_says_so(changes: dict[str, Any], which: str) -> None:
    missed = [row for row in target_rows(a_report(**changes)) if not row["met"]]
    assert [row["on"].startswith(which) for row in missed] == [True]


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    report = a_report()
    del report["twin"], report["start"]
    open_rows = [row["on"] for row in target_rows(report) if row["met"] is None]
    assert len(open_rows) == 3
    without_vnni = a_report()
    without_vnni["twin"] = without_vnni["twin"] | {"vnni": False}
    assert [r["met"] for r in target_rows(without_vnni)].count(None) == 1
