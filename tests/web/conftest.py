"""A filled world and logged-in clients for page tests."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.auth import passwords
from service.db.engine import Database
from service.settings import Settings
from service.web.app import create_app
from tests.web.seed import NOW, PASSWORD, SmallBook, World, fill, new_world


@dataclass
class Wall:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Argon2 at next to no cost: a hundred log-ins take no minute."""
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "_hasher", lambda: weak)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world filled once; tests get copies of it."""
    world = fill(new_world(tmp_path_factory.mktemp("filled") / "data"), each=4)
    world.settings.secret()
    world.database.close()
    return world


@pytest.fixture
def world(filled: World, tmp_path: Path) -> Iterator[World]:
    """A world of this test's own."""
    data = tmp_path / "data"
    shutil.copytree(filled.settings.data, data)
    settings = Settings(data=data)
    mine = replace(filled, settings=settings, database=Database.of(settings))
    yield mine
    mine.database.close()


@pytest.fixture
def app(world: World, wall: Wall) -> FastAPI:
    return create_app(world.settings, database=world.database, book=SmallBook(), clock=wall)


def csrf_of(html: str) -> str:
    """The CSRF token that a page carries."""
    found = re.search(r'name="csrf-token" content="([0-9a-f]{64})"', html)
    assert found, html[:400]
    return found.group(1)


class Browser(TestClient):
    """A client that keeps cookies and sends the CSRF token of the page it last saw."""

    token = ""

    def log_in(self, login: str, password: str = PASSWORD) -> Browser:
        page = self.get("/login")
        answer = self.post(
            "/login",
            data={"login": login, "password": password, "csrf_token": csrf_of(page.text)},
            follow_redirects=False,
        )
        assert answer.status_code == 303, answer.text
        self.token = csrf_of(self.get("/account").text)
        self.headers["X-CSRF-Token"] = self.token
        return self


Login = Callable[..., Browser]


@pytest.fixture
def browser(app: FastAPI) -> Iterator[Callable[[], Browser]]:
    """Fresh browsers that share nothing."""
    opened: list[Browser] = []

    def open_browser() -> Browser:
        client = Browser(app, base_url="http://testserver", raise_server_exceptions=True)
        client.__enter__()
        opened.append(client)
        return client

    yield open_browser
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def login(browser: Callable[[], Browser]) -> Login:
    """A browser logged in as this user."""

    def log_in(name: str = "inspector", password: str = PASSWORD) -> Browser:
        return browser().log_in(name, password)

    return log_in
