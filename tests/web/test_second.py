"""抽检: blind to the first verdict, by another person, once; passes looked at on masked frames."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from service.db.models import DayVerdict, Decision, Finding, FrameRow, PassLook, SecondLook
from service.web.app import create_app
from tests.web.conftest import Browser, Login, Wall
from tests.web.seed import SmallBook, World


@pytest.fixture
def app(world: World, wall: Wall) -> FastAPI:
    """Everything comes back: the share is the settings' matter."""
    settings = world.settings.model_copy(update={"second_look_share": 1.0, "pass_look_share": 1.0})
    return create_app(settings, database=world.database, book=SmallBook(), clock=wall)


def decide(client: Browser, finding: int, action: str = "confirm") -> None:
    body = {"action": action, "row_version": 1}
    if action == "dismiss":
        body["reason"] = "mistaken"
    answer = client.post(f"/api/v1/findings/{finding}/decision", json=body)
    assert answer.status_code == 200, answer.text


def look(client: Browser, finding: int, action: str = "confirm") -> int:
    return client.post(
        f"/second/findings/{finding}", data={"action": action}, follow_redirects=False
    ).status_code


def test_it_comes_back_to_another_without_the_verdict(login: Login, world: World) -> None:
    finding = world.findings["shiquan"][0]
    first, second = login("inspector"), login("second")
    assert f"/second/findings/{finding}" not in second.get("/second").text
    decide(first, finding)
    page = second.get("/second").text
    assert f'action="/second/findings/{finding}"' in page
    part = page[page.index("再看一次") : page.index("看合格项")]
    for word in ("李巡检", "已确认", "确认成立"):
        assert word not in part
    assert f"/second/findings/{finding}" not in first.get("/second").text, (
        "not to whoever decided it"
    )
    assert look(first, finding) == 409
    assert look(second, finding, "dismiss") == 303
    assert look(second, finding) == 409, "once"
    with world.database.read() as session:
        row = session.scalars(select(SecondLook)).one()
        assert (row.first_action, row.second_action) == ("confirm", "dismiss")
        assert session.get_one(Finding, finding).status == "confirmed", "it measures only"
        assert len(session.scalars(select(Decision)).all()) == 1


def test_a_disagreement_goes_to_a_third_person(login: Login, world: World) -> None:
    finding = world.findings["shiquan"][0]
    first, second, third = login("inspector"), login("second"), login("admin")
    decide(first, finding)
    look(second, finding, "dismiss")
    for client in (first, second):
        assert "/second/settle/" not in client.get("/second").text
        assert client.post("/second/settle/1", data={"action": "confirm"}).status_code == 409
    assert "/second/settle/1" in third.get("/second").text
    settled = third.post("/second/settle/1", data={"action": "dismiss"}, follow_redirects=False)
    assert settled.status_code == 303
    assert "/second/settle/" not in third.get("/second").text


def test_agreement_is_shown_and_undefined_said_so(login: Login, world: World) -> None:
    first, second = login("inspector"), login("second")
    assert "κ 无法计算" in second.get("/second").text
    for place, finding in enumerate(world.findings["shiquan"][:4]):
        action = "confirm" if place % 2 else "dismiss"
        decide(first, finding, action)
        assert look(second, finding, action) == 303
    page = second.get("/second").text
    assert "κ 无法计算" not in page
    assert ">1.00<" in page
    assert ">4/4<" in page


def test_a_share_of_none_brings_nothing_back(login: Login, world: World, wall: Wall) -> None:
    decide(login("inspector"), world.findings["shiquan"][0])
    settings = world.settings.model_copy(update={"second_look_share": 0.0})
    quiet = create_app(settings, database=world.database, book=SmallBook(), clock=wall)
    client = Browser(quiet, base_url="http://testserver").log_in("second")
    assert "现在没有需要您再看的" in client.get("/second").text


# ------------------------------------------------------------------ 合格


def a_pass(world: World, hall: str = "shiquan") -> None:
    """One cell that passed, with a usable frame of its camera; the others out of the draw."""
    with world.database.write() as session:
        frame = session.get_one(FrameRow, world.frames[hall][0])
        rows = session.scalars(
            select(DayVerdict).where(DayVerdict.hall_id == world.halls[hall])
        ).all()
        for place, row in enumerate(rows):
            row.verdict = "unjudged" if place else "pass"
            row.camera = frame.camera
            row.window = row.window if place else frame.window or "W"


def form_of(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrf_token"}


def test_a_pass_is_looked_at_on_its_masked_frame(login: Login, world: World) -> None:
    a_pass(world)
    client = login("inspector")
    page = client.get("/second/passes").text
    assert "<polygon" in page
    media = re.search(r'src="/media/(\d+)"', page)
    assert media
    assert int(media[1]) in world.media["shiquan"]
    form = form_of(page[page.index("/second/passes") :])
    answer = client.post(
        "/second/passes", data={**form, "answer": "missed"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"].split("/")[1]) == (303, "missed")
    again = client.post("/second/passes", data={**form, "answer": "clean"})
    assert again.status_code == 409
    with world.database.read() as session:
        assert session.scalars(select(PassLook.answer)).all() == ["missed"]
    assert ">1/1<" in client.get("/second").text


@pytest.mark.parametrize("answer", ["clean", "unclear"])
def test_what_cannot_be_told_counts_for_nothing(login: Login, world: World, answer: str) -> None:
    a_pass(world)
    client = login("inspector")
    form = form_of(client.get("/second/passes").text)
    client.post("/second/passes", data={**form, "answer": answer})
    page = client.get("/second").text
    assert (">0/1<" if answer == "clean" else ">0/0<") in page
    assert "查全率未知" in page, "nothing was found either: no share of nothing"


def test_only_what_was_drawn_is_answered_and_only_of_own_halls(login: Login, world: World) -> None:
    a_pass(world)
    form = form_of(login("inspector").get("/second/passes").text)
    other = login("other")
    assert other.post("/second/passes", data={**form, "answer": "clean"}).status_code == 409
    for key, value in (("desk", "D9"), ("day", "2026-03-10"), ("clause", "x"), ("window", "N")):
        given = {**form, key: value, "answer": "clean"}
        answer = login("inspector").post("/second/passes", data=given)
        assert answer.status_code == 409, key
    assert login("leader").get("/second").status_code == 403
