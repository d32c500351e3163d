"""The summary's way to people, against a real webhook and a real mail server on loopback."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

import pytest
from pydantic import SecretStr

from service.messages import (
    WECOM_BYTES,
    Mail,
    MailServer,
    Message,
    MessageError,
    Way,
    WeCom,
    cut,
    send_all,
    ways_of,
)
from service.settings import Settings
from tests.cameras.device import Device, Reply, Request
from vision.seen import InputError

SAID = Message("石泉县政务服务中心 2026-03-11:缺 1 台摄像机:cam2", ("图像 12 张", "合格 3"))
KEY = "canary-webhook-key"


def errcode(code: int, status: int = 200) -> Reply:
    return Reply(status, json.dumps({"errcode": code, "errmsg": "x"}).encode(), "application/json")


def test_nobody_is_told_anything_unless_configured() -> None:
    assert ways_of(Settings()) == []


def test_wecom_gets_the_text_with_the_first_line_first() -> None:
    with Device(lambda _: errcode(0)) as robot:
        settings = Settings(message_webhook=SecretStr(f"{robot.url}/cgi-bin/send?key={KEY}"))
        assert send_all(ways_of(settings), SAID) == []
        [request] = robot.requests
    body = json.loads(request.body)
    assert (request.method, request.query["key"]) == ("POST", KEY)
    assert body["msgtype"] == "text"
    assert body["text"]["content"].splitlines()[0] == SAID.first


@pytest.mark.parametrize(
    ("answers", "asked", "failed"),
    [
        ([errcode(45009), errcode(-1), errcode(0)], 3, False),  # too often, busy, taken
        ([Reply(502, b"x"), errcode(0)], 2, False),
        ([errcode(93000)], 1, True),  # a wrong key gets no better by asking again
        ([Reply(404, b"x")], 1, True),
        ([Reply(302, headers={"Location": "http://localhost:1/"})], 1, True),
        ([Reply(200, b"<html>")], 1, True),
        ([Reply(500, b"x")] * 4, 4, True),
    ],
)
def test_what_may_pass_is_tried_again_and_no_more(
    answers: list[Reply], asked: int, failed: bool
) -> None:
    waits: list[float] = []
    left = list(answers)

    def answer(_: Request) -> Reply:
        return left.pop(0)

    with Device(answer) as robot:
        way = WeCom(f"{robot.url}/send?key={KEY}")
        said = send_all([way], SAID, sleep=waits.append)
        assert len(robot.requests) == asked
    assert bool(said) is failed
    assert waits == [2.0, 10.0, 30.0][: len(waits)]
    assert KEY not in "".join(said)


def test_an_unreachable_robot_is_a_sentence_without_its_key() -> None:
    said = send_all([WeCom(f"http://127.0.0.1:9/send?key={KEY}")], SAID, sleep=lambda _: None)
    assert said == [
        "The summary was not sent: 企业微信: 127.0.0.1 can't be reached (ConnectError)."
    ]


def test_one_way_that_fails_keeps_no_other_from_it() -> None:
    with Device(lambda _: errcode(0)) as robot, mail_server() as (port, got):
        ways: list[Way] = [WeCom("http://127.0.0.1:9/x"), mail(port), WeCom(f"{robot.url}/x")]
        assert len(send_all(ways, SAID, sleep=lambda _: None)) == 1
        assert (len(robot.requests), len(got)) == (1, 1)


@pytest.mark.parametrize("size", [10, 2047, 2048, 2049, 9000])
def test_a_long_text_is_cut_by_lines_and_says_so(size: int) -> None:
    text = "\n".join("缺摄像机" for _ in range(size // 13 + 1))
    short = cut(text, WECOM_BYTES)
    assert len(short.encode()) <= WECOM_BYTES
    assert short == text or (short.endswith("……") and text.startswith(short[:-2]))


# ------------------------------------------------------------------ mail


class Smtp(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    server: Any

    def handle(self) -> None:
        self.say("220 mail")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].upper()
            if verb in self.server.refuse:
                self.say(self.server.refuse[verb])
            elif verb == "EHLO":
                self.say("250-mail\r\n250-AUTH PLAIN\r\n250 8BITMIME")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                while (data := self.rfile.readline()) != b".\r\n":
                    lines.append(data)
                self.server.got.append(b"".join(lines))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 good")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuse: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Smtp)
        self.refuse = refuse
        self.got: list[bytes] = []


@contextmanager
def mail_server(**refuse: str) -> Iterator[tuple[int, list[bytes]]]:
    with SmtpServer(refuse) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_address[1], server.got
        server.shutdown()
        thread.join()


def mail(port: int, user: str = "") -> Mail:
    server = MailServer("127.0.0.1", port, "none", user, "")
    return Mail(server, "deskcheck@example.org", ["a@example.org", "b@example.org"])


def test_mail_carries_the_first_line_as_its_subject() -> None:
    with mail_server() as (port, got):
        assert send_all([mail(port)], SAID) == []
    letter = message_from_bytes(got[0], policy=policy.default)
    assert letter["Subject"] == SAID.first
    assert letter["To"] == "a@example.org, b@example.org"
    body = letter.get_body()
    assert body is not None
    assert body.get_content().splitlines()[1:] == list(SAID.lines)


@pytest.mark.parametrize(
    ("refuse", "text", "again"),
    [
        ({"RCPT": "550 no such user"}, "refused every recipient", False),
        ({"AUTH": "535 wrong"}, "refused the login", False),
        ({"MAIL": "451 later"}, "answered 451", True),
        ({"DATA": "554 no"}, "answered 554", False),
    ],
)
def test_what_the_mail_server_refuses(refuse: dict[str, str], text: str, again: bool) -> None:
    with mail_server(**refuse) as (port, _), pytest.raises(MessageError, match=text) as error:
        mail(port, "user" if "AUTH" in refuse else "").send(SAID)
    assert error.value.again is again


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"message_webhook": "file:///etc/passwd"}, "MESSAGE_WEBHOOK"),
        ({"message_webhook": "canary"}, "MESSAGE_WEBHOOK"),
        ({"smtp_host": "mail"}, "MAIL_FROM"),
        (
            {"smtp_host": "mail", "mail_from": "a@b", "mail_to": "c@d", "smtp_security": "none",
             "smtp_password": "canary"},
            "show the mail password",
        ),
        ({"smtp_host": "mail", "mail_from": "a@b\nBcc: x@y", "mail_to": "c@d"}, "no mail address"),
    ],
)  # fmt: skip
def test_wrong_settings_are_said_before_the_night(values: dict[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text) as error:
        ways_of(Settings(**values))
    assert "canary" not in str(error.value)


def test_settings_show_no_secret() -> None:
    settings = Settings(
        message_webhook=SecretStr(KEY), smtp_password=SecretStr(KEY), metrics_token=SecretStr(KEY)
    )
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json()
