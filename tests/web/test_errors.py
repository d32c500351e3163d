"""One error shape, kind pages, safe headers, nothing of a caller's text becomes markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from service.db.models import Finding, Hall, User
from tests.web.conftest import Browser, Login, csrf_of
from tests.web.seed import World

EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/findings/999999", 404, "not_found"),
        ("GET", "/api/v1/findings/abc", 404, "not_found"),
        ("GET", "/api/v1/findings/99999999999999999999", 404, "not_found"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("DELETE", "/api/v1/findings", 405, "method_not_allowed"),
        ("GET", "/api/v1/findings?page=x", 422, "invalid"),
        ("GET", "/api/v1/findings?size=99999", 422, "invalid"),
        ("GET", "/api/v1/findings?state=secret", 422, "invalid"),
        ("GET", "/api/v1/frames?day=2026-99-99", 422, "invalid"),
    ],
)
def test_the_api_has_one_error_shape(
    login: Login, method: str, path: str, status: int, code: str
) -> None:
    answer = login().request(method, path)
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"error"}
    assert body["error"]["code"] == code
    assert body["error"]["message"]


def test_errors_speak_the_readers_language(login: Login) -> None:
    client = login()
    assert "无权" in client.get("/api/v1/findings/999999").json()["error"]["message"]
    english = client.get("/api/v1/findings/999999?lang=en").json()["error"]["message"]
    assert english == "It is not there, or not for you to see."


def test_a_person_gets_a_page_and_a_stranger_the_log_in(
    login: Login, browser: Callable[[], Browser]
) -> None:
    page = login().get("/findings/999999")
    assert page.status_code == 404
    assert "返回首页" in page.text
    answer = browser().get("/queue?finding=3", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/queue%3Ffinding%3D3"


def test_what_breaks_shows_nothing_of_its_inside(
    app: FastAPI, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Browser(app, raise_server_exceptions=False).log_in("inspector")

    def broken(*_: object, **__: object) -> None:
        raise SQLAlchemyError("password=hunter2 at /secret/place")

    monkeypatch.setattr("service.web.views.findings.load_detail", broken)
    answer = client.get(f"/findings/{world.findings['shiquan'][0]}")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "系统出错" in answer.text


@pytest.mark.parametrize("path", ["/login", "/", "/queue", "/api/v1/me", "/nowhere", "/media/1"])
def test_every_answer_carries_the_safe_headers(login: Login, path: str) -> None:
    headers = login().get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/login", "/", "/queue", "/decided", "/missed", "/coverage"])
def test_no_page_holds_inline_script_style_or_another_site(login: Login, path: str) -> None:
    html = login().get(path).text
    for bad in (" onclick=", " onload=", " style=", "<style", "javascript:", "http://", "https://"):
        assert bad not in html, bad
    for script in html.split("<script")[1:]:
        assert script.startswith((' id="texts" type="application/json"', ' src="/static/'))


def test_what_people_type_never_becomes_markup(login: Login, world: World) -> None:
    client = login()
    finding = world.findings["shiquan"][0]
    with world.database.write() as session:
        session.get_one(User, world.users["inspector"]).name = EVIL
        session.get_one(Hall, world.halls["shiquan"]).name = EVIL
        row = session.get_one(Finding, finding)
        row.desk, row.clause_text, row.camera = EVIL[:60], EVIL, EVIL[:60]
        row.boxes = [{"cls": EVIL, "xyxy_px": [1, 1, 9, 9], "confidence": 0.5}]
    panel = client.get(f"/queue/{finding}/panel").text
    version = client.get(f"/api/v1/findings/{finding}").json()["row_version"]
    client.post(
        f"/api/v1/findings/{finding}/decision",
        json={"action": "dismiss", "reason": "other", "note": EVIL, "row_version": version},
    )
    pages = [panel] + [
        client.get(path).text
        for path in ("/", "/queue", "/decided", "/coverage", "/account", f"/findings/{finding}")
    ]
    for html in pages:
        assert "<img src=x" not in html
        assert "<script>alert" not in html
    assert "&lt;script&gt;" in pages[-1]


def test_a_log_in_name_comes_back_as_text(browser: Callable[[], Browser]) -> None:
    client = browser()
    token = csrf_of(client.get("/login").text)
    answer = client.post("/login", data={"login": EVIL[:64], "password": "x", "csrf_token": token})
    assert answer.status_code == 401
    assert "<script>alert" not in answer.text


def test_a_body_that_never_ends_is_cut_off(login: Login) -> None:
    client = login()
    answer = client.post(
        "/api/v1/decisions/undo-last",
        content=b"[" * 1_500_000,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":' * 5000])
def test_a_broken_body_is_the_callers_fault(login: Login, world: World, content: bytes) -> None:
    answer = login().post(
        f"/api/v1/findings/{world.findings['shiquan'][0]}/decision",
        content=content,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in {400, 422}
    assert set(answer.json()) == {"error"}


def test_the_queue_says_how_many_are_kept_beyond_the_cap(
    app: FastAPI, login: Login, world: World
) -> None:
    capped = world.settings.model_copy(update={"queue_cap": 3})
    app.state.settings = capped
    html = login().get("/queue").text
    assert html.count('class="rail-item"') == 3
    assert "另存 1" in html


def test_age_lifts_a_finding_in_the_queue(login: Login, world: World) -> None:
    client = login()
    ids = [f["id"] for f in client.get("/api/v1/findings?state=open").json()["findings"]]
    with world.database.write() as session:
        for id in ids:
            session.get_one(Finding, id).confidence = 0.6
        session.get_one(Finding, ids[-1]).day -= timedelta(days=10)
    assert f'data-first="{ids[-1]}"' in client.get("/queue").text
