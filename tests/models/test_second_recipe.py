"""Recipes of second stages: read, checked, and the shipped ones whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import registry
from models.recipe import load_recipe
from models.second_recipe import FOLDER, SecondRecipe, load_second_recipe
from vision.seen import InputError

GOOD = """
name: second
version: "0.1.0"
start: yolov8n.pt
windows: deskcheck-s
proposer: deskcheck-n-int8
steps: 10
"""


def written(folder: Path, text: str) -> str:
    path = folder / "second.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_is_not_said_is_the_default(tmp_path: Path) -> None:
    recipe = load_second_recipe(written(tmp_path, GOOD))
    assert recipe == SecondRecipe(
        "second", "0.1.0", "yolov8n.pt", "deskcheck-s", "deskcheck-n-int8", steps=10
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: second\n", "", "the field 'name' is missing"),
        ("steps: 10", "stairs: 10", "'stairs' is no field"),
        ("steps: 10", "steps: 0", "steps must be at least 1"),
        ("steps: 10", "batch: -1", "batch must be at least 1"),
        ("steps: 10", "steps: many", "'steps' must be int, not 'many'"),
        ("steps: 10", "last: 10", "last must be 0 to 9, not 10"),
        ("steps: 10", "nothing: 1.0", "nothing must be from 0 up to, not including, 1"),
        ("steps: 10", "steps: [", "no readable YAML"),
    ],
)
def test_a_recipe_that_does_not_fit_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(InputError, match=said):
        load_second_recipe(written(tmp_path, GOOD.replace(old, new)))


def test_a_recipe_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="there is no such recipe"):
        load_second_recipe("none-such")


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("*.yaml")))
def test_a_shipped_recipe_names_what_there_is(name: str) -> None:
    recipe = load_second_recipe(name)
    assert recipe.name == name
    assert load_recipe(recipe.windows).sources
    # a shipped model, or what a shipped file was put together from: that one is in the history
    shipped = registry.names()
    combined = [registry.sidecar_of(registry.find(n)).get("combined", {}) for n in shipped]
    members = {m["name"] for c in combined for m in c.get("members", ())}
    assert recipe.proposer in {*shipped, *members}
