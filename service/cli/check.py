"""``deskcheck check``: judge stills against a hall's layout, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rules.coverage import Coverage
    from rules.engine import DayResult, FrameEntry
    from rules.verdict import Box, Judgement
    from vision.seen import InputError


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def check(
        frames: Annotated[
            list[Path], typer.Argument(help="Snapshots named CAMERA_YYYYMMDDTHHMMSS.jpg.")
        ],
        hall: Annotated[Path, typer.Option(help="The hall's layout, HALL.yaml.")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON line a verdict.")] = False,
        per_frame: Annotated[
            bool, typer.Option("--per-frame", help="A line for each frame as well.")
        ] = False,
        model: Annotated[str | None, typer.Option(help="NAME or PATH.onnx.")] = None,
        pack: Annotated[Path | None, typer.Option(help="Another rule pack (YAML).")] = None,
    ) -> None:
        """Judge stills: findings and coverage, no database."""
        if not run_check(frames, hall, as_json, per_frame, model, pack):
            raise typer.Exit(1)


def run_check(
    frames: list[Path],
    hall: Path,
    as_json: bool,
    per_frame: bool,
    model: str | None = None,
    pack_path: Path | None = None,
) -> bool:
    """Judge and print; False where a frame could not be read."""
    from rules.calendar import load_calendar
    from rules.coverage import merged
    from rules.engine import judge_day
    from rules.layout import load_layout
    from rules.pack import load_pack
    from service.chosen_model import model_for
    from service.road import look_all
    from vision.detector import Detector

    layout = load_layout(hall)
    pack = load_pack(pack_path)
    calendar = load_calendar()
    detector = Detector.load(model_for(model))
    wrong: list[Path] = []

    def told(path: Path, error: InputError) -> None:
        wrong.append(path)
        line = json.dumps({"image": str(path), "error": str(error)}, ensure_ascii=False)
        sys.stderr.write(line + "\n")

    # by time, whatever the order given: a frozen camera shows in frames that follow each other
    ordered = sorted(frames, key=lambda path: (path.name, str(path)))
    facts = list(look_all(ordered, layout, detector, on_error=told))
    results = [
        judge_day(layout, pack, calendar, [f for f in facts if f.taken_at.date() == day], day=day)
        for day in sorted({fact.taken_at.date() for fact in facts})
    ]
    passed = {fact.frame for fact in facts if fact.gate.ok}
    coverage = merged(result.coverage for result in results)
    _print(results, coverage, as_json, per_frame, passed)
    return not wrong


def judgement_line(judgement: Judgement, passed: Collection[str]) -> dict[str, Any]:
    """One verdict as ``check --json`` prints it; the keys are fixed.

    ``passed``: the frames that the gate let through: only these were used.
    """
    from rules.messages import sentence

    return {
        "camera": judgement.camera,
        "desk": judgement.desk,
        "clause": judgement.clause,
        "window": judgement.window,
        "frame": judgement.frame,
        "frames": [name for name in judgement.frames if name in passed],
        "verdict": judgement.verdict.value,
        "reason": sentence(judgement.reason),
        "measured": dict(judgement.measured),
        "boxes": [_box(box) for box in judgement.boxes],
        "confidence": judgement.confidence,
    }


def frame_line(entry: FrameEntry) -> dict[str, Any]:
    """What one frame says, as ``check --json --per-frame`` prints it: ``per_frame`` tells its line
    from the verdict of the same desk, clause and window."""
    from rules.messages import sentence

    verdict = entry.verdict
    return {
        "camera": verdict.camera,
        "desk": entry.desk,
        "clause": entry.clause,
        "window": entry.window,
        "frame": verdict.frame,
        "frames": [verdict.frame],
        "verdict": verdict.verdict.value,
        "reason": sentence(verdict.reason),
        "measured": dict(verdict.measured),
        "boxes": [_box(box) for box in verdict.boxes],
        "confidence": verdict.confidence,
        "per_frame": True,
    }


def coverage_line(coverage: Coverage) -> dict[str, Any]:
    """Coverage as ``check --json`` prints it."""
    return {
        "coverage": {
            "expected": coverage.expected,
            "judged": coverage.judged,
            "suspect": coverage.suspect,
            "percent": coverage.percent,
            "unjudged": dict(coverage.unjudged),
            "cameras": {
                name: {
                    "expected": camera.expected,
                    "given": camera.given,
                    "used": camera.used,
                    "refused": dict(camera.refused),
                }
                for name, camera in coverage.cameras.items()
            },
        }
    }


def _box(box: Box) -> dict[str, Any]:
    return {
        "class": box.cls,
        "box": [round(value, 1) for value in box.xyxy_px],
        "confidence": box.confidence,
    }


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _print(
    results: Sequence[DayResult],
    coverage: Coverage,
    as_json: bool,
    per_frame: bool,
    passed: Collection[str],
) -> None:
    if not as_json:
        for line in _text(results, coverage, per_frame):
            _say(line)
        return
    for result in results:
        for judgement in result.judgements:
            _say(json.dumps(judgement_line(judgement, passed), ensure_ascii=False))
        for entry in result.per_frame if per_frame else ():
            _say(json.dumps(frame_line(entry), ensure_ascii=False))
    _say(json.dumps(coverage_line(coverage), ensure_ascii=False))


def _text(results: Sequence[DayResult], coverage: Coverage, per_frame: bool) -> Iterator[str]:
    from rules.messages import sentence
    from rules.verdict import Verdict

    for result in results:
        for judgement in result.judgements:
            if judgement.verdict is Verdict.SUSPECT:
                yield (
                    f"{judgement.verdict.zh}  {judgement.desk}  {judgement.clause}  "
                    f"{judgement.window}  {judgement.frame}  {sentence(judgement.reason)}"
                )
        for entry in result.per_frame if per_frame else ():
            yield (
                f"  {entry.verdict.frame}  {entry.desk}  {entry.clause}  "
                f"{entry.verdict.verdict.zh}  {sentence(entry.verdict.reason)}"
            )
    yield (
        f"覆盖 {coverage.judged}/{coverage.expected} ({coverage.percent}%), 疑似 {coverage.suspect}"
    )
    for code, count in coverage.unjudged.items():
        yield f"  {Verdict.UNJUDGED.zh} {count}: {code}"
