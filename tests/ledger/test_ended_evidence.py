"""The term of an ended case's evidence: what goes when, what stays, and how pages say so."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from service import backup, retention
from service.audit import verify
from service.db.models import (
    AuditRow,
    BulletinRow,
    Case,
    CasePicture,
    CaseStep,
    Finding,
    FindingFrame,
    LegalHold,
    Media,
)
from service.reports.bulletins import verify as verify_bulletin
from service.retention_cases import ENDED
from tests.ledger.conftest import PHOTO, Desk
from tests.reports.test_bulletins import Flow
from tests.web.conftest import Browser, Login
from tests.web.seed import NOW, World

TERM = 1096
GONE = "证据已于 {:%Y-%m-%d} 按留存期删除"


@pytest.fixture
def closed(desk: Desk, login: Login) -> Case:
    """A camera's case with a photo from its window, closed on a photo by hand."""
    inspector = login("inspector")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    desk.step(login("chief"), case.id, "report_done", text="已收好", photo=PHOTO)
    answer = desk.step(inspector, case.id, "close", photo=PHOTO)
    assert answer.status_code == 303, answer.text
    return desk.case(case.id)


def put(world: World, case: int, **values: Any) -> None:
    with world.database.write() as session:
        session.execute(update(Case).where(Case.id == case).values(**values))


def after(world: World, days: int, since: datetime = NOW) -> retention.Deleted:
    return retention.apply(world.database, world.settings, now=since + timedelta(days=days))


def photos(world: World, case: int) -> list[tuple[str, bool, bool]]:
    """Kind, whether the row says that it went, whether its file is there."""
    with world.database.read() as session:
        rows = session.scalars(select(CasePicture).where(CasePicture.case_id == case)).all()
    there = [(world.settings.media / row.path).is_file() for row in rows]
    return [(r.kind, r.deleted_at is not None, t) for r, t in zip(rows, there, strict=True)]


def media(world: World, finding: int) -> list[str]:
    with world.database.read() as session:
        frames = select(FindingFrame.frame_id).where(FindingFrame.finding_id == finding)
        rows = session.scalars(
            select(Media).where((Media.finding_id == finding) | Media.frame_id.in_(frames))
        ).all()
    assert all((world.settings.media / row.path).is_file() for row in rows)
    return sorted({row.kind for row in rows})


def test_evidence_goes_with_its_term_and_not_a_day_before(world: World, closed: Case) -> None:
    assert closed.finding_id is not None
    assert closed.closed_at is not None
    held = media(world, closed.finding_id)
    after(world, TERM, closed.closed_at)
    assert photos(world, closed.id) == [("done", False, True), ("after", False, True)]
    assert media(world, closed.finding_id) == held
    version = closed.row_version
    done = after(world, TERM + 1, closed.closed_at)
    assert photos(world, closed.id) == [("done", True, False), ("after", True, False)]
    assert media(world, closed.finding_id) == []
    assert (done.cases, done.photos) == (1, 2)
    with world.database.read() as session:
        case = session.get_one(Case, closed.id)
        steps = session.scalars(select(CaseStep.step).where(CaseStep.case_id == case.id)).all()
        finding = session.get_one(Finding, closed.finding_id)
    assert (case.state, case.row_version) == ("closed", version)
    assert case.evidence_deleted_at == closed.closed_at + timedelta(days=TERM + 1)
    assert steps == ["confirm", "assign", "report_done", "close"]
    assert finding.status == "confirmed"
    again = after(world, TERM + 1, closed.closed_at)
    assert (again.cases, again.photos, again.crops) == (0, 0, 0)


def test_the_deletion_is_on_record(world: World, closed: Case) -> None:
    after(world, TERM + 2)
    with world.database.read() as session:
        row = session.scalars(
            select(AuditRow).where(
                AuditRow.action == "retention.delete", AuditRow.object_kind == "case"
            )
        ).one()
    assert (row.actor, row.hall_id) == ("retention", closed.hall_id)
    assert (row.detail["cases"], row.detail["files"]) == (1, 2)
    assert verify(world.database).ok


@pytest.mark.parametrize(
    "state", ["pending", "confirmed", "assigned", "rectifying", "to_check", "appealed"]
)
def test_an_open_case_keeps_its_evidence_for_ever(world: World, closed: Case, state: str) -> None:
    assert closed.finding_id is not None
    put(world, closed.id, state=state)
    held = media(world, closed.finding_id)
    after(world, 9999)
    assert photos(world, closed.id) == [("done", False, True), ("after", False, True)]
    assert media(world, closed.finding_id) == held


@pytest.mark.parametrize("state", ["closed", "rejected", "appeal_upheld"])
def test_every_end_has_the_term(world: World, closed: Case, state: str) -> None:
    put(world, closed.id, state=state, closed_at=None if state != "closed" else NOW, updated_at=NOW)
    assert set(ENDED) == {"closed", "rejected", "appeal_upheld"}
    after(world, TERM)
    assert photos(world, closed.id) == [("done", False, True), ("after", False, True)]
    after(world, TERM + 1)
    assert photos(world, closed.id) == [("done", True, False), ("after", True, False)]


def test_the_term_is_a_setting(world: World, closed: Case) -> None:
    settings = world.settings.model_copy(update={"keep_closed_days": 30})
    retention.apply(world.database, settings, now=NOW + timedelta(days=32))
    assert photos(world, closed.id) == [("done", True, False), ("after", True, False)]


@pytest.mark.parametrize(("first", "last", "kept"), [(-9, 0, True), (0, 9, True), (-9, -1, False)])
def test_a_legal_hold_on_any_of_its_days_keeps_it(
    world: World, closed: Case, first: int, last: int, kept: bool
) -> None:
    with world.database.write() as session:
        session.add(
            LegalHold(
                hall_id=closed.hall_id,
                day_from=closed.day + timedelta(days=first),
                day_to=closed.day + timedelta(days=last),
                reason="复议",
                created_by="cli",
                created_at=NOW,
            )
        )
    after(world, 9999)
    assert [there for _, _, there in photos(world, closed.id)] == [kept, kept]
    with world.database.write() as session:
        session.execute(update(LegalHold).values(released_at=NOW))
    after(world, 9999)
    assert [there for _, _, there in photos(world, closed.id)] == [False, False]


def test_photos_that_a_kill_left_are_swept_up(
    world: World, closed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("service.store.MediaStore.delete", lambda *_: 0)
        after(world, TERM + 2)
    assert photos(world, closed.id) == [("done", True, True), ("after", True, True)]
    for file in (world.settings.media / str(closed.hall_id) / "cases").iterdir():
        os.utime(file, (0, 0))
    after(world, TERM + 2)
    assert photos(world, closed.id) == [("done", True, False), ("after", True, False)]


def test_a_case_that_is_reopened_keeps_what_is_new(
    world: World, desk: Desk, closed: Case, login: Login
) -> None:
    after(world, TERM + 2)
    inspector = login("inspector")
    assert desk.step(inspector, closed.id, "reopen", text="又来了").status_code == 303
    desk.assign(inspector, closed.id)
    desk.step(login("chief"), closed.id, "report_done", text="又收好", photo=PHOTO)
    after(world, 2 * TERM)
    assert photos(world, closed.id)[-1] == ("done", False, True)
    page = inspector.get(f"/ledger/{closed.id}").text
    assert "证据已于" in page
    assert "/pictures/" in page
    desk.step(inspector, closed.id, "close", photo=PHOTO)
    after(world, 4 * TERM)
    assert {there for _, _, there in photos(world, closed.id)} == {False}


def test_pages_and_api_say_when_it_went(world: World, closed: Case, login: Login) -> None:
    client: Browser = login("inspector")
    before = client.get(f"/api/v1/cases/{closed.id}").json()
    assert before["evidence_deleted_at"] is None
    pictures = [s["picture_url"] for s in before["steps"] if s["picture_url"]]
    asked = [before["before_url"], before["small_url"], *pictures]
    assert [client.get(url).status_code for url in asked] == [200] * 4
    after(world, TERM + 2)
    said = GONE.format(NOW + timedelta(days=TERM + 2))
    assert {client.get(url).status_code for url in asked} == {410}
    assert said in client.get(pictures[0]).text
    page = client.get(f"/ledger/{closed.id}")
    assert page.status_code == 200
    assert page.text.count(said) == 2  # before and after
    assert "/pictures/" not in page.text
    assert f"/ledger/{closed.id}/before" not in page.text
    listed = client.get("/ledger?state=closed").text
    assert said in listed
    assert f"/ledger/{closed.id}/before" not in listed
    gone = client.get(f"/api/v1/cases/{closed.id}").json()
    assert gone["evidence_deleted_at"].startswith(f"{NOW + timedelta(days=TERM + 2):%Y-%m-%d}")
    assert (gone["before_url"], gone["small_url"]) == (None, None)
    assert [s["picture_url"] for s in gone["steps"]] == [None] * 4
    assert client.get(f"/findings/{closed.finding_id}").status_code == 200
    assert client.get(f"/api/v1/findings/{closed.finding_id}").status_code == 200


def test_another_halls_case_does_not_say_that_it_had_evidence(world: World, login: Login) -> None:
    theirs = world.cases["chengguan"][0]
    put(world, theirs, state="closed", closed_at=NOW)
    after(world, TERM + 1)
    assert login("inspector").get(f"/ledger/{theirs}/before").status_code == 404


@pytest.mark.usefixtures("closed")
def test_a_backup_does_not_miss_what_went(world: World, tmp_path: Any) -> None:
    after(world, TERM + 2)
    made = backup.make_backup(world.settings, tmp_path / "kept", now=NOW)
    assert made.lost == 0


def test_an_issued_bulletin_keeps_its_own_files(world: World) -> None:
    flow = Flow(world)
    flow.to_issued()
    with world.database.write() as session:
        session.execute(update(Case).values(state="closed", closed_at=NOW))
    assert after(world, TERM + 400).photos > 0
    with world.database.read() as session:
        row = session.get_one(BulletinRow, flow.id)
        assert verify_bulletin(session, flow.office, row).ok


def test_a_confirmed_finding_without_a_case_has_the_term_from_its_verdict(world: World) -> None:
    finding = world.findings["shiquan"][0]
    with world.database.write() as session:
        row = session.get_one(Finding, finding)
        row.status, row.decided_at = "confirmed", NOW
    assert "crop" in media(world, finding)
    after(world, TERM)
    assert "crop" in media(world, finding)
    after(world, TERM + 1)
    assert "crop" not in media(world, finding)
