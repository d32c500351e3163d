"""What the detector must reach, and whether a measured report reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PHONES_FOUND: Final = 58
PHONES_FALSE: Final = 3
COCO_LOSS: Final = 0.02
HALL_LEAST_PX: Final = 16.0
HALL_MAP50: Final = 0.85
NAMED: Final = ("phone", "cup", "clothing", "cable")
NAMED_AP50: Final = 0.92
CLEAN_IN_20: Final = 1.0
INT8_LOSS: Final = 0.01
INT8_FASTER: Final = 1.5
MOST_MB: Final = 15.0


def target_rows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a figure: ``on``, ``figure`` (in words), ``target``, ``met``; None: not measured."""
    rows = [_phones(report["find_phone"]), *_coco(report), *_hall(report["rendered_val_large"])]
    rows += [_clean(report["clean"]), *_twin(report), _size(report["bytes"])]
    return rows


def _row(on: str, figure: str, target: str, met: bool | None) -> dict[str, Any]:
    return {"on": on, "figure": figure, "target": target, "met": met}


def _phones(found: Mapping[str, Any]) -> dict[str, Any]:
    return _row(
        f"find_phone, {found['pictures']} real pictures, as `deskcheck detect` looks, at the "
        f"shipped threshold {found['threshold']:.3f}",
        f"{found['found']} found, {found['false_phone_boxes']} false phone boxes",
        f"at least {PHONES_FOUND} found, at most {PHONES_FALSE} false",
        found["found"] >= PHONES_FOUND and found["false_phone_boxes"] <= PHONES_FALSE,
    )


def _coco(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    start = report.get("start")
    rows = []
    for key, how in (
        ("coco192_val_640", "one pass of 640 px"),
        ("coco192_val", "as `deskcheck detect` looks"),
    ):
        mine = report[key]["classes_of_10_boxes"]
        on = f"coco192 val, {mine['classes']} mapped classes of ten or more boxes, mAP50, {how}"
        target = f"not below the start weight by more than {COCO_LOSS}"
        if start is None:
            rows.append(_row(on, _with_interval(mine), target, None))
            continue
        theirs = start[key]["classes_of_10_boxes"]
        rows.append(
            _row(
                on,
                f"{_with_interval(mine)}; {start['name']}: {_with_interval(theirs)}",
                target,
                None if mine["map50"] is None else mine["map50"] >= theirs["map50"] - COCO_LOSS,
            )
        )
    return rows


def _hall(large: Mapping[str, Any]) -> list[dict[str, Any]]:
    size = f"objects with a short side of {large['least_px']:.0f} px or more"
    every = large["map50"]
    rows = [
        _row(
            f"rendered validation hall, {size}: mAP50 over {large['classes']} classes",
            _with_interval(large),
            f"at least {HALL_MAP50}",
            None if every is None else every >= HALL_MAP50,
        )
    ]
    for name, value in large["of"].items():
        rows.append(
            _row(
                f"... of them {name}: AP50",
                "-" if value is None else f"{value:.3f}",
                f"at least {NAMED_AP50}",
                None if value is None else value >= NAMED_AP50,
            )
        )
    return rows


def _clean(clean: Mapping[str, Any]) -> dict[str, Any]:
    share = clean["in_20_crops"]
    return _row(
        f"{clean['crops']} desk crops without a scored thing, {clean['hard_crops']} of them with "
        "hard negatives: false boxes of scored classes",
        "-" if share is None else f"{clean['false']}, which is {share:.2f} in 20 crops",
        f"at most {CLEAN_IN_20:.0f} in 20 crops",
        None if share is None else share <= CLEAN_IN_20,
    )


def _twin(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    twin = report.get("twin")
    if twin is None:
        return [_row("INT8 twin", "not measured in this run", "", None)]
    rows = [
        _row(
            f"INT8 ({twin['int8']}) against float ({twin['float']}): mAP50 lost, {entry['set']}",
            f"{entry['lost']:.4f} ({entry['float']:.4f} to {entry['int8']:.4f})",
            f"at most {INT8_LOSS}",
            entry["lost"] <= INT8_LOSS,
        )
        for entry in twin["map50"]
    ]
    speed = twin["speed"]
    rows.append(
        _row(
            f"INT8 against float: speed in one run, {twin['processor']}",
            f"{speed['ratio']:.2f} times as fast ({speed['float_ms']:.1f} ms to "
            f"{speed['int8_ms']:.1f} ms a tile)",
            f"at least {INT8_FASTER} times on a processor with VNNI",
            speed["ratio"] >= INT8_FASTER if twin["vnni"] else None,
        )
    )
    return rows


def _size(size: int) -> dict[str, Any]:
    return _row(
        "size of the file", f"{size / 1e6:.2f} MB", f"under {MOST_MB:.0f} MB", size < MOST_MB * 1e6
    )


def _with_interval(row: Mapping[str, Any]) -> str:
    if row["map50"] is None:
        return "-"
    low, high = row["map50_interval_95"]
    return f"{row['map50']:.3f} ({low:.3f} to {high:.3f})"
