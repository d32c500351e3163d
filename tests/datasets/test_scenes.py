"""The scenes in threes, judged from true facts by the whole engine through the real layouts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from datasets.scenes.camera import Camera
from datasets.scenes.clauses import THREES
from datasets.scenes.facts import Looker, Shot
from datasets.scenes.halls import hall
from datasets.scenes.proof import SEEDS, Outcome, judged_clauses, prove
from rules.pack import load_pack
from rules.verdict import Verdict
from vision.geometry import undistort

PAGE = Path(__file__).resolve().parents[2] / "docs" / "standard-proof.md"


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(prove(SEEDS))


def of(outcomes: list[Outcome], role: str) -> list[Outcome]:
    return [o for o in outcomes if o.scene.role == role]


def told(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{o.scene.clause} '{o.scene.name}' hall {o.seed} {o.scene.place}: {o.judgement.reason}"
        for o in outcomes
    ]


def test_every_clause_that_judges_a_picture_has_three_of_each() -> None:
    wanted = judged_clauses(load_pack())
    assert len(wanted) == 36
    assert {three.clause for three in THREES} == set(wanted)
    assert len(SEEDS) >= 3


def test_no_twin_is_flagged(outcomes: list[Outcome]) -> None:
    flagged = [o for o in of(outcomes, "twin") if o.judgement.verdict is Verdict.SUSPECT]
    assert told(flagged) == []


def test_nothing_unjudgeable_is_called_clean_or_flagged(outcomes: list[Outcome]) -> None:
    called = [o for o in of(outcomes, "blind") if o.judgement.verdict is not Verdict.UNJUDGED]
    assert told(called) == []


def test_violations_are_found(outcomes: list[Outcome]) -> None:
    every = of(outcomes, "violation")
    missed = [o for o in every if o.judgement.verdict is not Verdict.SUSPECT]
    assert len(missed) <= 0.03 * len(every), told(missed)
    assert {o.scene.clause for o in every if o not in missed} == set(judged_clauses(load_pack()))


def test_most_twins_are_clean_and_not_only_unjudged(outcomes: list[Outcome]) -> None:
    twins = of(outcomes, "twin")
    clean = [o for o in twins if o.judgement.verdict is Verdict.PASS]
    assert len(clean) >= 0.8 * len(twins)


def test_the_page_holds_these_figures(outcomes: list[Outcome]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = [o for o in of(outcomes, "violation") if o.judgement.verdict is Verdict.SUSPECT]
    total = len(of(outcomes, "violation"))
    assert f"| **all** | {len(found)} / {total} |" in page
    assert "## With the shipped detector" in page
    assert "Not measured yet" not in page


@pytest.mark.parametrize("k1", [-0.08, 0.0, 0.05])
def test_the_camera_bends_as_the_layouts_lens_straightens(k1: float) -> None:
    camera = Camera((10, 600, 300), (0, 40, 50), 0.7, k1)
    straight = Camera((10, 600, 300), (0, 40, 50), 0.7, 0.0)
    points = np.array([(x, y, 0.0) for x in (-200.0, 0.0, 150.0) for y in (0.0, 200.0)])
    lens = hall(1).layout.view("STAFF").lens
    assert lens is not None
    own = type(lens)(0.7, k1)
    back = undistort(camera.px(points), own, *camera.size)
    assert np.allclose(back, straight.px(points), atol=0.5)


def test_a_clean_hall_shows_no_difference_and_every_thing_at_rest() -> None:
    looker = Looker(hall(2))
    facts = looker.look(Shot("STAFF", "10:00", looker.hall.clean["STAFF"]))
    assert facts.differences == ()
    assert all(thing.as_clean for thing in facts.things)
    assert sum(thing.cls == "monitor" for thing in facts.things) == 4


def test_halls_differ_by_their_seed_and_repeat() -> None:
    assert hall(1).cameras == hall(1).cameras
    assert hall(1).cameras != hall(2).cameras
