"""``deskcheck detect``: what is in these pictures, without a layout."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vision.detector import Detector


def register(app: typer.Typer) -> None:
    app.command("detect")(detect)


def detect(
    images: Annotated[list[Path], typer.Argument(help="Pictures: JPEG, PNG, BMP, WebP, TIFF.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a picture.")] = False,
    model: Annotated[str | None, typer.Option(help="A model's name, or PATH.onnx.")] = None,
    confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="In place of the model's own thresholds."),
    ] = None,
) -> None:
    """What is in these pictures: the whole frame, and native slices of a large one."""
    from service.chosen_model import model_for
    from vision.detector import Detector
    from vision.seen import ImageError

    detector = Detector.load(model_for(model))
    failed = False
    for path in images:
        try:
            row = look(detector, path, confidence)
        except ImageError as error:
            failed = True
            line = {"image": str(path), "error": str(error)}
            sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
            continue
        if as_json:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            _table(row)
    if failed:
        raise typer.Exit(1)


def look(detector: Detector, path: Path, confidence: float | None) -> dict[str, Any]:
    """One picture's row, boxes in pixels of the original."""
    from datasets.classes import CLASSES
    from vision.images import read_image
    from vision.slices import detect_any

    image = read_image(path)
    found = detect_any(detector, image)
    rows = []
    for box, score, index in zip(
        found.boxes_xyxy_px.tolist(),
        found.confidence.tolist(),
        found.class_index.tolist(),
        strict=True,
    ):
        name = CLASSES[index]
        least = confidence if confidence is not None else detector.model.thresholds.get(name, 1.1)
        if score >= least:
            rows.append(
                {
                    "class": name,
                    "confidence": round(score, 4),
                    "box": [round(v, 1) for v in box],
                }
            )
    return {
        "image": str(path),
        "width": int(image.shape[1]),
        "height": int(image.shape[0]),
        "detections": rows,
    }


def _table(row: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from datasets.classes import CLASS_ZH

    table = Table(title=f"{row['image']}  {row['width']}×{row['height']}", title_justify="left")
    for head in ("类别", "class", "置信度", "位置 (x1, y1, x2, y2)"):
        table.add_column(head)
    for d in row["detections"]:
        table.add_row(
            CLASS_ZH[d["class"]],
            d["class"],
            f"{d['confidence']:.2f}",
            ", ".join(f"{v:.0f}" for v in d["box"]),
        )
    Console().print(table if row["detections"] else f"{row['image']}: 未发现已知物品")
