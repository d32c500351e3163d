"""A case's life through the pages: who may do what, what is kept, what is refused and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.db.models import Appeal, AuditRow, Case, CasePicture, DutyPerson, Finding
from tests.ledger.conftest import PHOTO, SQUARE, Desk, in_days, picture_of
from tests.web.conftest import Login, Wall
from tests.web.seed import World


def test_confirming_makes_a_case_and_taking_back_unmakes_it(
    world: World, desk: Desk, login: Login
) -> None:
    client = login("inspector")
    case = desk.confirm(client)
    assert (case.state, case.window, case.unit) == ("confirmed", "W1", "市场监管局")
    assert case.number == "shiquan-2026-0002"
    assert case.number in client.get("/ledger").text
    client.post("/api/v1/decisions/undo-last", json={})
    assert desk.case(case.id).state == "pending"
    assert case.number not in client.get("/ledger").text
    assert client.get(f"/ledger/{case.id}").status_code == 404
    finding = world.findings["shiquan"][0]
    answer = client.post(
        f"/api/v1/findings/{finding}/decision", json={"action": "confirm", "row_version": 3}
    )
    assert answer.status_code == 200
    again = desk.of_finding(finding)
    assert (again.id, again.number, again.state) == (case.id, case.number, "confirmed")
    assert desk.steps(case.id) == ["confirm", "take_back", "confirm"]


def test_dismissed_after_taking_back_the_case_is_rejected(desk: Desk, login: Login) -> None:
    client = login("inspector")
    case = desk.confirm(client)
    client.post("/api/v1/decisions/undo-last", json={})
    client.post(
        f"/api/v1/findings/{case.finding_id}/decision",
        json={"action": "dismiss", "reason": "mistaken", "row_version": 3},
    )
    assert desk.case(case.id).state == "rejected"
    client.post("/api/v1/decisions/undo-last", json={})
    assert desk.case(case.id).state == "pending"


def test_a_case_that_has_gone_on_can_not_be_taken_back(
    world: World, desk: Desk, login: Login
) -> None:
    client = login("inspector")
    case = desk.confirm(client)
    desk.assign(client, case.id)
    answer = client.post("/api/v1/decisions/undo-last", json={})
    assert answer.status_code == 422
    assert "已进入台账流程" in answer.json()["error"]["message"]
    with world.database.read() as session:
        assert session.get_one(Finding, case.finding_id).status == "confirmed"
    assert desk.case(case.id).state == "assigned"


def test_from_confirm_to_closed_on_the_cameras_own_later_picture(
    world: World, desk: Desk, login: Login, wall: Wall
) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    assert desk.step(chief, case.id, "accept").status_code == 303
    wall.forward(minutes=10)
    answer = desk.step(chief, case.id, "report_done", text="手机已入屉", photo=PHOTO)
    assert answer.status_code == 303, answer.text
    frame = desk.later_frame("CAM1", wall.now + timedelta(hours=10))
    page = inspector.get(f"/ledger/{case.id}").text
    assert f"/ledger/{case.id}/after/{frame}" in page
    shown = inspector.get(f"/ledger/{case.id}/after/{frame}")
    assert shown.status_code == 200
    assert desk.step(inspector, case.id, "close").status_code == 422  # no picture, no 销号
    assert desk.step(inspector, case.id, "close", frame_id=frame).status_code == 303
    closed = desk.case(case.id)
    assert (closed.state, closed.closed_by_id) == ("closed", world.users["inspector"])
    with world.database.read() as session:
        kinds = {p.kind: p for p in session.scalars(select(CasePicture)) if p.case_id == case.id}
        assert set(kinds) == {"done", "after"}
        assert kinds["after"].frame_id == frame
        actions = session.scalars(
            select(AuditRow.action).where(
                AuditRow.object_kind == "case",
                AuditRow.object_id == str(case.id),
                AuditRow.action.startswith("case."),
                AuditRow.action != "case.picture",
            )
        ).all()
    assert actions == [f"case.{step}" for step in desk.steps(case.id)]
    page = inspector.get(f"/ledger/{case.id}").text
    assert page.count("<figure>") == 2
    assert f"/ledger/{case.id}/pictures/{kinds['after'].id}" in page


def test_an_earlier_picture_and_another_window_of_the_day_close_nothing(
    desk: Desk, login: Login, wall: Wall
) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    desk.step(chief, case.id, "report_done", text="已改")
    early = desk.later_frame("CAM1", wall.now - timedelta(hours=1))
    other = desk.later_frame("CAM2", wall.now + timedelta(hours=15))
    for frame in (early, other):
        answer = desk.step(inspector, case.id, "close", frame_id=frame)
        assert answer.status_code == 422
        assert "已不可用" in answer.text
        assert inspector.get(f"/ledger/{case.id}/after/{frame}").status_code == 404
    assert desk.case(case.id).state == "to_check"


def test_an_appeal_is_decided_by_another_and_strikes_the_finding(
    world: World, desk: Desk, login: Login
) -> None:
    inspector, second, chief = login("inspector"), login("second"), login("chief")
    case = desk.confirm(inspector)
    answer = desk.step(chief, case.id, "appeal", text="是群众遗落的手机")
    assert answer.status_code == 422
    assert "请选择申诉理由" in answer.text
    assert "是群众遗落的手机" in answer.text  # what was typed is not lost
    answer = desk.step(chief, case.id, "appeal", appeal="citizen_item", text="是群众遗落的手机")
    assert answer.status_code == 303
    refused = desk.step(inspector, case.id, "uphold", text="属实")
    assert refused.status_code == 403
    assert "另一名巡检员" in refused.text
    assert desk.step(second, case.id, "uphold", text="属实").status_code == 303
    assert desk.case(case.id).state == "appeal_upheld"
    with world.database.read() as session:
        row = session.scalars(select(Appeal)).one()
        assert (row.state, row.decided_by_id) == ("upheld", world.users["second"])
        finding = session.get_one(Finding, case.finding_id)
        assert (finding.status, finding.decision_reason) == ("dismissed", "citizen_item")
    undo = second.post("/api/v1/decisions/undo-last", json={})
    assert undo.status_code == 422


def test_an_appeal_denied_goes_back_to_be_assigned_anew(desk: Desk, login: Login) -> None:
    inspector, second, chief = login("inspector"), login("second"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    desk.step(chief, case.id, "appeal", appeal="mistaken", text="看错了")
    assert desk.step(second, case.id, "deny", text="照片清楚").status_code == 303
    now = desk.case(case.id)
    assert (now.state, now.due_day) == ("confirmed", None)


def test_two_steps_on_one_version_the_second_is_refused_kindly(desk: Desk, login: Login) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    version = desk.case(case.id).row_version
    assert desk.step(chief, case.id, "accept").status_code == 303
    answer = desk.step(chief, case.id, "accept", row_version=version)
    assert answer.status_code == 409
    assert "刚被他人处理过" in answer.text
    assert "整改中" in answer.text
    assert desk.steps(case.id).count("accept") == 1


def test_overdue_asked_for_extended_and_refused(desk: Desk, login: Login, wall: Wall) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.assign(inspector, desk.confirm(inspector).id, days=1)
    wall.forward(days=2)
    inspector, chief = login("inspector"), login("chief")
    assert case.number in inspector.get("/ledger?overdue=true").text
    later = in_days(wall, 3)
    ask = desk.step(chief, case.id, "ask_extension", due_day=later, text="等待配件")
    assert ask.status_code == 303
    assert desk.case(case.id).asked_day == later
    assert desk.step(inspector, case.id, "keep_due", text="不需要配件").status_code == 303
    assert desk.case(case.id).asked_day is None
    assert desk.step(inspector, case.id, "keep_due", text="…").status_code == 422  # none asked
    assert desk.step(inspector, case.id, "extend", due_day=later, text="同意").status_code == 303
    now = desk.case(case.id)
    assert (now.due_day, now.extensions) == (later, 1)
    assert case.number not in inspector.get("/ledger?overdue=true").text


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "不能早于今天"), (400, "不能晚于一年以后"), (None, "完成时限")]
)
def test_deadlines_that_can_not_be(
    desk: Desk, login: Login, wall: Wall, days: int | None, sentence: str
) -> None:
    client = login("inspector")
    case = desk.confirm(client)
    due = in_days(wall, days) if days is not None else ""
    answer = desk.step(client, case.id, "assign", responsible="unit", due_day=due)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert desk.case(case.id).state == "confirmed"


def test_a_person_comes_only_from_that_days_roster(
    world: World, desk: Desk, login: Login, wall: Wall
) -> None:
    client = login("inspector")
    case = desk.confirm(client)
    with world.database.write() as session:
        rows = [
            DutyPerson(
                hall_id=case.hall_id, window=window, name=name, created_at=wall.now,
                first_day=case.day + timedelta(days=first), last_day=case.day,
            )
            for name, window, first in (("陈一", "W1", -5), ("陈二", "W2", -5))
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        here, elsewhere = (row.id for row in rows)
    page = client.get(f"/ledger/{case.id}").text
    assert "陈一" in page
    assert "陈二" not in page
    due = in_days(wall, 3)
    for bad in (f"person:{elsewhere}", "person:999", "person:x", "王五", ""):
        answer = desk.step(client, case.id, "assign", responsible=bad, due_day=due)
        assert answer.status_code == 422, bad
    answer = desk.step(client, case.id, "assign", responsible=f"person:{here}", due_day=due)
    assert answer.status_code == 303
    now = desk.case(case.id)
    assert (now.person_id, now.responsible, now.chief_id) == (here, "陈一", world.users["chief"])


def test_it_comes_back_within_the_term_and_not_after(
    world: World, desk: Desk, login: Login, wall: Wall
) -> None:
    inspector = login("inspector")
    first = world.cases["shiquan"][0]  # D1, 2S-2-(4), as the first finding is
    with world.database.write() as session:
        case = session.get_one(Case, first)
        case.state, case.closed_at = "closed", wall.now - timedelta(days=29)
    again = desk.confirm(inspector)
    assert (again.recurs_id, again.recurrence) == (first, 1)
    assert re.search(r"复发 1", inspector.get(f"/ledger/{again.id}").text)
    inspector.post("/api/v1/decisions/undo-last", json={})
    with world.database.write() as session:
        session.get_one(Case, first).closed_at = wall.now - timedelta(days=31)
    inspector.post(
        f"/api/v1/findings/{again.finding_id}/decision",
        json={"action": "confirm", "row_version": 3},
    )
    assert desk.case(again.id).recurs_id is None


def test_a_photo_is_masked_before_it_is_stored(world: World, desk: Desk, login: Login) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    desk.step(chief, case.id, "report_done", text="已改", photo=PHOTO)
    with world.database.read() as session:
        row = session.scalars(select(CasePicture).where(CasePicture.kind == "done")).one()
    sent = inspector.get(f"/ledger/{case.id}/pictures/{row.id}")
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert picture_of(sent.content)[: SQUARE - 20, : SQUARE - 20].max() < 30


BAD: Mapping[str, tuple[bytes, str]] = {
    "text": (b"hello, not a picture", "不是 JPEG 或 PNG"),
    "half": (PHOTO[: len(PHOTO) // 2], "已损坏或没有传完"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不是 JPEG 或 PNG"),
    "gif": (b"GIF89a" + b"\0" * 60, "不是 JPEG 或 PNG"),
    "huge": (PHOTO + b"\0" * 12_000_000, "12 MB"),
}


def test_bad_files_are_refused_in_a_sentence(world: World, login: Login) -> None:
    client = login("inspector")
    given = {
        "hall": str(world.halls["shiquan"]), "day": "2026-03-11", "desk": "D1",
        "clause": "2S-2-(4)", "text": "有手机", "channel": "patrol",
    }  # fmt: skip
    for kind, (data, sentence) in BAD.items():
        photo = {"photo": ("p.jpg", data, "image/jpeg")}
        answer = client.post("/ledger/enter", data=given, files=photo)
        assert answer.status_code == 422, kind
        assert sentence in answer.text, kind
        assert "有手机" in answer.text
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 2
