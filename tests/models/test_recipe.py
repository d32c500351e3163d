"""A recipe that can't be followed is refused before a night of training, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.recipe import RECIPES, load_recipe
from vision.seen import InputError

GOOD = """\
name: one
version: "1"
start: yolov8n.pt
sources:
  - {path: some, share: 1.0, labelled: all}
"""


def refused(folder: Path, text: str) -> str:
    """The sentence that refuses a recipe of this text."""
    path = folder / "odd.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        load_recipe(str(path))
    return str(error.value)


@pytest.mark.parametrize("name", sorted(path.stem for path in RECIPES.glob("*.yaml")))
def test_every_shipped_recipe_can_be_followed(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.sources
    assert sum(source.share for source in recipe.sources) == pytest.approx(1, abs=0.05)


def test_what_a_recipe_does_not_say_has_a_default(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(GOOD + "focus: {phone: 3, cable: 1.5}\nlr: 1\n")
    recipe = load_recipe(str(path))
    assert recipe.focus == {"phone": 3, "cable": 1.5}
    assert recipe.lr == 1.0
    assert recipe.pull == 0
    assert recipe.sources[0].fit


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("size_px: 500", "size_px must be a multiple of 32, not 500"),
        ("epochs: 0", "epochs must be at least 1"),
        ("pull: -1", "pull must not be negative"),
        ("keep_start: 1.5", "keep_start must be 0 to 1, not 1.5"),
        ("keep_rows: {cupboard: 0.5}", "keep_rows wants our classes"),
        ("keep_rows: {cup: 2}", "keep_rows wants our classes"),
        ("focus: {cupboard: 2}", "focus wants our classes, each above 0; not cupboard: 2"),
        ("focus: {cup: 0}", "focus wants our classes, each above 0; not cup: 0"),
        ("speed: 3", "'speed' is no field"),
        ("batch: many", "'batch' must be int, not 'many'"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(tmp_path: Path, more: str, says: str) -> None:
    sentence = refused(tmp_path, GOOD + more + "\n")
    assert says in sentence
    assert "odd.yaml" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{path: some, share: 0, labelled: all}", "the share of some must be above 0"),
        ("{path: some, share: 1, labelled: most}", "labelled of some must be all, coco, present"),
        ("{path: some, share: 1, labelled: [cupboard]}", "labels 'cupboard', no class of ours"),
        ("{path: some, labelled: all}", "source 1: the field 'share' is missing"),
        ("some", "source 1: wanted named fields"),
    ],
)
def test_a_source_that_makes_no_sense_is_named(tmp_path: Path, source: str, says: str) -> None:
    assert says in refused(tmp_path, GOOD.rsplit("  - ", 1)[0] + f"  - {source}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [("name: [", "no readable YAML"), ("just words", "wanted the fields of a recipe")],
)
def test_what_is_no_recipe_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        InputError, match=r"there is no such recipe; the shipped ones are: .*deskcheck-n"
    ):
        load_recipe("deskcheck-xl")
