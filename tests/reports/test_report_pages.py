"""Report pages, the rows behind each figure, exports, notices, points, feedback, scope."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import quote

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from service.cli import main
from service.db.models import AuditRow, DayVerdict, FeedbackRow, PointsRow
from service.reports.papers.paper import Paper
from service.reports.papers.pdf import NoFace, to_pdf
from tests.web.conftest import Browser, Login, Wall
from tests.web.seed import DAY, World

ON = "day=2026-03-11"
MEDIA = {"docx": b"PK", "xlsx": b"PK", "json": b"{"}


@pytest.fixture
def hall(world: World) -> str:
    return f"/halls/{world.halls['shiquan']}"


@pytest.mark.parametrize("kind", ["day", "week", "month", "year"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_period_has_its_page(login: Login, hall: str, kind: str, lang: str) -> None:
    page = login().get(f"{hall}/reports?kind={kind}&{ON}&lang={lang}")
    assert page.status_code == 200
    assert ("2S-2-(4)" if kind == "day" else "市场监管局") in page.text
    assert ("日巡查" if lang == "zh" else "Weekly summary") in page.text


def test_the_menu_leads_to_the_first_hall(login: Login, hall: str) -> None:
    assert login().get("/reports", follow_redirects=False).headers["location"] == f"{hall}/reports"
    assert 'href="/reports"' not in login("chief").get("/").text


def links_of(page: str) -> list[tuple[str, int]]:
    """Every figure that opens into rows, and what it says."""
    found = re.findall(r'<a href="(/halls/\d+/reports/rows[^"]*)">([\d.]+)</a>', page)
    return [(href.replace("&amp;", "&"), int(float(text))) for href, text in found]


def test_every_figure_opens_into_as_many_rows(login: Login, hall: str) -> None:
    client = login()
    found = links_of(client.get(f"{hall}/reports?kind=month&{ON}").text)
    assert len(found) >= 4
    for href, number in found:
        page = client.get(href)
        assert page.status_code == 200
        if "what=points" in href:
            continue
        assert len(re.findall(r'<a href="/ledger/\d+"><b>', page.text)) == number, href


def test_coverage_and_flags_open_into_what_they_were_counted_from(
    login: Login, world: World, hall: str
) -> None:
    client = login()
    page = client.get(f"{hall}/reports?kind=month&{ON}").text
    month = client.get(f"/api/v1{hall}/reports/month?{ON}").json()
    days = re.findall(rf'<a href="({hall}/reports/days[^"]*)">', page)
    assert len(days) == 2 + len(month["units"])
    cells = month["coverage"]
    rows = client.get(days[0].replace("&amp;", "&")).text
    assert f"应查 {sum(cells.values())}," in rows
    assert "未开展视频抽查,不作合格处理" in rows  # a working day of that month without a run
    for unit in month["units"]:
        address = next(d for d in days if quote(unit["unit"]) in d).replace("&amp;", "&")
        assert f"应查 {sum(unit['coverage'].values())}," in client.get(address).text

    finding = world.findings["shiquan"][0]
    given = {"action": "dismiss", "reason": "mistaken", "row_version": 1}
    assert client.post(f"/api/v1/findings/{finding}/decision", json=given).status_code == 200
    flags = client.get(f"/api/v1{hall}/reports/month?{ON}").json()["flags"]
    assert flags["dismissed"] == 1
    for said, number in (("all", flags["found"]), ("dismiss", 1), ("", flags["waiting"])):
        rows = client.get(f"{hall}/reports/flags?kind=month&{ON}&said={said}").text
        assert len(re.findall(r'<a href="/findings/\d+">#', rows)) == number, said
    for path in ("days", "flags"):
        assert login("other").get(f"{hall}/reports/{path}?{ON}").status_code == 404


@pytest.mark.parametrize("form", ["docx", "xlsx", "json", "pdf"])
@pytest.mark.parametrize("kind", ["day", "week", "month", "year"])
def test_each_period_as_a_file(login: Login, world: World, hall: str, kind: str, form: str) -> None:
    if form == "pdf":
        try:
            to_pdf(Paper("t", ()))
        except NoFace:
            pytest.skip("no Chinese face on this machine")
    answer = login().get(f"{hall}/reports/{kind}.{form}?{ON}")
    if (kind, form) == ("day", "xlsx"):
        assert answer.status_code == 422
        assert "没有 Excel 格式" in answer.text
        return
    assert answer.status_code == 200
    assert answer.content.startswith(MEDIA.get(form, b"%PDF"))
    assert "attachment" in answer.headers["Content-Disposition"]
    with world.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "report.export")).one()
    assert row.object_id.endswith(f".{form}")


def test_a_copy_carries_its_readers_name(login: Login, hall: str) -> None:
    data = login().get(f"{hall}/reports/month.docx?{ON}").content
    assert "李巡检" in Document(io.BytesIO(data)).sections[0].header._element.xml
    data = login("leader").get(f"{hall}/reports/month.xlsx?{ON}").content
    foot = load_workbook(io.BytesIO(data))["窗口单位"].oddFooter
    assert foot is not None
    assert str(foot.left.text).startswith("赵主任 2026-03-11")


def column(sheet: Worksheet, head: str) -> float:
    """The sum of a column."""
    heads = [cell.value for cell in sheet[1]]
    place = heads.index(head)
    return sum(float(str(row[place].value)) for row in sheet.iter_rows(min_row=2))


def test_the_workbooks_sums_are_its_rows(login: Login, hall: str) -> None:
    book = load_workbook(io.BytesIO(login().get(f"{hall}/reports/month.xlsx?{ON}").content))
    taken, points = (column(book[name], "扣分") for name in ("窗口单位", "问题"))
    assert taken == points == 0.5
    for sheet in book:
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
        assert sheet.auto_filter.ref


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=month&day=1999-12-31", 422),
        ("kind=month&day=2101-01-01", 422),
        ("kind=month&day=2027-01-01", 422),
        ("kind=month&day=heute", 422),
        ("kind=decade", 422),
        ("kind=month&day=2020-02-01", 200),
        ("kind=day&day=2026-03-10", 200),
    ],
)
def test_odd_periods_get_a_sentence(login: Login, hall: str, query: str, status: int) -> None:
    assert login().get(f"{hall}/reports?{query}").status_code == status


def test_a_day_without_a_run_is_never_clean(login: Login, world: World, hall: str) -> None:
    page = login().get(f"{hall}/reports?kind=day&day=2026-03-10").text
    assert "不能作为合格" in page
    assert "未发现问题" not in page
    sheet = json.loads(login().get(f"{hall}/reports/day.json?day=2026-03-10").content)
    assert {cell["said"] for cell in sheet["cells"]} == {"missing"}
    with world.database.write() as session:
        for row in session.scalars(select(DayVerdict)):
            row.verdict, row.frames_used, row.finding_id = "unjudged", 0, None
    sheet = json.loads(login().get(f"{hall}/reports/day.json?{ON}").content)
    assert {cell["said"] for cell in sheet["cells"]} == {"missing"}
    assert {mark for desk in sheet["desks"] for mark in desk["marks"]} <= {"—", ""}


def test_the_first_period_shown_is_the_last_with_something_to_say(
    login: Login, hall: str, wall: Wall
) -> None:
    assert f"{DAY:%Y-%m}-01 – " in login().get(f"{hall}/reports").text
    wall.forward(days=200)
    client = login()
    assert f"{DAY:%Y-%m}-01 – " in client.get(f"{hall}/reports").text
    assert str(DAY) in client.get(f"{hall}/reports?kind=day").text
    asked = client.get(f"{hall}/reports?day=2026-09-01").text
    assert "2026-09-01 – 2026-09-30" in asked


def test_another_halls_reports_are_not_there(login: Login, hall: str) -> None:
    other = login("other")
    for path in ("reports", f"reports/month.docx?{ON}", "points", "notice.docx?unit=x",
                 f"reports/rows?{ON}"):  # fmt: skip
        assert other.get(f"{hall}/{path}").status_code == 404, path
    assert other.get(f"/api/v1{hall}/reports/month").status_code == 404


def test_a_notice_holds_what_the_unit_has_not_closed(login: Login, hall: str) -> None:
    client = login()
    answer = client.get(f"{hall}/notice.docx?unit=市场监管局&kind=month&{ON}&card=yellow")
    assert answer.status_code == 200
    doc = Document(io.BytesIO(answer.content))
    text = "\n".join(line.text for line in doc.paragraphs)
    assert "整改通知单\uff08黄牌\uff09" in text
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    assert "2026-0001" in cells
    assert len(doc.inline_shapes) == 1, "the masked photo of the case"
    nothing = client.get(f"{hall}/notice.docx?unit=人社局&kind=month&{ON}")
    assert nothing.status_code == 422
    assert "无须通知" in nothing.text


def test_the_api_gives_the_same_figures(login: Login, hall: str) -> None:
    client = login()
    month = client.get(f"/api/v1{hall}/reports/month?{ON}").json()
    file = json.loads(client.get(f"{hall}/reports/month.json?{ON}").content)
    assert month == file
    assert client.get(f"/api/v1{hall}/reports/day?{ON}").json()["hall"] == "石泉县政务服务中心"
    assert client.get(f"/api/v1{hall}/points").json()["base"] == 100
    made = client.post(f"/api/v1{hall}/bulletins", json={"kind": "month", "day": "2026-03-01"})
    assert made.status_code == 201
    assert client.get(f"/api/v1{hall}/bulletins").json()["bulletins"] == [made.json()]
    id = made.json()["id"]
    edited = client.post(
        f"/api/v1/bulletins/{id}/step",
        json={"step": "edit", "row_version": 1, "title": "新标题"},
    )
    assert (edited.status_code, edited.json()["title"]) == (200, "新标题")
    stale = client.post(f"/api/v1/bulletins/{id}/step", json={"step": "edit", "row_version": 1})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale")
    assert client.get(f"/api/v1/bulletins/{id}/verified").status_code == 422


# ------------------------------------------------------------------ points


def form_of(page: str) -> dict[str, str]:
    """The points form as a browser would send it."""
    found = re.findall(r'<input type="(?:number|date)"[^>]*name="([^"]+)" value="([^"]*)"', page)
    return {name.replace("&amp;", "&"): value for name, value in found}


def test_points_are_saved_as_a_version_with_a_first_day(
    login: Login, world: World, hall: str
) -> None:
    client = login("admin")
    form = form_of(client.get(f"{hall}/points").text)
    assert form["deduct:2S-2-(4)"] == "0.5"
    form |= {"deduct:2S-2-(4)": "3", "base_version": "0", "effective_from": "2026-03-01",
             "note": "重"}  # fmt: skip
    answer = client.post(f"{hall}/points", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    found = client.get(f"/api/v1{hall}/reports/month?{ON}").json()
    assert (found["points_version"], found["lines"][0]["points"]) == (1, 3.0)
    assert client.post(f"{hall}/points", data=form).status_code == 409
    wrong = form | {"base_version": "1", "chief_share": "7"}
    refused = client.post(f"{hall}/points", data=wrong)
    assert refused.status_code == 422
    assert "“首席代表分担比例”填写有误:不得大于 1。" in refused.text
    with world.database.read() as session:
        assert [row.version for row in session.scalars(select(PointsRow))] == [1]
    assert login("inspector").post(f"{hall}/points", data=form).status_code == 403


# ------------------------------------------------------------------ feedback


def say(client: Browser, hall: int, clause: str = "2S-2-(4)", text: str = "太严") -> int:
    data = {"hall": str(hall), "clause": clause, "text": text}
    return client.post("/feedback", data=data, follow_redirects=False).status_code


def test_feedback_becomes_a_change_list(login: Login, world: World) -> None:
    hall = world.halls["shiquan"]
    chief, admin = login("chief"), login("admin")
    assert say(chief, hall) == 303
    assert say(login("inspector"), hall, text="需说明") == 303
    assert "需说明" not in chief.get("/feedback").text
    assert "太严" in chief.get("/feedback").text
    path = f"/halls/{hall}/feedback/1/answer"
    assert admin.post(path, data={"state": "done"}).status_code == 409
    assert admin.post(path, data={"state": "declined"}).status_code == 422
    answer = admin.post(
        path, data={"state": "accepted", "text": "下版修订"}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert "<h2>标准修订清单" in admin.get("/feedback").text
    assert admin.post(path, data={"state": "done"}, follow_redirects=False).status_code == 303
    assert "<h2>标准修订清单" not in admin.get("/feedback").text
    assert "下版修订" in chief.get("/feedback").text
    with world.database.read() as session:
        row = session.get_one(FeedbackRow, 1)
        assert (row.state, row.pack_version) == ("done", "test@1")


@pytest.mark.parametrize(
    ("clause", "text", "status"),
    [("9S", "x", 422), ("2S-2-(4)", "  ", 422), ("2S-2-(4)", "长" * 2001, 422), ("", "x", 422)],
)
def test_empty_and_odd_feedback_is_refused(
    login: Login, world: World, clause: str, text: str, status: int
) -> None:
    assert say(login("chief"), world.halls["shiquan"], clause, text) == status


def test_feedback_stays_in_its_hall(login: Login, world: World) -> None:
    hall = world.halls["shiquan"]
    assert say(login("inspector"), hall) == 303
    other = login("other")
    assert "太严" not in other.get("/feedback").text
    assert say(other, hall) == 404
    assert login("auditor").get("/feedback").status_code == 403


# ------------------------------------------------------------------ command line


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["deskcheck", *words])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_the_command_writes_the_same_report(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = world.settings.data / "m.json"
    about = ["--hall", "shiquan", "--data", str(world.settings.data)]
    code = run(monkeypatch, "report", "month", *about, "--date", "2026-03-11", "--format", "json",
               "--out", str(out))  # fmt: skip
    assert code == 0, capsys.readouterr()
    assert json.loads(out.read_text(encoding="utf-8"))["hall"] == "石泉县政务服务中心"
    assert run(monkeypatch, "report", "month", *about, "--date", "gestern") == 1
    assert "is no day" in capsys.readouterr().err
    assert run(monkeypatch, "report", "verify", "--data", str(world.settings.data)) == 0
    assert "0 issued bulletins checked." in capsys.readouterr().out


def test_verify_fails_where_an_issued_file_was_altered(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.reports.test_bulletins import Flow

    flow = Flow(world)
    flow.to_issued()
    args = ("report", "verify", "--data", str(world.settings.data))
    # the shipped standard's sentences differ from the test book's: only the file is looked at here
    run(monkeypatch, *args)
    assert "is not the one that was stored" not in capsys.readouterr().out
    flow.office.store.put(flow.row().docx_path or "", b"x")
    assert run(monkeypatch, *args) == 1
    assert "is not the one that was stored" in capsys.readouterr().out


def test_time_moves_on_and_a_late_case_is_late(login: Login, hall: str, wall: Wall) -> None:
    wall.forward(days=1)
    found = login().get(f"/api/v1{hall}/reports/month?{ON}").json()
    assert found["workdays"] == 8
