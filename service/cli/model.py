"""`deskcheck model`: which models there are, whether they are whole, and how to train one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Annotated, Any

import typer

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "models"
TRAINING_PYTHON = ROOT / ".venv-train" / "bin" / "python"


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Models: which there are, whether they are whole; train, measure, export, combine.",
        no_args_is_help=True,
    )
    app.add_typer(group, name="model")

    @group.command("list")
    def list_command(
        as_json: Annotated[bool, typer.Option("--json", help="One JSON line a model.")] = False,
    ) -> None:
        """The shipped models; * marks the one that commands work with here."""
        from models import registry
        from service.chosen_model import model_for

        used = model_for(None)
        shipped = {name: registry.find(name) for name in registry.names()}
        others = {} if used.sha256 in {m.sha256 for m in shipped.values()} else {used.name: used}
        for name, model in (shipped | others).items():
            size = Path(model.path).stat().st_size
            if as_json:
                line: dict[str, Any] = {
                    "name": name,
                    "version": model.version,
                    "sha256": model.sha256,
                }
                line |= {"bytes": size, "default": name == registry.DEFAULT}
                typer.echo(json.dumps(line | {"used": model.sha256 == used.sha256}))
            else:
                mark = "*" if model.sha256 == used.sha256 else " "
                typer.echo(
                    f"{mark} {name:<16} {model.version:<8} {size / 1e6:5.1f} MB  "
                    f"{model.sha256[:12]}"
                )

    @group.command("show")
    def show_command(
        name: Annotated[
            str | None, typer.Argument(help="Name or PATH.onnx; else the default.")
        ] = None,
    ) -> None:
        """Everything a model says of itself, as JSON."""
        from models import registry

        model = registry.find(name)
        content = registry.sidecar_of(model) or {
            "name": model.name,
            "version": model.version,
            "sha256": model.sha256,
            "slots": list(model.slots),
            "thresholds": dict(model.thresholds),
        }
        typer.echo(json.dumps(content, indent=1, ensure_ascii=False))

    @group.command("verify")
    def verify_command(
        names: Annotated[list[str] | None, typer.Argument(help="Names or paths; else all.")] = None,
    ) -> None:
        """Check hash, class list and shape of models; the first that does not fit is named."""
        from models import registry

        for name in names or registry.names():
            model = registry.find(name)
            sealed = bool(registry.sidecar_of(model))
            said = "whole" if sealed else "fits; it has no sidecar to hold its hash against"
            typer.echo(f"{model.name} {model.version} {model.sha256}: {said}")

    @group.command("use")
    def use_command(
        name: Annotated[
            str | None, typer.Argument(help="Name or PATH.onnx; left out: the shipped default.")
        ] = None,
        data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
    ) -> None:
        """Let a data folder work with this model where no command and no setting names another."""
        from service.chosen_model import choose_model
        from service.settings import data_folder

        folder = data_folder(data)
        typer.echo(f"{folder}: {choose_model(folder, name)}")

    @group.command("train")
    def train_command(
        weights: Annotated[
            Path, typer.Option(help="Start weight (.pt) or an earlier run's model.pt.")
        ],
        data: Annotated[Path, typer.Option(help="Folder that holds the real sets.")],
        recipe: Annotated[
            str, typer.Argument(help="Recipe by name, or PATH.yaml.")
        ] = "deskcheck-n",
        rendered: Annotated[Path, typer.Option(help="Folder of the rendered sets.")] = Path(
            "build/render"
        ),
        teacher: Annotated[
            Path | None, typer.Option(help="The start weight whose knowledge is kept.")
        ] = None,
        out: Annotated[Path | None, typer.Option(help="Checkpoints and result.")] = None,
        threads: Annotated[int, typer.Option(help="Processor threads.")] = 2,
    ) -> None:
        """Train by a recipe in the training environment; the same command goes on after a stop."""
        from models.recipe import load_recipe

        name = load_recipe(recipe).name
        folder = out or Path("build/train") / name
        arguments = [recipe, "--weights", str(weights), "--data", str(data)]
        arguments += ["--rendered", str(rendered), "--out", str(folder), "--threads", str(threads)]
        if teacher is not None:
            arguments += ["--teacher", str(teacher)]
        _in_training("models.train", arguments)

    @group.command("measure")
    def measure_command(
        data: Annotated[Path, typer.Option(help="Folder that holds coco192 and find_phone.")],
        name: Annotated[
            str | None, typer.Argument(help="Name or PATH.onnx; else the default.")
        ] = None,
        rendered: Annotated[Path, typer.Option(help="Folder of the rendered sets.")] = Path(
            "build/render"
        ),
        start: Annotated[
            str | None, typer.Option(help="The start weight as PATH.onnx, measured beside it.")
        ] = None,
        twin: Annotated[
            str | None,
            typer.Option(help="Its INT8 (or float) twin: what that loses and saves, in one run."),
        ] = None,
        docs: Annotated[Path, typer.Option(help="Where figures and card go.")] = DOCS,
    ) -> None:
        """Take a model's figures, choose its thresholds, keep both and write its card."""
        from models import registry
        from models.card import write_card
        from models.measure import keep, measure
        from models.pictures import write_pictures

        model = registry.find(name)
        if docs.resolve() == Path(model.path).parent.resolve():
            raise typer.BadParameter(
                f"--docs {docs} is the model's own folder: {model.name}.json there is its sidecar."
            )
        report, choices = measure(
            model,
            data=data,
            rendered=rendered,
            start=registry.find(start) if start else None,
            twin=registry.find(twin) if twin else None,
            stage=lambda text: typer.echo(text, err=True),
        )
        figures = keep(model, report, choices, docs)
        write_pictures(registry.find(str(model.path)), report, rendered, docs)
        sidecar = Path(model.path).with_suffix(".json")
        _targets(report)
        typer.echo(write_card(sidecar, figures, figures.with_suffix(".md")))

    @group.command("card")
    def card_command(
        name: Annotated[
            str | None, typer.Argument(help="Name or PATH.onnx; else the default.")
        ] = None,
        rendered: Annotated[
            Path, typer.Option(help="Folder of the rendered sets, for the contact sheet.")
        ] = Path("build/render"),
        docs: Annotated[Path, typer.Option(help="Where figures and card are.")] = DOCS,
    ) -> None:
        """Write a model's card anew from its measured figures, with its pictures."""
        from models import registry
        from models.card import figures_of, write_card
        from models.pictures import write_pictures

        model = registry.find(name)
        figures = docs / f"{model.name}.json"
        sidecar = Path(model.path).with_suffix(".json")
        write_pictures(model, figures_of(sidecar, figures), rendered, docs)
        typer.echo(write_card(sidecar, figures, figures.with_suffix(".md")))

    @group.command("export")
    def export_command(
        recipe: Annotated[str, typer.Argument(help="The recipe it was trained by.")],
        start: Annotated[Path, typer.Option(help="The start weight (.pt).")],
        out: Annotated[Path, typer.Option(help="NAME.onnx to write.")],
        trained: Annotated[
            list[Path] | None,
            typer.Option(
                help="model.pt of a training run; given several times, the mean of those stages, "
                "the .onnx that one went on from among them, but not last; without it the start "
                "weight itself."
            ),
        ] = None,
    ) -> None:
        """Write a trained model as ONNX with its sidecar, or the start weight to measure beside."""
        arguments = [recipe, "--start", str(start), "--out", str(out)]
        if trained:
            arguments += ["--trained", *(str(path) for path in trained)]
        _in_training("models.export", arguments)

    @group.command("quantise")
    def quantise_command(
        recipe: Annotated[str, typer.Argument(help="The recipe it was trained by.")],
        model: Annotated[Path, typer.Option(help="NAME.onnx, in float.")],
        data: Annotated[Path, typer.Option(help="Folder that holds the real sets.")],
        out: Annotated[Path, typer.Option(help="NAME-int8.onnx to write.")],
        rendered: Annotated[Path, typer.Option(help="Folder of the rendered sets.")] = Path(
            "build/render"
        ),
    ) -> None:
        """Write a model's INT8 twin, calibrated on training windows; measure it afterwards."""
        arguments = [recipe, "--model", str(model), "--data", str(data)]
        arguments += ["--rendered", str(rendered), "--out", str(out)]
        _in_training("models.quantise", arguments)

    @group.command("train-second")
    def train_second_command(
        recipe: Annotated[str, typer.Argument(help="Name in models/recipes/second, or a path.")],
        weights: Annotated[Path, typer.Option(help="The start weight (.pt).")],
        data: Annotated[Path, typer.Option(help="Folder that holds the real sets.")],
        rendered: Annotated[Path, typer.Option(help="Folder of the rendered sets.")] = Path(
            "build/render"
        ),
        out: Annotated[Path, typer.Option(help="Candidates, checkpoints and the result.")] = Path(
            "build/second"
        ),
        threads: Annotated[int, typer.Option(help="Processor cores.")] = 2,
    ) -> None:
        """Train what looks at each candidate again, close up; put it into a file with combine."""
        arguments = [recipe, "--weights", str(weights), "--data", str(data)]
        arguments += ["--rendered", str(rendered), "--out", str(out), "--threads", str(threads)]
        _in_training("models.train_second", arguments)

    @group.command("combine")
    def combine_command(
        plan: Annotated[Path, typer.Argument(help="PLAN.yaml: the members and what each counts.")],
        out: Annotated[Path, typer.Option(help="NAME.onnx to write.")],
    ) -> None:
        """Put several models into one file that averages what they see; measure it afterwards."""
        _in_training("models.combine", [str(plan), "--out", str(out)])


def _targets(report: dict[str, Any]) -> None:
    """The figures that it must reach, one a line."""
    said = {True: "met", False: "NOT met", None: "not measured"}
    for row in report["targets"]:
        typer.echo(f"{said[row['met']]:<12} {row['on']}: {row['figure']} (wanted: {row['target']})")


def _in_training(module: str, arguments: list[str]) -> None:
    from vision.seen import ModelError

    if not TRAINING_PYTHON.exists():
        raise ModelError(
            f"There is no training environment ({TRAINING_PYTHON.relative_to(ROOT)}); "
            "make it with: make train-env"
        )
    command = [str(TRAINING_PYTHON), "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - our own interpreter
    raise typer.Exit(done.returncode)
