"""``deskcheck bench``: the road's speed against the bare model's, in one run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def bench(
        frames: Annotated[
            list[Path] | None,
            typer.Argument(help="Stills of the layout; the sample hall's where none are given."),
        ] = None,
        hall: Annotated[Path | None, typer.Option(help="The layout, HALL.yaml.")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
        model: Annotated[str | None, typer.Option(help="NAME or PATH.onnx.")] = None,
        rounds: Annotated[int, typer.Option(min=1, help="Rounds of bare and road in turn.")] = 5,
        memory_frames: Annotated[
            int, typer.Option(min=0, help="Frames to watch the memory over first.")
        ] = 0,
        threads: Annotated[int | None, typer.Option(min=1, help="Model threads.")] = None,
    ) -> None:
        """Frames a second of the bare model and of the whole road, and their ratio."""
        from service.bench import bench as measure
        from service.chosen_model import model_for
        from vision.detector import Detector

        folder = Path(__file__).resolve().parents[2] / "datasets" / "sample_hall"
        layout = hall or folder / "hall.yaml"
        paths = frames or sorted((folder / "frames").glob("*.jpg"))
        detector = Detector.load(model_for(model), threads=threads)
        result = measure(
            detector, layout, paths, rounds=rounds, memory_frames=memory_frames, threads=threads
        )
        if as_json:
            sys.stdout.write(json.dumps(result.as_json()) + "\n")
            return
        for name, value in result.as_json().items():
            sys.stdout.write(f"{name:14} {value}\n")
