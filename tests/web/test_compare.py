"""Beside a finding's picture: the clean one and the earlier night's, people covered, logged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from sqlalchemy import select

from rules.layout import HallLayout
from service.db.models import AuditRow, FindingFrame, FrameRow, LayoutVersion
from service.review.book import HallPlan
from service.web.app import create_app
from tests.web.conftest import Browser, Wall
from tests.web.pictures import HEIGHT, WIDTH
from tests.web.seed import SmallBook, World
from vision.seen import BoxPx, Facts, Image, ModelError

RED = (0, 0, 255)


class Eyes:
    """Sees one person over the whole left half, or has no model."""

    def __init__(self, *, blind: bool = False) -> None:
        self.blind = blind

    def name(self) -> str | None:
        return None

    def classes(self) -> tuple[str, ...] | None:
        return None

    def people(self, image: Image) -> tuple[BoxPx, ...]:
        if self.blind:
            raise ModelError("no model")
        return ((0.0, 0.0, image.shape[1] / 2, float(image.shape[0])),)

    def facts(self, paths: Sequence[Path], layout: HallLayout) -> list[Facts]:
        raise AssertionError("not asked for")


class BookWithReference(SmallBook):
    def __init__(self, file: Path) -> None:
        self.file = file

    def plan(self, version: LayoutVersion) -> HallPlan:
        cameras = {"CAM1": {"day": str(self.file)}, "CAM2": {"lamp": str(self.file)}}
        return replace(super().plan(version), references=cameras)


Start = Callable[..., Browser]


@pytest.fixture
def start(world: World, wall: Wall, tmp_path: Path) -> Start:
    """A browser on a service whose cameras have a clean picture, all red, of half the size."""
    file = tmp_path / "clean.png"
    noise = np.random.default_rng(1).integers(0, 40, (HEIGHT // 2, WIDTH // 2, 3))
    image = np.clip(np.array(RED) - noise, 0, 255).astype(np.uint8)
    cv2.imwrite(str(file), image)

    def open_browser(login: str = "inspector", *, blind: bool = False) -> Browser:
        app = create_app(
            world.settings,
            database=world.database,
            book=BookWithReference(file),
            clock=wall,
            eyes=Eyes(blind=blind),
        )
        client = Browser(app, base_url="http://testserver", raise_server_exceptions=True)
        return client.log_in(login)

    return open_browser


def payload(client: Browser, finding: int) -> dict[str, Any]:
    html = client.get(f"/queue/{finding}/panel").text
    found = re.search(r'data-finding="([^"]*)"', html)
    assert found
    read: dict[str, Any] = json.loads(unescape(found.group(1)))
    return read


def size_of(jpeg: bytes) -> tuple[int, int]:
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.shape[1], image.shape[0]


def test_the_clean_picture_is_cut_at_the_same_place_and_its_people_are_covered(
    start: Start, world: World
) -> None:
    client, finding = start(), world.findings["shiquan"][0]
    told = payload(client, finding)
    assert told["reference"] == f"/findings/{finding}/reference"
    part, whole = client.get(told["reference"]), client.get(told["reference"] + "?whole=1")
    assert part.headers["content-type"] == "image/jpeg"
    x1, y1, x2, y2 = told["shots"][0]["cropBox"]
    assert size_of(part.content) == pytest.approx(((x2 - x1) / 2, (y2 - y1) / 2), abs=1)
    assert size_of(whole.content) == (WIDTH // 2, HEIGHT // 2)
    image = cv2.imdecode(np.frombuffer(whole.content, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    covered, plain = image[:, : WIDTH // 4 - 8], image[:, WIDTH // 4 + 8 :]
    assert abs(plain.reshape(-1, 3).mean(0) - np.array(RED)).max() < 30
    fine = [float(half.astype(float).std(axis=(0, 1)).max()) for half in (covered, plain)]
    assert fine[0] < fine[1] / 2  # no detail is left where somebody is


def test_each_look_at_the_clean_picture_is_in_the_log(start: Start, world: World) -> None:
    client, finding = start(), world.findings["shiquan"][1]
    assert client.get(f"/findings/{finding}/reference").status_code == 200
    with world.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "reference.view")).one()
        assert (row.actor, row.object_kind, row.object_id) == ("inspector", "finding", str(finding))
        assert row.hall_id == world.halls["shiquan"]


@pytest.mark.parametrize(
    ("login", "hall", "status"),
    [("inspector", "chengguan", 404), ("auditor", "shiquan", 403), ("leader", "shiquan", 200)],
)
def test_it_is_behind_the_same_check_as_the_finding(
    start: Start, world: World, login: str, hall: str, status: int
) -> None:
    answer = start(login).get(f"/findings/{world.findings[hall][0]}/reference")
    assert answer.status_code == status


def test_without_a_model_an_unvouched_picture_is_refused(start: Start, world: World) -> None:
    answer = start(blind=True).get(f"/findings/{world.findings['shiquan'][0]}/reference")
    assert answer.status_code == 422
    assert "image" not in answer.headers["content-type"]


def test_a_camera_without_a_clean_picture_says_none(
    login: Callable[..., Browser], world: World
) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    assert payload(client, finding)["reference"] is None
    assert client.get(f"/findings/{finding}/reference").status_code == 404


def test_a_finding_that_stays_names_the_earlier_nights_picture(
    login: Callable[..., Browser], world: World
) -> None:
    first, other = world.findings["shiquan"][:2]
    client = login()
    assert payload(client, first)["earlier"] is None
    with world.database.write() as session:
        shot = session.scalars(select(FindingFrame).where(FindingFrame.finding_id == other)).one()
        frame = session.get_one(FrameRow, shot.frame_id)
        frame.taken_at -= timedelta(days=1)
        session.add(FindingFrame(finding_id=first, frame_id=frame.id, deciding=False))
    told = payload(client, first)
    assert told["earlier"] == 1
    assert told["shots"][1]["frame"] is not None
