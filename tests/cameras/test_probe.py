"""The probe finds what is there with one login at most; optics as the table of halls says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
import yaml

from service.cameras.optics import phone_pixels
from service.cameras.probe import Found, probe
from service.cameras.protocol import Surroundings
from service.secrets import Login, Secret
from tests.cameras.device import PASSWORD, USER, Device, Handler, Reply, Request
from tests.cameras.onvif_device import OnvifDevice
from tests.cameras.pictures import jpeg
from vision.seen import InputError

LOGIN = Login(USER, Secret(PASSWORD))
WIDE = jpeg(1, 1920, 1080)


def hik(request: Request) -> Reply:
    if request.path in ("/ISAPI/System/deviceInfo", "/ISAPI/Streaming/channels/101/picture"):
        return Reply(body=WIDE)
    return Reply(404)


def dah(request: Request) -> Reply:
    if request.path in ("/cgi-bin/magicBox.cgi", "/cgi-bin/snapshot.cgi"):
        return Reply(body=WIDE)
    return Reply(404)


class OpenElsewhere(Device):
    """Asks for a login only on the paths that its make has, as devices do."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(handler, auth="digest")

    def login(self, request: Request) -> Reply | None:
        if self.handler(request) == Reply(404):
            return None
        return super().login(request)


def look(url: str, around: Surroundings, login: Login = LOGIN, kind: None = None) -> Found:
    return asyncio.run(probe(url, login, around, kind=kind, seconds=8))


@pytest.mark.parametrize(("handler", "kind"), [(hik, "hikvision"), (dah, "dahua")])
def test_finds_the_make_with_one_login(
    handler: Callable[[Request], Reply], kind: str, around: Surroundings
) -> None:
    with OpenElsewhere(handler) as device:
        found = look(device.url, around)
        assert (found.kind, found.trouble) == (kind, "")
        assert found.still is not None
        given = [r for r in device.requests if "authorization" in r.headers]
        assert len(given) == 1
        text = "\n".join(found.lines())
        assert "1920×1080 (2.1 MP)" in text
        assert "相差" in text
        # a 2 MP camera with a 4 mm lens can't tell a phone lying end on at 5 m
        assert "@5 m: 横放 29×6 px, 竖放 14×12 px (不足" in text
        assert yaml.safe_load(found.yaml("CAM7"))["cameras"][0]["size"] == [1920, 1080]


def test_finds_onvif(around: Surroundings) -> None:
    with Device(OnvifDevice().handle) as device:
        found = look(device.url, around)
        assert (found.kind, found.trouble) == ("onvif", "")


def test_a_wrong_password_is_sent_once(around: Surroundings) -> None:
    with OpenElsewhere(hik) as device:
        found = look(device.url, around, Login(USER, Secret("wrong-canary")))
        assert found.still is None
        assert "refused the login" in found.trouble
        assert device.refused == 1
        assert "wrong-canary" not in repr(found) + "".join(found.lines())


def test_who_asks_everywhere_for_a_login_is_taken_as_a_plain_picture(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=WIDE), auth="digest") as device:
        found = look(device.url + "/pic.jpg", around)
        assert found.kind == "http"
        assert found.still is not None


def test_nothing_there(around: Surroundings) -> None:
    found = look("http://127.0.0.1:9", around)
    assert found.still is None
    assert "没有取到图片" in found.lines()[1]


def test_an_impossible_lens(around: Surroundings) -> None:
    with pytest.raises(InputError, match="--view"):
        asyncio.run(probe("http://127.0.0.1:9", LOGIN, around, view_deg=200))


@pytest.mark.parametrize(
    ("width", "view", "distance", "across", "end_on"),
    [
        (1920, 107, 3, (28, 8), (14, 17)),
        (1920, 84, 3, (43, 12), (20, 26)),
        (1920, 84, 5, (29, 6), (14, 12)),
        (1920, 84, 10, (16, 2), None),
        (1920, 54, 3, (75, 22), (36, 45)),
        (1920, 54, 5, (52, 10), (25, 21)),
        (2560, 84, 5, (39, 8), (19, 16)),
        (3840, 84, 3, (85, 25), (41, 51)),
    ],
)
def test_pixels_of_a_phone(
    width: int,
    view: float,
    distance: float,
    across: tuple[int, int],
    end_on: tuple[int, int] | None,
) -> None:
    found = phone_pixels(width, view, distance)
    assert found.across == pytest.approx(across, abs=1.1)
    if end_on is not None:
        assert found.end_on == pytest.approx(end_on, abs=1.1)


def test_enough_is_said_only_where_every_way_of_lying_shows() -> None:
    assert not phone_pixels(1920, 84, 5).enough
    assert phone_pixels(3840, 54, 3).enough
