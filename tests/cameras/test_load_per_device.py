"""A device is never asked more often at once than it bears."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from service.cameras.make import open_camera
from service.cameras.protocol import CameraConfig, Kind, Surroundings
from service.capture_take import Job, Pace, Taker
from service.secrets import Login, Secret
from tests.cameras.device import PASSWORD, USER, Device, Reply, Request, Shutter


@pytest.mark.parametrize(
    ("kind", "streams", "most"), [("http", [4], 4), ("http", [4, 2], 2), ("zlm", [4], 1)]
)
def test_no_more_at_once_than_the_device_bears(
    kind: Kind, streams: list[int], most: int, around: Surroundings
) -> None:
    shutter = Shutter()

    async def slow(_: Request) -> Reply:
        await asyncio.sleep(0.05)
        return Reply(body=shutter())

    with Device(slow) as device:
        plain = CameraConfig("h", "c", kind, device.url, Login(USER, Secret(PASSWORD)))
        jobs = []
        for number in range(12):
            config = replace(
                plain,
                id=f"c{number}",
                device_streams=streams[number % len(streams)],
                options={"stream": "rtsp://127.0.0.1/live"} if kind == "zlm" else {},
            )
            jobs.append(Job(config.id, config, open_camera(config, around)))
        taken = asyncio.run(Taker(Pace()).take(jobs, lambda _: None))
        assert taken == 12
        assert device.most_at_once == most
