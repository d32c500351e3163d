"""Two small halls, their administrators, and browsers logged in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from service.auth import passwords
from service.auth.roles import Role
from service.db.engine import Database
from service.db.migrate import upgrade
from service.db.models import Hall, User
from service.halls import import_layout
from service.settings import Settings
from service.setup.draft import text_of
from service.web.app import create_app
from tests.setup.made import NOW, FakeEyes, layout_data, picture
from tests.web.conftest import Browser
from tests.web.seed import PASSWORD


@dataclass
class Small:
    """The world: two halls, ``admin`` of the first, ``chiefadmin`` of all, an ``inspector``."""

    settings: Settings
    database: Database
    hall: int
    other: int
    eyes: FakeEyes
    inbox: Path


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Argon2 at next to no cost."""
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "_hasher", lambda: weak)
    yield
    patch.undo()


def fill_small(folder: Path) -> Small:
    settings = Settings(data=folder / "data")
    database = Database.of(settings)
    upgrade(database.engine)
    inbox = folder / "inbox"
    inbox.mkdir()
    cv2.imwrite(str(inbox / "CAM1_20260311T100000.jpg"), picture(1))
    ids = []
    for code, name in (("small", "小厅"), ("far", "远厅")):
        file = folder / f"{code}.yaml"
        file.write_text(text_of(layout_data(code, name)), encoding="utf-8")
        hall, _ = import_layout(database, settings, file, now=NOW, inbox=inbox)
        ids.append(hall.id)
    with database.write() as session:
        stored = passwords.hash_password(PASSWORD)
        for login, role, halls, everywhere in (
            ("admin", Role.ADMIN, ids[:1], False),
            ("allhalls", Role.ADMIN, [], True),
            ("inspector", Role.INSPECTOR, ids[:1], False),
            ("faraway", Role.INSPECTOR, ids[1:], False),
        ):
            session.add(
                User(
                    login=login,
                    name=login,
                    password_hash=stored,
                    role=role.value,
                    all_halls=everywhere,
                    password_changed_at=NOW.replace(year=2025),
                    created_at=NOW.replace(year=2025),
                    halls=[session.get_one(Hall, id) for id in halls],
                )
            )
    return Small(settings, database, ids[0], ids[1], FakeEyes(), inbox)


@pytest.fixture(scope="session")
def filled_small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Filled once; each test gets a copy."""
    world = fill_small(tmp_path_factory.mktemp("small"))
    world.settings.secret()
    world.database.close()
    return world


@pytest.fixture
def small(filled_small: Small, tmp_path: Path) -> Iterator[Small]:
    data = tmp_path / "data"
    shutil.copytree(filled_small.settings.data, data)
    settings = Settings(data=data)
    mine = replace(filled_small, settings=settings, database=Database.of(settings), eyes=FakeEyes())
    yield mine
    mine.database.close()


@pytest.fixture
def app(small: Small) -> FastAPI:
    return create_app(small.settings, database=small.database, clock=lambda: NOW, eyes=small.eyes)


@pytest.fixture
def login(app: FastAPI) -> Iterator[Callable[..., Browser]]:
    """A browser logged in as this user."""
    opened: list[Browser] = []

    def log_in(name: str = "admin", password: str = PASSWORD) -> Browser:
        client = Browser(app, base_url="http://testserver")
        client.__enter__()
        opened.append(client)
        return client.log_in(name, password)

    yield log_in
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def admin(login: Callable[..., Browser]) -> Browser:
    return login("admin")
