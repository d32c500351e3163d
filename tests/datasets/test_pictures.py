"""Pictures of the scenes: what they are made of, and what the whole road says of a part of them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from datasets.render import furniture, proof_props, register
from datasets.scenes.layers import layer_of, layers
from datasets.scenes.picture_hall import picture_hall
from datasets.scenes.picture_keep import KEPT
from datasets.scenes.picture_plan import all_scenes, needed, plan, wanted
from datasets.scenes.picture_proof import Judge, Pictured, judge_pictures, picture_table, score
from datasets.scenes.picture_shape import CAMERAS
from datasets.scenes.pictures import Pieces
from datasets.scenes.proof import judged_clauses
from models import registry
from rules.pack import load_pack
from rules.verdict import Verdict
from vision.detector import Detector
from vision.seen import Facts, GateReason

JUDGED = ("2S-2-(4)", "2S-2-(9)a", "2S-2-(8)", "2S-2-(5)", "2S-1-(3)", "2S-2-(3)b", "2S-2-(1)b",
          "2S-1-(2)", "2S-1-(4)", "6S-(3)")  # fmt: skip


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(KEPT)


@pytest.fixture(scope="module")
def detector() -> Detector:
    """The fast model: the proof's page is made with the shipped one."""
    return Detector.load(registry.find("deskcheck-n"), threads=1)


@pytest.fixture(scope="module")
def judged(pieces: Pieces, detector: Detector) -> list[Pictured]:
    out = [o for c in JUDGED for o in judge_pictures(pieces, detector, (1,), c)]
    return [o for o in out if o.judgement is not None]


def test_no_look_of_the_pictures_is_taught_or_shipped() -> None:
    others = {f for _, split, f in register.everything() if split != "val"}
    looks: set[str] = set()
    for piece in proof_props.PIECES:
        assert piece.split == "val"
        assert piece.id.split(".")[1] == "val"
        build = piece.build
        assert isinstance(build, partial)
        looks.add(json.dumps([build.func.__name__, build.args[1:], build.keywords], sort_keys=True))
    assert len(looks) == len(proof_props.PIECES)
    cushions = {look[0] for key, look in furniture.CUSHIONS.items() if ".val." not in key}
    built = [p.build for p in proof_props.PIECES if p.cls == "cushion"]
    own = {build.args[1] for build in built if isinstance(build, partial)}
    assert own
    assert not own & cushions
    assert others


def test_everything_in_the_pictures_is_a_validation_asset(pieces: Pieces) -> None:
    val = {ident for ident, split, _ in register.everything() if split == "val"}
    val |= {p.id for p in proof_props.PIECES}
    used = {
        register.plain(name)
        for path in pieces.folder.glob("*.json")
        if not path.name.startswith("homes.")
        for name in json.loads(path.read_text(encoding="utf-8"))["assets"]
    }
    assert used
    assert used <= val


def test_a_layer_is_told_and_read_back() -> None:
    hall = picture_hall()
    todo = wanted(hall)
    assert len({layer.key for layer in todo}) == len(todo)
    for told in json.loads(json.dumps(plan(hall)))["layers"]:
        key, layer = layer_of({k: v for k, v in told.items() if k != "clauses"})
        assert layer.key == key
        assert todo[layer] == set(told["clauses"])


def test_a_clean_scene_needs_no_layer_and_people_in_front_are_one_of_their_own() -> None:
    hall = picture_hall()
    for _, scene in all_scenes(hall, (1,)):
        for shot in scene.shots:
            found = layers(hall, shot, "day")
            clean = replace(shot, things=hall.clean[shot.camera])
            assert layers(hall, clean, "day") == ()
            assert sum(any(s.level == 3 for s in x.new) for x in found) <= 1


def test_a_picture_shows_the_hall_as_its_layout_says(pieces: Pieces) -> None:
    """The rendered clean picture and the layout's own camera agree on where things stand."""
    solids = picture_hall().clean["STAFF"]
    camera = CAMERAS["STAFF"]
    shown = json.loads((pieces.folder / "homes.STAFF.json").read_text(encoding="utf-8"))
    assert len(shown) == len(solids)
    for cls, at, (x1, y1, x2, y2) in shown:
        one = next(s for s in solids if s.cls == cls and list(s.at) == at)
        corners = camera.norm(one.corners())
        low, high = corners.min(axis=0), corners.max(axis=0)
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        assert low[0] - 0.02 < middle[0] < high[0] + 0.02, cls
        assert low[1] - 0.03 < middle[1] < high[1] + 0.03, cls


def test_at_least_thirty_pictures_are_judged(judged: list[Pictured]) -> None:
    shots = {(o.scene.clause, o.scene.role, i) for o in judged for i in range(len(o.scene.shots))}
    assert len(shots) >= 30
    assert {o.scene.role for o in judged} == {"violation", "twin", "blind"}


def test_nothing_unjudgeable_is_called_clean(judged: list[Pictured]) -> None:
    called = [o for o in judged if o.scene.role == "blind" and o.says(Verdict.PASS)]
    assert [(o.scene.clause, o.scene.name, o.judgement) for o in called] == []


def test_most_that_is_claimed_is_so(judged: list[Pictured]) -> None:
    s = score(judged)
    assert s.found >= 0.4 * s.violations
    assert s.precision is not None
    assert s.precision >= 0.8


def test_the_table_names_what_was_not_pictured(judged: list[Pictured]) -> None:
    clauses = judged_clauses(load_pack())
    lines = picture_table(judged, clauses)
    assert len(lines) == len(clauses) + 3
    assert next(x for x in lines if x.startswith("| 2S-2-(2) |")).startswith(
        "| 2S-2-(2) | not pictured"
    )


@pytest.mark.parametrize("gate", ["blurred", "blocked", "moved", "black", "frozen"])
def test_what_befalls_a_camera_closes_the_gate(
    gate: GateReason, pieces: Pieces, detector: Detector
) -> None:
    judge = Judge(pieces, detector)
    scene = next(s for _, s in all_scenes(judge.hall, (1,)) if s.clause == "2S-2-(4)")
    shot = replace(scene.shots[0], things=judge.hall.clean["STAFF"], gate=gate)
    seen = judge.look(replace(scene, shots=(shot,)), 0)
    assert isinstance(seen, Facts)
    assert not seen.gate.ok
    if gate != "blocked":  # a lens that is covered may as well look like no picture at all
        assert seen.gate.reason == gate
    assert seen.things == ()


def test_a_sunny_patch_only_brightens(pieces: Pieces) -> None:
    judge_hall = picture_hall()
    _, scene = next(
        (n, s) for n, s in all_scenes(judge_hall, (1, 2, 3))
        if any(t.cls == "patch" for t in s.shots[0].things)
    )  # fmt: skip
    shot = scene.shots[0]
    assert needed(judge_hall, scene, shot) == ()
    sunny = pieces.frame(shot, "day", (), "x").image.astype(int)
    plain = pieces.frame(replace(shot, things=()), "day", (), "x").image.astype(int)
    assert np.mean(sunny - plain) > 1
