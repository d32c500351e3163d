"""Templates from the hall's set-up: true to it, and open where nobody has decided."""

from __future__ import annotations

import io

import pytest
from docx import Document
from sqlalchemy import select

from service.db.models import AuditRow, LayoutVersion
from service.plan import SpotPlan
from service.reports.hall_papers import hall_papers, stills_zh
from service.reports.papers.consent import OPEN, HallPapers, impact_assessment, staff_notice
from service.reports.papers.paper import Para
from service.settings import Settings
from tests.reports.made_up import MADE
from tests.reports.test_papers import words_of
from tests.web.conftest import Login
from tests.web.seed import NOW, SmallBook, World

CAMERAS = """cameras:
  - {id: CAM1, name: 前台东侧, zones: [{desk: D1}, {desk: D2}, {desk: D1}]}
  - {id: CAM2}
hall: {mode: trial}
"""


def facts(world: World, settings: Settings) -> HallPapers:
    with world.database.write() as session:
        for row in session.scalars(select(LayoutVersion)):
            row.yaml = f"{row.yaml}{CAMERAS}"
    with world.database.read() as session:
        return hall_papers(session, settings, SmallBook(), world.halls["shiquan"], NOW)


def test_the_notice_says_what_the_set_up_says(world: World) -> None:
    settings = world.settings.model_copy(update={"keep_originals_days": 3})
    paper = staff_notice(facts(world, settings), reader="王", made=MADE)
    text = "".join(block.text for block in paper.blocks if isinstance(block, Para))
    for part in ("4 个工位、2 台摄像机(前台东侧、CAM2)", "加密保存,至多保存 3 天", "试行期",
                 "不做人脸识别", "由另一名巡检员裁定"):  # fmt: skip
        assert part in text
    assert OPEN in text


def test_an_unsealed_hall_is_told_to_mend_it(world: World) -> None:
    settings = world.settings.model_copy(update={"seal_stills": False})
    found = facts(world, settings)
    text = str(impact_assessment(found, reader="", made=MADE).blocks)
    assert "须整改" in text
    assert "加密保存" not in str(staff_notice(found, reader="", made=MADE).blocks)
    assert "须整改" not in str(
        impact_assessment(facts(world, world.settings), reader="", made=MADE).blocks
    )


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (SpotPlan(), "每半天随机抽取 2 次,每次在 5 分钟内取 2 张静态截图,开门前 1 次,下班后 1 次;"),
        (SpotPlan(per_half_day=1, burst=1, before_open=0, after_close=0), "每半天随机抽取 1 次;"),
    ],
)
def test_how_often_in_words(plan: SpotPlan, said: str) -> None:
    assert said in stills_zh(plan)


@pytest.mark.parametrize("name", ["staff-notice", "impact-assessment"])
def test_an_administrator_downloads_them(login: Login, world: World, name: str) -> None:
    path = f"/halls/{world.halls['shiquan']}/papers/{name}.docx"
    answer = login("admin").get(path)
    assert answer.status_code == 200
    assert OPEN in words_of(answer.content)
    assert "王管理" in Document(io.BytesIO(answer.content)).sections[0].header._element.xml
    assert login("inspector").get(path).status_code == 403
    other = f"/halls/{world.halls['chengguan']}/papers/{name}.docx"
    assert login("admin").get(other).status_code == 404
    with world.database.read() as session:
        query = select(AuditRow.object_id).where(AuditRow.action == "report.template")
        assert list(session.scalars(query)) == [name]
