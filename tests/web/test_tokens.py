"""API tokens: within their owner's rights, a hall and a term; every way that they end."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.db.models import ApiToken, AuditRow, User
from tests.web.conftest import Browser, Login, Wall
from tests.web.seed import World

FORM = {"name": "对接", "scope": ["cases.read"], "days": "30"}


def made(client: Browser, **more: object) -> str:
    """The token that the page shows."""
    answer = client.post("/account/tokens", data={**FORM, **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'<code class="one-time">([^<]+)</code>', answer.text)
    assert found
    return html.unescape(found.group(1))


def ask(client: Browser, token: str, path: str = "/api/v1/cases") -> int:
    return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_opens_what_it_was_given_and_no_more(
    login: Login, browser: Callable[[], Browser], world: World
) -> None:
    token = made(login())
    program = browser()
    assert ask(program, token) == 200
    assert ask(program, token, "/api/v1/me") == 200
    assert ask(program, token, "/api/v1/findings") == 403
    for page in ("/ledger", "/account", "/account/tokens"):
        answer = program.get(
            page, headers={"Authorization": f"Bearer {token}"}, follow_redirects=False
        )
        assert answer.status_code == 303, "pages know no tokens"
    me = program.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json()
    assert me["permissions"] == ["account", "cases.read"]
    with world.database.read() as session:
        row = session.scalars(select(ApiToken)).one()
        assert token not in (row.token_hash, row.name)
        assert row.last_used_at is not None
        actions = set(session.scalars(select(AuditRow.action)))
    assert "token.make" in actions


def test_writing_by_token_needs_no_csrf_and_is_on_record_as_its_owner(
    login: Login, browser: Callable[[], Browser], world: World
) -> None:
    token = made(login(), scope=["findings.read", "findings.decide"])
    finding = world.findings["shiquan"][0]
    answer = browser().post(
        f"/api/v1/findings/{finding}/decision",
        json={"action": "confirm", "row_version": 1},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    with world.database.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action.like("case.%"))).all()
    assert {row.actor for row in rows} == {"inspector"}


@pytest.mark.parametrize(
    "header", ["Bearer dck_wrong", "Bearer ", "Bearer", "bearer x", "Bearer dck_" + "a" * 5000]
)
def test_a_wrong_token_is_refused_even_from_a_logged_in_browser(login: Login, header: str) -> None:
    answer = login().get("/api/v1/cases", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_logged_in"


def test_it_keeps_to_its_hall(login: Login, world: World, browser: Callable[[], Browser]) -> None:
    with world.database.write() as session:
        session.execute(update(User).where(User.login == "inspector").values(all_halls=True))
    client = login()
    own, other = world.halls["shiquan"], world.halls["chengguan"]
    token = made(client, scope=["reports.read"], hall=str(own))
    assert ask(browser(), token, f"/api/v1/halls/{own}/reports/month?day=2026-03-11") == 200
    assert ask(browser(), token, f"/api/v1/halls/{other}/reports/month?day=2026-03-11") == 404


def test_every_way_that_it_ends(
    login: Login, world: World, wall: Wall, browser: Callable[[], Browser]
) -> None:
    client = login()
    tokens = [made(client) for _ in range(3)]
    program = browser()
    with world.database.read() as session:
        ids = list(session.scalars(select(ApiToken.id).order_by(ApiToken.id)))
    assert client.post(f"/account/tokens/{ids[0]}/revoke").status_code == 200
    assert client.post(f"/account/tokens/{ids[0]}/revoke").status_code == 404
    assert [ask(program, token) for token in tokens] == [401, 200, 200]
    wall.forward(days=30)
    assert ask(program, tokens[1]) == 401, "its term is over"
    wall.forward(days=-29)
    with world.database.write() as session:
        session.execute(update(User).values(password_changed_at=wall.now))
    assert ask(program, tokens[1]) == 401, "the password changed"
    with world.database.write() as session:
        session.execute(
            update(User).values(password_changed_at=wall.now - timedelta(days=9), active=False)
        )
    assert ask(program, tokens[1]) == 401, "its owner was switched off"


def test_a_role_that_lost_a_right_takes_it_from_its_tokens(
    login: Login, world: World, browser: Callable[[], Browser]
) -> None:
    token = made(login("admin"), scope=["users.manage", "cases.read"])
    with world.database.write() as session:
        session.execute(update(User).where(User.login == "admin").values(role="auditor"))
    assert ask(browser(), token) == 403


def test_nobody_takes_back_anothers(login: Login, world: World) -> None:
    made(login())
    with world.database.read() as session:
        id = session.scalars(select(ApiToken.id)).one()
    assert login("second").post(f"/account/tokens/{id}/revoke").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "请填写用途。"),
        ({"scope": []}, "请至少选择一项您自己拥有的权限。"),
        ({"scope": ["users.manage"]}, "请至少选择一项您自己拥有的权限。"),
        ({"scope": ["all"]}, "请至少选择一项您自己拥有的权限。"),
        ({"hall": "2"}, "您看不到这个大厅。"),
        ({"days": "0"}, "有效期须在 1 至 366 天之间。"),
        ({"days": "9999"}, "有效期须在 1 至 366 天之间。"),
    ],
)
def test_what_can_not_be_made(login: Login, wrong: dict[str, object], sentence: str) -> None:
    answer = login().post("/account/tokens", data={**FORM, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_nobody_holds_more_than_twenty(login: Login) -> None:
    client = login()
    for _ in range(20):
        made(client)
    answer = client.post("/account/tokens", data=FORM)
    assert answer.status_code == 422
    assert "最多 20 个" in answer.text
