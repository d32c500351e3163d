"""The recipe of a second stage: everything that decides what it learns, in one YAML file.

Needs no torch, as ``models/recipe.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.recipe import RECIPES, build, read_fields
from vision.seen import InputError

FOLDER: Final = RECIPES / "second"
BODY_LAYERS: Final = (0, 9)
"""The layers of YOLOv8's backbone, the first and the last."""


@dataclass(frozen=True, slots=True)
class SecondRecipe:
    """How a second stage is trained.

    ``windows``: the recipe by which windows are drawn; ``rounds`` times ``windows_per_round`` of
    them.  ``proposer``: the model whose proposals are to be named.  ``start``: the weight whose
    layers 0 to ``last`` the network begins with, ``blocks`` above them, ``spots`` channels for the
    edges, whose error (mean absolute) counts ``edges`` times beside that of the name.  ``lr``: the
    peak rate of all above, ``body_lr`` times it that of the start weight's layers.  ``nothing``:
    the share of candidates that are none of our classes.  ``smooth``: label smoothing.
    ``begin``: the file of a second stage to go on from, by its path beside the recipe.
    """

    name: str
    version: str
    start: str
    windows: str
    proposer: str
    seed: int = 7
    rounds: int = 10
    windows_per_round: int = 400
    last: int = 5
    blocks: int = 2
    spots: int = 24
    edges: float = 2.0
    steps: int = 6000
    batch: int = 128
    lr: float = 1e-3
    body_lr: float = 0.4
    weight_decay: float = 0.02
    warmup_steps: int = 50
    nothing: float = 0.35
    smooth: float = 0.03
    ema: float = 0.998
    begin: str = ""


def load_second_recipe(name_or_path: str) -> SecondRecipe:
    """A recipe by name (a file in ``models/recipes/second``) or by path."""
    path = Path(name_or_path)
    if path.suffix not in {".yaml", ".yml"}:
        path = FOLDER / f"{name_or_path}.yaml"
    recipe = build(SecondRecipe, read_fields(path, "recipe"), path.name)
    for field in ("rounds", "windows_per_round", "steps", "batch"):
        if getattr(recipe, field) < 1:
            raise InputError(f"{path.name}: {field} must be at least 1.")
    low, high = BODY_LAYERS
    if not low <= recipe.last <= high:
        raise InputError(f"{path.name}: last must be {low} to {high}, not {recipe.last}.")
    if not 0 <= recipe.nothing < 1:
        raise InputError(
            f"{path.name}: nothing must be from 0 up to, not including, 1; not {recipe.nothing}."
        )
    return recipe
