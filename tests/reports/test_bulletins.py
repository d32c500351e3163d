"""拟稿 → 审核 → 签发: who may what, frozen figures, kept files, verified again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.models import AuditRow, BulletinRow, Case, DayVerdict
from service.reports.bulletins import (
    BulletinDenied,
    BulletinRefused,
    BulletinState,
    BulletinStepKind as Step,
    StaleBulletin,
    Words,
    draft,
    report_of,
    steps_for,
    take,
    verify,
)
from service.reports.office import Office
from service.reports.shapes import Kind
from tests.web.conftest import Login, Wall
from tests.web.seed import DAY, NOW, SmallBook, World

APRIL = NOW + timedelta(days=25)
WORDS = Words("通报", "石〔2026〕1号", "局", "各单位", "好", "改")


class Flow:
    """One bulletin and the people around it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.office = Office(world.settings, SmallBook())
        self.hall = world.halls["shiquan"]
        self.id = draft(
            world.database, self.office, self.who("inspector"), self.hall, Kind.MONTH, DAY, now=NOW
        )

    def who(self, login: str) -> Viewer:
        role = {"second": Role.INSPECTOR}.get(login) or Role(login)
        user = self.world.users[login]
        return Viewer(user, login, login, role, frozenset({self.hall}), "")

    def row(self) -> BulletinRow:
        with self.world.database.read() as session:
            row = session.get_one(BulletinRow, self.id)
            _ = row.steps
            return row

    def take(self, login: str, step: Step, **more: Any) -> BulletinState:
        return take(
            self.world.database, self.office, self.who(login), self.id, step,
            **{"row_version": self.row().row_version, "now": APRIL, **more},
        )  # fmt: skip

    def to_issued(self) -> None:
        self.take("inspector", Step.SUBMIT, given=WORDS)
        self.take("second", Step.APPROVE)
        self.take("leader", Step.SIGN)


@pytest.fixture
def flow(world: World) -> Flow:
    return Flow(world)


def test_the_straight_way_ends_with_files_that_verify(flow: Flow) -> None:
    flow.to_issued()
    row = flow.row()
    assert (row.state, row.issued_at) == (BulletinState.ISSUED, APRIL)
    assert [step.step for step in row.steps] == ["draft", "submit", "approve", "sign"]
    with flow.world.database.read() as session:
        found = verify(session, flow.office, session.get_one(BulletinRow, flow.id))
        actions = list(session.scalars(select(AuditRow.action)))
    assert found.ok, found
    assert actions[-4:] == ["bulletin.draft", "bulletin.submit", "bulletin.approve",
                            "bulletin.sign"]  # fmt: skip
    assert report_of(row).lines[0].number == "shiquan-2026-0001"
    assert flow.office.store.get(row.docx_path or "", sha256=row.docx_sha256)[:2] == b"PK"


def test_what_happens_to_a_case_afterwards_changes_no_issued_figure(flow: Flow) -> None:
    from service.db.models import CaseStep

    flow.to_issued()
    with flow.world.database.write() as session:
        session.add(
            CaseStep(
                case_id=flow.world.cases["shiquan"][0], at=APRIL + timedelta(days=2), user_id=1,
                step="uphold", from_state="confirmed", to_state="appeal_upheld",
            )
        )  # fmt: skip
    with flow.world.database.read() as session:
        assert verify(session, flow.office, session.get_one(BulletinRow, flow.id)).ok


def test_changed_rows_and_altered_files_are_named(flow: Flow) -> None:
    flow.to_issued()
    row = flow.row()
    flow.office.store.put(row.docx_path or "", b"other")
    with flow.world.database.write() as session:
        session.execute(update(Case).where(Case.hall_id == flow.hall).values(unit="税务局"))
        session.execute(
            update(DayVerdict).where(DayVerdict.hall_id == flow.hall).values(verdict="pass")
        )
    with flow.world.database.read() as session:
        found = verify(session, flow.office, session.get_one(BulletinRow, flow.id))
    assert not found.ok
    assert len(found.faults) == 1
    assert any(change == "lines[0].unit: 市场监管局 → 税务局" for change in found.changed)
    assert any(change.startswith("coverage.passed: ") for change in found.changed)


@pytest.mark.parametrize(
    ("done", "login", "step", "error", "sentence"),
    [
        ([], "leader", Step.SUBMIT, BulletinDenied, "您的角色不能“提交审核”。"),
        ([], "second", Step.APPROVE, BulletinRefused, "“拟稿”的通报不能“审核通过”。"),
        ([], "leader", Step.SIGN, BulletinRefused, "“拟稿”的通报不能“签发”。"),
        ([], "inspector", Step.DROP, BulletinRefused, "“作废”须写明理由。"),
        (["submit"], "inspector", Step.APPROVE, BulletinDenied,
         "拟稿、审核、签发须由不同的人办理。"),
        (["submit"], "leader", Step.APPROVE, BulletinDenied, "您的角色不能“审核通过”。"),
        (["submit"], "inspector", Step.EDIT, BulletinRefused, "“待审核”的通报不能“修改”。"),
        (["submit"], "second", Step.SEND_BACK, BulletinRefused, "“退回”须写明理由。"),
        (["submit", "approve"], "second", Step.SIGN, BulletinDenied, "您的角色不能“签发”。"),
        (["submit", "approve", "sign"], "inspector", Step.EDIT, BulletinRefused,
         "“已签发”的通报不能“修改”。"),
        (["submit", "approve", "sign"], "leader", Step.SEND_BACK, BulletinRefused,
         "“已签发”的通报不能“退回”。"),
    ],
)  # fmt: skip
def test_what_is_refused(
    flow: Flow, done: list[str], login: str, step: Step, error: type[Exception], sentence: str
) -> None:
    who = {"submit": "inspector", "approve": "second", "sign": "leader"}
    for name in done:
        flow.take(who[name], Step(name))
    before = flow.row().row_version
    with pytest.raises(error) as refused:
        flow.take(login, step)
    assert str(refused.value) == sentence
    assert flow.row().row_version == before
    assert step not in steps_for(flow.row(), flow.who(login)) or step in (Step.DROP, Step.SEND_BACK)


def test_who_edited_may_not_check(flow: Flow) -> None:
    flow.take("second", Step.EDIT, given=WORDS)
    flow.take("inspector", Step.SUBMIT)
    for login in ("second", "inspector"):
        with pytest.raises(BulletinDenied):
            flow.take(login, Step.APPROVE)
    flow.take("admin", Step.APPROVE)
    flow.take("leader", Step.SIGN)


def test_a_month_that_is_not_over_can_not_be_handed_in(flow: Flow) -> None:
    with pytest.raises(BulletinRefused, match="还没有结束"):
        flow.take("inspector", Step.SUBMIT, now=NOW)
    assert flow.row().figures == {}


def test_sent_back_the_figures_thaw_and_freeze_anew(flow: Flow) -> None:
    flow.take("inspector", Step.SUBMIT)
    flow.take("second", Step.SEND_BACK, text="数字不对")
    assert (flow.row().figures, flow.row().as_of) == ({}, None)
    with flow.world.database.write() as session:
        session.execute(update(Case).values(unit="税务局"))
    flow.take("inspector", Step.SUBMIT)
    assert report_of(flow.row()).lines[0].unit == "税务局"


def test_a_stale_write_is_refused_and_a_second_draft_too(flow: Flow) -> None:
    old = flow.row().row_version
    flow.take("inspector", Step.EDIT, given=WORDS)
    with pytest.raises(StaleBulletin):
        flow.take("second", Step.EDIT, given=WORDS, row_version=old)
    with pytest.raises(BulletinRefused, match="已有通报"):
        draft(flow.world.database, flow.office, flow.who("second"), flow.hall, Kind.MONTH,
              date(2026, 3, 2), now=NOW)  # fmt: skip
    flow.take("inspector", Step.DROP, text="重拟")
    assert draft(flow.world.database, flow.office, flow.who("second"), flow.hall, Kind.MONTH,
                 date(2026, 3, 2), now=NOW) != flow.id  # fmt: skip


def test_on_pages_from_draft_to_signature(login: Login, world: World, wall: Wall) -> None:
    hall = world.halls["shiquan"]
    writer = login("inspector")
    made = writer.post(
        f"/halls/{hall}/bulletins", data={"kind": "month", "day": "2026-03-01"},
        follow_redirects=False,
    )  # fmt: skip
    assert made.status_code == 303
    path = made.headers["location"]
    wall.forward(days=25)
    # everybody is logged out by then
    people = {name: login(name) for name in ("inspector", "second", "leader")}
    words = {"title": "三月通报", "number": "1号", "issuer": "局", "addressee": "各单位",
             "good": "", "demands": "改"}  # fmt: skip
    for name, step, version in (("inspector", "submit", 1), ("second", "approve", 2),
                                ("leader", "sign", 3)):  # fmt: skip
        page = people[name].get(path)
        assert f'value="{step}"' in page.text, step
        data = {"step": step, "row_version": str(version), **words}
        answer = people[name].post(f"{path}/step", data=data, follow_redirects=False)
        assert answer.status_code == 303, answer.text
    assert "核验通过" in people["leader"].get(path).text
    file = people["inspector"].get(f"{path}/issued.docx")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    copy = people["inspector"].get(f"{path}/copy.docx")
    assert copy.content != file.content
    assert people["leader"].get(f"/api/v1{path}/verified").json() == {
        "ok": True, "faults": [], "changed": [],
    }  # fmt: skip
    again = people["leader"].post(f"{path}/step", data={"step": "sign", "row_version": "4"})
    assert again.status_code == 422
    assert login("other").get(path).status_code == 404
    assert login("chief").get(path).status_code == 403
    # an altered original is not given out
    with world.database.read() as session:
        row = session.scalars(select(BulletinRow)).one()
    Office(world.settings, SmallBook()).store.put(row.docx_path or "", b"PKx")
    refused = people["inspector"].get(f"{path}/issued.docx")
    assert refused.status_code == 422
    assert "已丢失或被改动" in refused.text
    assert "核验不一致" in people["leader"].get(path).text
