"""The address guard: where nothing may be sent, and the answers that change."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from service.cameras.protocol import Surroundings
from service.net import LOOPBACK, PRIVATE, AddressError, AddressGuard, redact
from tests.cameras.device import Device, Reply
from tests.cameras.pictures import jpeg
from tests.cameras.test_kinds import camera, take


def answering(*answers: Sequence[str]) -> tuple[AddressGuard, list[str]]:
    """A guard whose name server gives these answers, one call after the other."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(f"{host}:{port}")
        return answers[min(len(asked), len(answers)) - 1]

    return AddressGuard.of(PRIVATE, resolver=resolve), asked


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("file:///etc/passwd", "scheme 'file'"),
        ("ftp://10.0.0.1/a.jpg", "scheme 'ftp'"),
        ("gopher://10.0.0.1/", "scheme"),
        ("concat:http://10.0.0.1/a|file:///x", "scheme"),
        ("10.0.0.1/a.jpg", "scheme '\\(none\\)'"),
        ("http://admin:canary@10.0.0.1/", "user name or password"),
        ("http://10.0.0.1/a b", "space"),
        ("http://10.0.0.1/a\r\nHost: x", "control"),
        ("http://10.0.0.1\\@evil.example/", "backslash"),
        ("http:///a.jpg", "no usable host"),
        ("http://10.0.0.1:99999/", "no URL"),
        ("http://10.0.0.1:0/", "port 0"),
        ("http://[::1/", "no URL"),
        ("http://exa mple/", "space"),
        ("http://10.0.0.1/" + "a" * 3000, "longer"),
    ],
)
def test_forms_that_are_refused(url: str, text: str) -> None:
    with pytest.raises(AddressError, match=text) as error:
        AddressGuard().split(url)
    assert "canary" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("10.1.2.3", True), ("172.16.0.1", True), ("192.168.255.255", True), ("fd00::1", True),
        ("::ffff:10.0.0.1", True), ("172.32.0.1", False), ("127.0.0.1", False), ("0.0.0.0", False),  # noqa: S104 - refused, not listened on
        ("169.254.169.254", False), ("8.8.8.8", False), ("::1", False), ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False), ("::ffff:169.254.169.254", False), ("224.0.0.1", False),
        ("100.64.0.1", False), ("2001:db8::1", False), ("not-an-address", False),
    ],
)  # fmt: skip
def test_only_private_ranges_unless_told(address: str, allowed: bool) -> None:
    assert AddressGuard().permits(address) is allowed


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::ffff:7f00:1]"]
)
def test_other_spellings_of_loopback_end_the_same(host: str) -> None:
    with pytest.raises(AddressError):
        asyncio.run(AddressGuard().check(f"http://{host}/"))


def test_one_bad_answer_refuses_the_name() -> None:
    guard, _ = answering(["10.0.0.1", "169.254.169.254"])
    with pytest.raises(AddressError, match="outside the allowed"):
        asyncio.run(guard.check("http://camera.example/"))


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """Rebinding: the name answers rightly once, then with loopback; it is asked only once."""
    with Device(lambda _: Reply(body=jpeg(1)), auth="digest") as device:
        asked: list[str] = []

        async def resolve(host: str, _port: int) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.1"]

        guard = AddressGuard.of(LOOPBACK, resolver=resolve)
        still = take(camera("http", f"http://cam.example:{device.port}/a.jpg"), Surroundings(guard))
        assert still.width == 320
        assert asked == ["cam.example"]
        # 401 and the answer to it went to the same place, under the name's own Host header
        assert [r.headers["host"] for r in device.requests] == [f"cam.example:{device.port}"] * 2


def test_a_second_check_sees_the_second_answer() -> None:
    guard, asked = answering(["10.0.0.1"], ["127.0.0.1"])
    assert asyncio.run(guard.check("rtsp://cam.example/1")).pinned_url == "rtsp://10.0.0.1:554/1"
    with pytest.raises(AddressError):
        asyncio.run(guard.check("rtsp://cam.example/1"))
    assert asked == ["cam.example:554", "cam.example:554"]


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://203.0.113.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://203.0.113.1:9")
    with Device(lambda _: Reply(body=jpeg(1))) as device:
        around = Surroundings(AddressGuard.of(LOOPBACK))
        assert take(camera("http", device.url + "/a.jpg"), around).width == 320


def test_a_wrong_network_in_the_settings_is_named() -> None:
    with pytest.raises(AddressError, match=r"10\.0\.0\.0/33"):
        AddressGuard.of(["10.0.0.0/33"])


@given(st.text("abcXYZ0189", min_size=1, max_size=20))
def test_redact_leaves_no_password(word: str) -> None:
    secret = f"zq{word}zq"
    for text in (
        f"rtsp://admin:{secret}@10.0.0.1/x broke",
        f"http://10.0.0.1/getSnap?secret={secret}&url=x",
        f"GET /login?username=a&password={secret} HTTP/1.1",
        f"access_token={secret}",
    ):
        assert secret not in redact(text)
