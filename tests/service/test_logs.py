"""The log: JSON a line, and whatever is thrown at it, no secret comes out."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from hypothesis import given, settings, strategies as st
from pydantic import SecretStr

from service import logs
from service.secrets import Login, Secret
from service.settings import Settings

CANARY = "canary-S3cret-7391"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    made = io.StringIO()
    logs.set_up(Settings(), made)
    yield made
    root.handlers[:], root.level = before, level
    logging.captureWarnings(False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_object_a_line_with_time_level_and_name(stream: io.StringIO) -> None:
    structlog.get_logger("service.x").warning("captured", hall="石泉", taken=3, text="a\nb")
    logging.getLogger("uvicorn.error").error("broke %s", "off")
    one, two = lines(stream)
    assert (one["event"], one["level"], one["logger"]) == ("captured", "warning", "service.x")
    assert (one["hall"], one["taken"], one["text"]) == ("石泉", 3, "a\nb")
    assert one["at"].endswith("+08:00")
    assert two["event"] == "broke off"


@pytest.mark.parametrize(
    "text",
    [
        f"http://admin:{CANARY}@10.0.0.1/a.jpg",
        f"rtsp://admin:{CANARY}@10.0.0.1:554/Streaming/Channels/101",
        f"see http://10.0.0.1/index/api/getSnap?secret={CANARY}&url=x",
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={CANARY}",
        f"GET /x?a=1&token={CANARY} HTTP/1.1",
        f"Authorization: Bearer {CANARY}",
        "Authorization: Basic Y2FuYXJ5LVMzY3JldC03Mzkx",
        f"postgresql+psycopg://deskcheck:{CANARY}@db/deskcheck",
        f"password={CANARY}",
        f"{{'smtp_password': '{CANARY}'}}",
        f'{{"access_token": "{CANARY}"}}',
        f'Digest username="admin", nonce="{CANARY}", response="{CANARY}"',
    ],
)
def test_credentials_in_a_text_are_blotted_out(stream: io.StringIO, text: str) -> None:
    log = structlog.get_logger("x")
    log.error("a", text=text)
    log.error(text)
    log.error("b", deep={"list": [{"text": text}]})
    logging.getLogger("lib").error("%s", text)
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("broke")
        logging.getLogger("lib").exception("broke")
    assert len(lines(stream)) == 6
    assert CANARY not in stream.getvalue()
    assert "Y2FuYXJ5" not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["password", "smtp_password", "Token", "api_key", "secret", "Authorization", "cookie"]
)
def test_values_under_a_telling_name_are_blotted_out(stream: io.StringIO, name: str) -> None:
    structlog.get_logger("x").info("a", **{name: CANARY}, deep={name: [CANARY], "n": 1})
    assert CANARY not in stream.getvalue()
    assert lines(stream)[0]["deep"]["n"] == 1


def test_our_own_secrets_hide_themselves(stream: io.StringIO) -> None:
    login = Login("admin", Secret(CANARY))
    settings = Settings(message_webhook=SecretStr(CANARY), smtp_password=SecretStr(CANARY))
    structlog.get_logger("x").info("a", login=login, settings=settings, raw=CANARY.encode())
    assert CANARY not in stream.getvalue()


def test_libraries_show_no_addresses(stream: io.StringIO) -> None:
    logs.set_up(Settings(log_level="debug"), stream)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    with httpx.Client(transport=transport) as client:
        client.get(f"http://10.0.0.1/x?mark={CANARY}")
    assert CANARY not in stream.getvalue()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_cleaning_never_fails_and_is_done_once(text: str) -> None:
    once = logs.clean(text)
    assert logs.clean(once) == once


@settings(deadline=None)
@given(st.text("abcXYZ019-_.~", min_size=8, max_size=40))
def test_any_password_in_an_address_goes(password: str) -> None:
    assert password not in logs.clean(f"x http://u:{password}@h/ y").replace("http://", "")
    assert f"token={password}" not in logs.clean(f"http://h/?token={password}")


def test_text_form_for_people() -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    made = io.StringIO()
    logs.set_up(Settings(log_format="text", log_level="warning"), made)
    structlog.get_logger("x").info("quiet")
    structlog.get_logger("x").warning("loud", password=CANARY)
    root.handlers[:], root.level = before, level
    logging.captureWarnings(False)
    structlog.reset_defaults()
    assert "event='loud'" in made.getvalue()
    assert CANARY not in made.getvalue()
    assert "quiet" not in made.getvalue()
