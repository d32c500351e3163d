"""Which model a data folder works with, where no command and no setting names one.

``deskcheck model use`` writes the choice with the file's hash; a file that was changed behind its
back is refused, not used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vision.seen import ModelError

if TYPE_CHECKING:
    from vision.model_file import ModelFile

FILE: Final = "model.json"


def choose_model(data: Path, name_or_path: str | None) -> str:
    """Keep a checked model as the folder's own; None: back to the shipped default.  Gives its
    name.
    """
    from models import registry

    model = registry.find(name_or_path)
    target = data / FILE
    if name_or_path is None:
        target.unlink(missing_ok=True)
        return model.name
    given = str(Path(name_or_path).resolve()) if name_or_path.endswith(".onnx") else name_or_path
    data.mkdir(parents=True, exist_ok=True)
    content = {"model": given, "sha256": model.sha256}
    fresh = target.with_suffix(".json.new")
    fresh.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(target)
    return model.name


def chosen_model(data: Path) -> str | None:
    """The folder's own model, name or path; None where none was chosen."""
    target = data / FILE
    try:
        content = json.loads(target.read_text(encoding="utf-8"))
        given, wanted = str(content["model"]), str(content["sha256"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise ModelError(
            f"{target}: no readable choice of a model; choose again with: deskcheck model use NAME."
        ) from None
    from models import registry

    path = Path(given) if given.endswith(".onnx") else registry.WEIGHTS / f"{given}.onnx"
    if not path.is_file():
        raise ModelError(
            f"{target} names the model '{given}', which is not there; choose again with: "
            "deskcheck model use NAME."
        )
    found = registry.sha256_of(path)
    if found != wanted:
        raise ModelError(
            f"{path.name}: its sha256 is {found[:12]}…, but {wanted[:12]}… was chosen "
            f"({target}); if it was meant to change, choose it again with: deskcheck model use "
            f"{given}."
        )
    return given


def model_for(given: str | None) -> ModelFile:
    """The model that a command works with: the one given, else the one that settings and the data
    folder name, else the shipped default."""
    from models import registry
    from service.settings import load_settings

    return registry.find(given or load_settings().model)
