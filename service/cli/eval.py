"""`deskcheck eval`: how good a model is on a labelled set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("eval")
    def evaluate_command(
        dataset: Annotated[
            Path,
            typer.Argument(help="A YOLO folder (images/, labels/), or one with labels_points.txt."),
        ],
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
        model: Annotated[
            str | None, typer.Option("--model", metavar="NAME|PATH.onnx", help="Which model.")
        ] = None,
        size: Annotated[
            int | None,
            typer.Option(
                "--size",
                metavar="PX",
                help="One pass with this long side; else the passes that `detect` chooses.",
            ),
        ] = None,
        classes: Annotated[
            Path | None,
            typer.Option("--classes", metavar="MAP.yaml", help="The set's class: our class."),
        ] = None,
        split: Annotated[
            str | None, typer.Option("--split", help="Sub-folder of images/; else val, else all.")
        ] = None,
    ) -> None:
        """Measure a model on a labelled set: mAP50, mAP50-95, precision, recall, pixel bands."""
        from datasets.samples import read_class_map
        from models.evaluate import evaluate
        from service.chosen_model import model_for

        if size is not None and (size <= 0 or size % 32):
            raise typer.BadParameter(f"--size must be a multiple of 32, not {size}.")
        class_map = read_class_map(classes) if classes else None
        found = model_for(model)
        with _progress(hidden=as_json) as step:
            report = evaluate(
                dataset, found, size=size, class_map=class_map, split=split, progress=step
            )
        typer.echo(json.dumps(report, ensure_ascii=False) if as_json else as_text(report))


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a (done, total) callback that draws a bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=hidden) as progress:
        task = progress.add_task("looking", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def as_text(report: dict[str, Any]) -> str:
    """The report as a plain table."""
    how = "as detect looks" if report["road"] == "detect" else f"at {report['size']} px"
    head = f"{report['model']} {report['version']} {how} on {report['dataset']}: "
    if report["kind"] == "points":
        return head + (
            f"{report['found']} of {report['pictures']} phones found, "
            f"{report['false_phone_boxes']} false phone boxes, threshold {report['threshold']}"
        )
    lines = [head + f"{report['pictures']} pictures"]
    lines.append(f"{'class':<14}{'boxes':>6}{'AP50':>8}{'AP50-95':>9}{'P':>7}{'R':>7}{'thr':>7}")
    for name, row in report["classes"].items():
        if row["boxes"] or row["false"]:
            figures = [row[k] for k in ("ap50", "ap50_95", "precision", "recall", "threshold")]
            lines.append(
                f"{name:<14}{row['boxes']:>6}"
                + "".join(f"{_cell(v):>{w}}" for v, w in zip(figures, (8, 9, 7, 7, 7), strict=True))
            )
    lines.append("short side, px")
    for name, row in report["bands"].items():
        lines.append(
            f"{name:<14}{row['boxes']:>6}{_cell(row['map50']):>8}{_cell(row['map50_95']):>9}"
            f"{'':>7}{_cell(row['recall']):>7}"
        )
    for key in ("all", "classes_of_10_boxes"):
        row = report[key]
        span = row["map50_interval_95"]
        between = f" (95 %: {_cell(span[0])} to {_cell(span[1])})" if span else ""
        lines.append(
            f"{key.replace('_', ' ')}: {row['classes']} classes, mAP50 {_cell(row['map50'])}"
            f"{between}, mAP50-95 {_cell(row['map50_95'])}"
        )
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
