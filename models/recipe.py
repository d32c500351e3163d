"""A training recipe: everything that decides what a model learns, in one YAML file.

Needs no torch, so that the command line can read and show a recipe in the run-time environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_type_hints

import yaml

from datasets.classes import CLASSES
from vision.seen import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

RECIPES: Final = Path(__file__).parent / "recipes"

T = TypeVar("T", bound="DataclassInstance")
Labelled = Literal["all", "coco", "present"]


@dataclass(frozen=True, slots=True)
class Source:
    """One set of pictures in the mix.

    ``path`` is relative to the ``--data`` folder, or with ``rendered`` to the ``--rendered`` one.
    ``share`` is its part of the pictures drawn in an epoch (shares are normalised).
    ``labelled`` says for which classes "no box" means "not there": "all" our classes, "coco" the
    ones that COCO labels (boxes keep COCO's ids, which are head slots), "present" only those that
    the picture itself has boxes of, or a list of classes; with an empty list its own boxes are left
    out, and only the start weight's opinion is taught (few pictures, often repeated, are learnt by
    heart with their labels).  ``class_map`` turns the set's names
    into ours.  ``fit``: the picture is first scaled to 640 px; else it is taken at native
    scale, as the product takes its desk crops.  ``distil``: what the start weight sees in
    these pictures is taught as well.  ``paste``: the share of pictures into
    which drawn things are laid.  ``hang``: the share into which a garment is hung.
    """

    path: str
    share: float
    labelled: Labelled | tuple[str, ...]
    split: str | None = None
    rendered: bool = False
    class_map: Mapping[str, str | None] | None = None
    fit: bool = True
    distil: bool = True
    paste: float = 0.0
    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained; see ``models/train.py`` for how each number is used.

    ``scale`` is the range of the random zoom, ``size_px`` the side of the training window.  ``lr``
    is the head's peak rate; the backbone gets ``lr * backbone_lr``, the neck ``lr * neck_lr``;
    a part whose factor is 0 stays as it is.
    ``distil_class`` and ``distil_box`` weigh the start weight's opinion.  ``keep_start`` is the
    share of the start weight blended into the result, new slots' rows left as trained; of the rows
    of the classes in ``keep_rows`` (class: share) that share in its place.
    ``pull`` draws every weight but the slots' rows back to the start weight's, each step by its
    learning rate times ``pull`` of the distance: noise then can't walk off with what is known.
    ``garments`` names a folder of garment photos on plain ground under ``--data``, to be cut out
    and hung over chairs.
    ``focus`` (class: weight, 1 where it names none): how much likelier the training window is laid
    round a thing of that class than round another of the same picture.
    ``bf16``: multiply in bfloat16 on a processor that can; all others take float32.
    """

    name: str
    version: str
    start: str
    sources: tuple[Source, ...]
    seed: int = 7
    size_px: int = 640
    batch: int = 8
    epochs: int = 10
    pictures_per_epoch: int = 800
    input_px: int = 640
    optimiser: Literal["adamw", "sgd"] = "adamw"
    frozen_norm: bool = True
    lr: float = 1e-4
    backbone_lr: float = 0.1
    neck_lr: float = 0.5
    rows_lr: float = 5.0
    weight_decay: float = 0.005
    warmup_steps: int = 60
    ema: float = 0.995
    distil_class: float = 2.0
    distil_box: float = 1.0
    keep_start: float = 0.0
    keep_rows: Mapping[str, float] | None = None
    pull: float = 0.0
    scale: tuple[float, float] = (0.6, 1.5)
    min_side_px: float = 5.0
    garments: str | None = None
    focus: Mapping[str, float] | None = None
    bf16: bool = True


def load_recipe(name_or_path: str) -> Recipe:
    """Read a recipe by name (a file in ``models/recipes``) or by path."""
    path = Path(name_or_path)
    if path.suffix not in {".yaml", ".yml"}:
        path = RECIPES / f"{name_or_path}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in RECIPES.glob("*.yaml")))
        raise InputError(f"{path}: there is no such recipe; the shipped ones are: {known}.")
    content = read_fields(path, "recipe")
    if not isinstance(content.get("sources"), list):
        raise InputError(f"{path}: wanted the fields of a recipe with a list 'sources'.")
    sources = tuple(
        build(Source, item, f"{path.name}, source {i}")
        for i, item in enumerate(content.pop("sources"), 1)
    )
    recipe = build(Recipe, {**content, "sources": sources}, path.name)
    _check(recipe, path.name)
    return recipe


def read_fields(path: Path, what: str) -> dict[str, Any]:
    """The named fields of a YAML file that is a ``what``."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such {what}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: no readable YAML ({str(error).splitlines()[0]}).") from None
    if not isinstance(content, dict):
        raise InputError(f"{path}: wanted the fields of a {what}.")
    return content


def build(kind: type[T], given: object, where: str) -> T:
    """A dataclass from a file's named fields; an unknown, missing or wrong one is named."""
    if not isinstance(given, dict):
        raise InputError(f"{where}: wanted named fields.")
    known = {f.name: f for f in fields(kind)}
    for key in given:
        if key not in known:
            raise InputError(f"{where}: '{key}' is no field; known are {', '.join(known)}.")
    for name, entry in known.items():
        if name not in given and entry.default is entry.default_factory is MISSING:
            raise InputError(f"{where}: the field '{name}' is missing.")
    hints = get_type_hints(kind)
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    for key, value in values.items():
        wanted = hints[key]
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            values[key] = float(value)
        elif isinstance(wanted, type) and not isinstance(value, wanted):
            raise InputError(f"{where}: '{key}' must be {wanted.__name__}, not {value!r}.")
    return kind(**values)


def _check(recipe: Recipe, where: str) -> None:
    if recipe.size_px % 32 or recipe.size_px <= 0:
        raise InputError(f"{where}: size_px must be a multiple of 32, not {recipe.size_px}.")
    for name in ("batch", "epochs", "pictures_per_epoch"):
        if getattr(recipe, name) < 1:
            raise InputError(f"{where}: {name} must be at least 1.")
    for name, share in (recipe.keep_rows or {}).items():
        if name not in CLASSES or not 0 <= share <= 1:
            raise InputError(
                f"{where}: keep_rows wants our classes, each 0 to 1; not {name}: {share}."
            )
    for name, weight in (recipe.focus or {}).items():
        if name not in CLASSES or weight <= 0:
            raise InputError(
                f"{where}: focus wants our classes, each above 0; not {name}: {weight}."
            )
    if recipe.pull < 0:
        raise InputError(f"{where}: pull must not be negative, and is {recipe.pull}.")
    if not 0 <= recipe.keep_start <= 1:
        raise InputError(f"{where}: keep_start must be 0 to 1, not {recipe.keep_start}.")
    for source in recipe.sources:
        if source.share <= 0:
            raise InputError(f"{where}: the share of {source.path} must be above 0.")
        if isinstance(source.labelled, tuple):
            for name in source.labelled:
                if name not in CLASSES:
                    raise InputError(f"{where}: {source.path} labels '{name}', no class of ours.")
        elif source.labelled not in {"all", "coco", "present"}:
            raise InputError(
                f"{where}: labelled of {source.path} must be all, coco, present or a list."
            )
