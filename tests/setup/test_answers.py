"""What a draft lets the rules judge, and what they say of a frame under it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.calendar import load_calendar
from rules.layout import load_layout
from rules.pack import load_pack
from service.db.models import ExceptionRow
from service.setup.judge import LIMITS, Judgeable, judgeable
from tests.setup.conftest import Small
from tests.setup.made import NOW, TOP, layout_data
from tests.web.conftest import Browser

ROOT = Path(__file__).resolve().parents[2]
PHONES = "2S-2-(4)"


@pytest.fixture(scope="module")
def sample() -> Judgeable:
    return judgeable(
        load_layout(ROOT / "datasets" / "sample_hall" / "hall.yaml"),
        load_pack(),
        load_calendar(),
        classes=None,
        today=date(2026, 3, 11),
        lang="zh",
    )


def test_near_desks_can_be_judged_on_phones_and_far_ones_not(sample: Judgeable) -> None:
    places = {place.id: place for place in sample.places}
    near, far = places["D3"], places["D1"]
    assert near.pixels["phone"] > 10 > far.pixels["phone"]
    assert near.cells[PHONES].ok
    assert not far.cells[PHONES].ok
    assert far.cells[PHONES].code == "too_few_pixels"
    assert "手机 短边" in far.cells[PHONES].text
    assert 0 < far.judged < near.judged <= len(near.cells)


def test_every_reason_shown_lies_in_the_layout(sample: Judgeable) -> None:
    codes = {c.code for p in sample.places for c in p.cells.values() if not c.ok}
    assert codes <= LIMITS
    assert {p.id for p in sample.places} >= {f"D{i}" for i in range(1, 9)}


def ask(client: Browser, small: Small, data: dict[str, Any], rest: str, **more: Any) -> Any:
    return client.post(f"/api/v1/halls/{small.hall}/layout/{rest}", json={"data": data, **more})


def test_what_is_not_drawn_is_not_judged_and_a_drawing_helps(small: Small, admin: Browser) -> None:
    bare = layout_data()
    bare["cameras"][0]["zones"] = []
    before = ask(admin, small, bare, "judgeable").json()
    after = ask(admin, small, layout_data(), "judgeable").json()
    judged = [
        {place["id"]: place["judged"] for place in table["places"]} for table in (before, after)
    ]
    assert judged[0]["D1"] < judged[1]["D1"]
    assert judged[0]["D2"] == judged[1]["D2"]
    assert before["model"] == "made-up 1"
    english = ask(admin, small, bare, "judgeable?lang=en").json()
    cells = english["places"][0]["cells"].values()
    assert any("no camera covers" in cell["text"] for cell in cells)


def test_a_table_of_a_wrong_draft_says_what_is_wrong(small: Small, admin: Browser) -> None:
    data = layout_data()
    data["cameras"][0]["zones"][0]["desk"] = "D7"
    answer = ask(admin, small, data, "judgeable")
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["field"] == "cameras[0].zones[0].desk"


def test_the_rules_are_tried_on_the_newest_frame_and_nothing_is_kept(
    small: Small, admin: Browser
) -> None:
    answer = ask(admin, small, layout_data(), "try", camera="CAM1")
    assert answer.status_code == 200, answer.text
    tried = answer.json()
    assert tried["frames"] == ["CAM1_20260311T100000.jpg"]
    assert {s["desk"] for s in tried["suspects"]} == {"D1"}
    assert any(s["boxes"] and s["boxes"][0]["cls"] == "carton" for s in tried["suspects"])
    assert tried["pictures"]["CAM1_20260311T100000.jpg"].startswith("data:image/jpeg;base64,")
    # another drawing, another answer: the desk top of D2 in D1's place
    other = layout_data()
    other["cameras"][0]["zones"] = [{"kind": "desk_top", "desk": "D2", "polygon": TOP}]
    assert {s["desk"] for s in ask(admin, small, other, "try", camera="CAM1").json()["suspects"]} \
        == {"D2"}  # fmt: skip
    drafts = small.settings.data / "layout-drafts"
    assert not list(drafts.rglob("*.yaml"))


def test_what_the_registers_allow_is_allowed_in_the_trial_too(small: Small, admin: Browser) -> None:
    day = date(2026, 3, 11)
    suspects = ask(admin, small, layout_data(), "try", camera="CAM1").json()["suspects"]
    assert suspects
    with small.database.write() as session:
        for desk, clause in {(s["desk"], s["clause"]) for s in suspects}:
            session.add(
                ExceptionRow(
                    hall_id=small.hall, desk=desk, clause=clause, kind="other", first_day=day,
                    last_day=day, why="施工", approved_by="王", created_at=NOW, created_by="admin",
                )
            )  # fmt: skip
    assert ask(admin, small, layout_data(), "try", camera="CAM1").json()["suspects"] == []


@pytest.mark.parametrize(
    ("model", "camera", "code", "said"),
    [
        (None, "CAM1", "no_model", "还没有安装识别模型"),
        ("made-up 1", "CAM2", "no_frame", "还没有截图"),
        ("made-up 1", "", "no_frame", "还没有截图"),
    ],
)
def test_what_is_missing_for_a_try_is_said_kindly(
    small: Small, admin: Browser, model: str | None, camera: str, code: str, said: str
) -> None:
    small.eyes.model = model
    answer = ask(admin, small, layout_data(), "try", camera=camera)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == code
    assert said in answer.json()["error"]["message"]


def test_a_try_does_without_a_reference_that_is_not_there(small: Small, admin: Browser) -> None:
    data = layout_data()
    data["cameras"][0]["reference"] = {"day": "reference/not-yet.jpg"}
    assert ask(admin, small, data, "try", camera="CAM1").status_code == 200
