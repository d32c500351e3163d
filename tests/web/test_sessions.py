"""Log-in, lock-out, how sessions end, CSRF, passwords."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from service.db.models import AuditRow, LoginSession, User
from service.settings import Settings
from service.web.app import checked_secret, create_app
from tests.web.conftest import Browser, Login, Wall, csrf_of
from tests.web.seed import PASSWORD, SmallBook, World
from vision.seen import StoreError

NEW = "Another-Pass-77"


def try_login(client: Browser, login: str, password: str) -> int:
    token = csrf_of(client.get("/login").text)
    return client.post(
        "/login",
        data={"login": login, "password": password, "csrf_token": token},
        follow_redirects=False,
    ).status_code


def alive(client: Browser) -> bool:
    return client.get("/api/v1/me").status_code == 200


def test_wrong_login_and_wrong_password_look_the_same(browser: Callable[[], Browser]) -> None:
    pages = []
    for login, password in (("nobody", PASSWORD), ("inspector", "wrong-Pass-1")):
        client = browser()
        token = csrf_of(client.get("/login").text)
        answer = client.post(
            "/login", data={"login": login, "password": password, "csrf_token": token}
        )
        assert answer.status_code == 401
        pages.append(answer.text.replace(login, "").split("role=")[1].split("</div>")[0])
    assert pages[0] == pages[1]


def test_lock_out_after_five_tries_also_for_the_right_password_then_free_again(
    browser: Callable[[], Browser], wall: Wall
) -> None:
    client = browser()
    for _ in range(5):
        assert try_login(client, "inspector", "wrong-Pass-1") == 401
    assert try_login(client, "inspector", PASSWORD) == 429
    assert try_login(client, "second", PASSWORD) == 303
    wall.forward(minutes=16)
    assert try_login(browser(), "inspector", PASSWORD) == 303


def test_the_right_password_sets_the_count_back(browser: Callable[[], Browser]) -> None:
    for _ in range(3):
        client = browser()
        for _ in range(4):
            assert try_login(client, "inspector", "wrong-Pass-1") == 401
        assert try_login(client, "inspector", PASSWORD) == 303


def test_a_session_ends_when_idle_and_after_its_time_anyway(login: Login, wall: Wall) -> None:
    idle, busy = login(), login()
    wall.forward(minutes=29)
    assert alive(busy)
    wall.forward(minutes=2)
    assert not alive(idle)
    assert alive(busy)
    for _ in range(40):
        wall.forward(minutes=20)
        if not alive(busy):
            break
    else:
        pytest.fail("a session that is used all the time never ended")


def test_log_out_ends_the_session_itself_not_only_the_cookie(login: Login) -> None:
    client = login()
    token = client.cookies["deskcheck_session"]
    assert client.post("/logout", follow_redirects=False).status_code == 303
    client.cookies.set("deskcheck_session", token)
    assert not alive(client)


def test_a_password_change_ends_all_sessions_and_starts_a_new_one_here(
    login: Login, browser: Callable[[], Browser]
) -> None:
    here, elsewhere = login(), login()
    old = here.cookies["deskcheck_session"]
    answer = here.post("/account/password", data={"current": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 200
    assert "密码已修改" in answer.text
    assert alive(here)
    assert not alive(elsewhere)
    stolen = browser()
    stolen.cookies.set("deskcheck_session", old)
    assert not alive(stolen)
    assert try_login(browser(), "inspector", PASSWORD) == 401
    assert try_login(browser(), "inspector", NEW) == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "says"),
    [
        ("wrong", NEW, NEW, "现密码不对"),
        (PASSWORD, NEW, NEW + "x", "不一致"),
        (PASSWORD, "short", "short", "至少 10 位"),
        (PASSWORD, "Inspector-2026", "Inspector-2026", "登录名"),
        (PASSWORD, PASSWORD, PASSWORD, "不同"),
    ],
)
def test_a_bad_new_password_is_refused_with_its_reason(
    login: Login, current: str, new: str, again: str, says: str
) -> None:
    client = login()
    answer = client.post("/account/password", data={"current": current, "new": new, "again": again})
    assert answer.status_code == 422
    assert says in answer.text
    assert alive(client)


def test_a_generated_password_must_be_changed_before_anything_else(
    login: Login, world: World
) -> None:
    with world.database.write() as session:
        session.get_one(User, world.users["inspector"]).must_change = True
    client = login()
    answer = client.get("/queue", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert client.get("/api/v1/findings").json()["error"]["code"] == "must_change"
    client.post("/account/password", data={"current": PASSWORD, "new": NEW, "again": NEW})
    assert client.get("/queue").status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World, wall: Wall) -> None:
    settings = Settings(data=world.settings.data, cookie_secure=True)
    app = create_app(settings, database=world.database, book=SmallBook(), clock=wall)
    with Browser(app, base_url="https://testserver") as client:
        token = csrf_of(client.get("/login").text)
        answer = client.post(
            "/login",
            data={"login": "inspector", "password": PASSWORD, "csrf_token": token},
            follow_redirects=False,
        )
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "deskcheck_session=" in c)
    for wanted in ("HttpOnly", "SameSite=strict", "Secure", "Path=/"):
        assert wanted in cookie
    assert "Strict-Transport-Security" in answer.headers


def test_the_database_holds_no_token_and_no_password(login: Login, world: World) -> None:
    client = login()
    token = client.cookies["deskcheck_session"]
    with world.database.read() as session:
        rows = session.scalars(select(LoginSession.token_hash)).all()
        log = " ".join(str(row) for row in session.execute(select(AuditRow.detail, AuditRow.actor)))
    assert rows
    assert token not in rows
    assert PASSWORD not in log


# ------------------------------------------------------------------ CSRF


def verdict(client: Browser, world: World, **headers: str) -> int:
    finding = world.findings["shiquan"][0]
    return client.post(
        f"/api/v1/findings/{finding}/decision",
        json={"action": "confirm", "row_version": 1},
        headers=headers,
    ).status_code


def test_a_changing_call_needs_the_token_of_this_session(login: Login, world: World) -> None:
    client, other = login(), login("second")
    assert verdict(client, world, **{"X-CSRF-Token": ""}) == 403
    assert verdict(client, world, **{"X-CSRF-Token": "0" * 64}) == 403
    assert verdict(client, world, **{"X-CSRF-Token": other.token}) == 403
    assert verdict(client, world, **{"Origin": "https://evil.example"}) == 403
    assert verdict(client, world, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert verdict(client, world) == 200


def test_no_change_by_get(login: Login, world: World) -> None:
    client = login()
    finding = world.findings["shiquan"][0]
    for path in (f"/api/v1/findings/{finding}/decision", f"/findings/{finding}/undo", "/logout"):
        assert client.get(path).status_code == 405
    head = client.request("HEAD", "/queue")
    assert head.status_code in {200, 405}


def test_log_in_itself_needs_its_token(browser: Callable[[], Browser]) -> None:
    client = browser()
    answer = client.post("/login", data={"login": "inspector", "password": PASSWORD})
    assert answer.status_code == 403
    assert not alive(client)


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/queue", "/queue"),
        ("//evil.example/x", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/queue\r\nX: y", "/"),
    ],
)
def test_log_in_never_leads_to_another_site(
    browser: Callable[[], Browser], target: str, goes_to: str
) -> None:
    client = browser()
    token = csrf_of(client.get("/login").text)
    answer = client.post(
        "/login",
        data={"login": "inspector", "password": PASSWORD, "csrf_token": token, "next": target},
        follow_redirects=False,
    )
    assert answer.headers["location"] == goes_to


@pytest.mark.parametrize("secret", ["changethis", "", "0" * 64, "secret" * 4])
def test_no_start_with_a_secret_that_anybody_could_guess(secret: str) -> None:
    with pytest.raises(StoreError, match="secret"):
        checked_secret(secret)


def test_the_log_tells_who_came_and_who_was_refused(
    browser: Callable[[], Browser], world: World
) -> None:
    client = browser()
    try_login(client, "inspector", "wrong-Pass-1")
    try_login(client, "nobody", "wrong-Pass-1")
    try_login(client, "inspector", PASSWORD)
    with world.database.read() as session:
        rows = session.execute(select(AuditRow.actor, AuditRow.action).order_by(AuditRow.id))
        assert [tuple(row) for row in rows] == [
            ("inspector", "login.failed"),
            ("nobody", "login.failed"),
            ("inspector", "login"),
        ]
