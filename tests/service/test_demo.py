"""The demo and the commands beside it: a folder of their own, passwords once, sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from service.auth.passwords import verify_password
from service.cli import build_app
from service.db.engine import Database
from service.db.models import ChiefWindow, Finding, Hall, LayoutVersion, LoginSession, User
from service.demo import Demo, run_demo
from service.halls import import_layout, read_layout
from service.night_parts import Parts
from service.settings import Settings, load_settings
from service.users import add_user, reset_password, set_active
from tests.service import made_up
from tests.service.made_up import HALL_YAML, NOW, empty_database, phone
from vision.seen import InputError, LayoutError, StoreError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "demo-data")


@pytest.fixture
def sample(tmp_path: Path) -> made_up.Hall:
    """A tiny sample hall: its frames, and an eye for them."""
    hall = made_up.Hall(tmp_path / "sample")
    (hall.folder / "hall.yaml").write_text(HALL_YAML, encoding="utf-8")
    hall.inbox.rename(hall.folder / "frames")
    hall.inbox = hall.folder / "frames"
    hall.add("cam1", "100000", phone())
    hall.add("cam2", "100000")
    return hall


def demo(settings: Settings, sample: made_up.Hall) -> Demo:
    def parts(_settings: Settings, _day: date) -> Parts:
        return sample.parts()

    return run_demo(settings, sample.folder, parts_for=parts, clock=lambda: NOW)


def test_the_demo_twice_keeps_verdicts_and_gives_new_passwords(
    settings: Settings, sample: made_up.Hall
) -> None:
    first = demo(settings, sample)
    assert [r.exit_code for r in first.reports] == [0]
    database = Database.of(settings)
    with database.write() as session:
        session.scalars(select(Finding)).one().status = "confirmed"
    second = demo(settings, sample)
    assert [r.repeated for r in second.reports] == [True]
    with database.read() as session:
        assert session.scalars(select(Finding.status)).all() == ["confirmed"]
        users = {u.login: u for u in session.scalars(select(User))}
        windows = session.execute(select(ChiefWindow.user_id, ChiefWindow.window)).all()
    assert {u.login: u.role for u in users.values()} == {
        "admin": "admin", "inspector": "inspector", "second": "inspector",
        "chief": "chief", "leader": "leader",
    }  # fmt: skip
    assert windows == [(users["chief"].id, "A1")], "half of the hall, once"
    assert {login.login: login.windows for login in second.logins if login.windows} == {
        "chief": ("A1",)
    }
    for old, new in zip(first.logins, second.logins, strict=True):
        assert verify_password(users[new.login].password_hash, new.password)
        assert not verify_password(users[new.login].password_hash, old.password)
    database.close()


def test_the_demo_leaves_other_folders_alone(settings: Settings, sample: made_up.Hall) -> None:
    settings.data.mkdir()
    (settings.data / "thesis.doc").write_text("mine")
    with pytest.raises(InputError, match="was not made by the demo"):
        demo(settings, sample)
    assert [p.name for p in settings.data.iterdir()] == ["thesis.doc"]


def test_a_sample_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"hall\.yaml is missing"):
        run_demo(settings, tmp_path)
    assert not settings.data.exists()


# ------------------------------------------------------------------ users


@pytest.fixture
def database(settings: Settings) -> Database:
    settings.data.mkdir()
    (settings.data / "deskcheck.sqlite3").write_bytes(empty_database())
    return Database.of(settings)


@pytest.mark.parametrize(
    ("login", "role", "sentence"),
    [
        ("Zhang San", "inspector", "is no login"),
        ("", "inspector", "is no login"),
        ("zhang", "boss", "There is no role 'boss'; wanted one of admin"),
        ("zhang", "inspector", "would see no hall"),
    ],
)
def test_a_wrong_user_is_refused(database: Database, login: str, role: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        add_user(database, login, role=role, now=NOW)
    with pytest.raises(InputError, match="no hall 'x'"):
        add_user(database, "li", role="inspector", halls=["x"], now=NOW)
    with database.read() as session:
        assert session.scalars(select(User)).all() == []


def test_a_new_password_lifts_the_lock_and_ends_sessions(database: Database) -> None:
    old = add_user(database, "li", role="admin", all_halls=True, now=NOW)
    with database.write() as session:
        user = session.scalars(select(User)).one()
        user.failed_count, user.locked_until = 5, NOW
        session.add(
            LoginSession(
                token_hash="x" * 64, user_id=user.id, created_at=NOW, last_seen_at=NOW,
                expires_at=NOW,
            )
        )  # fmt: skip
    new = reset_password(database, "li", now=NOW)
    with database.read() as session:
        user = session.scalars(select(User)).one()
        assert verify_password(user.password_hash, new)
        assert not verify_password(user.password_hash, old)
        assert (user.failed_count, user.locked_until, user.must_change) == (0, None, True)
        assert session.scalars(select(LoginSession)).all() == []
    with pytest.raises(InputError, match="already a user"):
        add_user(database, "li", role="admin", all_halls=True, now=NOW)
    set_active(database, "li", False, now=NOW)
    with pytest.raises(InputError, match="no user 'wang'"):
        reset_password(database, "wang", now=NOW)


# ------------------------------------------------------------------ layouts


def test_layout_versions_are_never_changed(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "hall.yaml"
    for text in (HALL_YAML, HALL_YAML, HALL_YAML.replace("测试大厅", "新大厅")):
        file.write_text(text, encoding="utf-8")
        import_layout(database, settings, file, now=NOW)
    with database.read() as session:
        assert session.scalars(select(Hall.name)).all() == ["新大厅"]
        first, second = session.scalars(select(LayoutVersion).order_by(LayoutVersion.version))
    assert (first.yaml, second.version) == (HALL_YAML, 2)
    copy = settings.data / first.base_path / "hall.yaml"
    copy.write_text("tampered", encoding="utf-8")
    assert read_layout(settings, first).hall.name == "测试大厅"


def test_a_reference_outside_the_layouts_folder_is_refused(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "layout"
    folder.mkdir()
    file = folder / "hall.yaml"
    for name, sentence in (("../up.jpg", "leads out of"), ("gone.jpg", "no file gone.jpg")):
        (tmp_path / "up.jpg").write_bytes(b"x")
        file.write_text(
            HALL_YAML.replace("- id: cam1\n", f"- id: cam1\n    reference: {{day: {name}}}\n"),
            encoding="utf-8",
        )
        with pytest.raises(LayoutError, match=sentence):
            import_layout(database, settings, file, now=NOW)


# ------------------------------------------------------------------ the command line


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DESKCHECK_DATA", str(tmp_path / "data"))
    return CliRunner()


def test_commands_from_nothing(cli: CliRunner, tmp_path: Path) -> None:
    app = build_app()
    (tmp_path / "hall.yaml").write_text(HALL_YAML, encoding="utf-8")
    for command in ("nightly", "serve"):
        result = cli.invoke(app, [command])
        assert isinstance(result.exception, StoreError)
        assert "deskcheck hall add" in str(result.exception)
    assert not (tmp_path / "data" / "deskcheck.sqlite3").exists()
    added = cli.invoke(app, ["hall", "add", str(tmp_path / "hall.yaml")])
    assert added.exit_code == 0
    assert "布局第 1 版" in added.output
    user = cli.invoke(app, ["user", "add", "zhang", "--role", "inspector", "--hall", "test"])
    assert user.output.startswith("zhang  /  ")
    listed = cli.invoke(app, ["user", "list"])
    assert "zhang" in listed.output
    assert cli.invoke(app, ["audit", "verify"]).output.startswith("审计日志完整:3 行")
    assert cli.invoke(app, ["nightly", "--date", "tomorrow"]).exit_code == 2


def test_settings_say_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKCHECK_PORT", "80000")
    with pytest.raises(InputError, match="DESKCHECK_PORT"):
        load_settings()


def test_every_setting_has_a_title_and_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.title, name
        assert str(field.description).endswith("."), name


def test_the_secret_is_drawn_once_and_readable_by_its_owner_only(settings: Settings) -> None:
    first = settings.secret()
    assert first == settings.secret()
    assert len(first) == 64
    assert (settings.data / "secret.key").stat().st_mode & 0o077 == 0
    (settings.data / "secret.key").write_text("short")
    with pytest.raises(StoreError, match="damaged"):
        settings.secret()
