"""What the camera tests share: a guard that lets loopback in, and a real RTSP server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.cameras.protocol import Limits, Surroundings
from service.net import LOOPBACK, AddressGuard
from tests.cameras.device import PASSWORD, USER

HERE = Path(__file__).parent
SYSTEM_PYTHON = Path("/usr/bin/python3")
PROBE = (
    "import gi; gi.require_version('GstRtspServer', '1.0'); gi.require_version('Gst', '1.0');"
    "from gi.repository import Gst, GstRtspServer; Gst.init(None);"
    "assert Gst.ElementFactory.find('x264enc') and Gst.ElementFactory.find('x265enc')"
)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where there is room: a killed process loses nothing that it gave to the system, so
    these tests prove the same there, without waiting for a disk at every commit."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK)
    if not roomy or shutil.disk_usage(memory).free < 2 * 1024**3:
        yield tmp_path_factory.mktemp("cameras")
        return
    with tempfile.TemporaryDirectory(prefix="deskcheck-", dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def around() -> Surroundings:
    return Surroundings(
        AddressGuard.of(LOOPBACK), Limits(max_bytes=2_000_000, connect_s=1.0, read_s=2.0)
    )


@dataclass(frozen=True)
class RtspPorts:
    """Ports of the RTSP server without a login and with a digest login."""

    open: int
    closed: int


@pytest.fixture(scope="session")
def rtsp() -> Iterator[RtspPorts]:
    why = (
        "needs Debian's python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base "
        "gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"
    )
    if not SYSTEM_PYTHON.exists():
        pytest.skip(why)
    probe = subprocess.run([SYSTEM_PYTHON, "-c", PROBE], capture_output=True)
    if probe.returncode:
        pytest.skip(why)
    server = subprocess.Popen(
        [SYSTEM_PYTHON, HERE / "rtsp_device.py", USER, PASSWORD],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    started = time.monotonic()
    ports = server.stdout.readline().split()
    assert len(ports) == 2, f"RTSP server did not start in {time.monotonic() - started:.1f} s"
    yield RtspPorts(int(ports[0]), int(ports[1]))
    server.terminate()
    server.wait(5)
    server.stdout.close()
