"""Five hundred cameras in one run: a server of many addresses, and a capture that is measured.

``serve N`` prints the port; ``run FOLDER PORT N HANGING`` captures and prints a JSON line.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import sys
import time
from datetime import timedelta
from pathlib import Path

from service.cameras.protocol import CameraConfig
from service.capture_take import Pace
from service.plan import SpotPlan
from service.secrets import Login, Secret
from tests.cameras.device import PASSWORD, USER, Device, Reply, Request
from tests.cameras.made_hall import DAY, MadeHall
from tests.cameras.pictures import jpeg


def address(number: int) -> str:
    """A loopback address of its own for every camera: limits are per device."""
    return str(ipaddress.ip_address("127.1.0.1") + number)


async def serve(cameras: int) -> None:
    """One process, a port on each address."""
    body = jpeg(1, 1280, 720)
    count = 0

    def handle(request: Request) -> Reply:
        nonlocal count
        if request.path == "/hang":
            return Reply(silent=True)
        count += 1
        # two values of the quantisation table make every picture another one, at no cost
        table = body.index(b"\xff\xdb") + 5
        made = bytearray(body)
        made[table + 62], made[table + 63] = 1 + count // 255 % 255, 1 + count % 255
        return Reply(body=bytes(made))

    device = Device(handle, auth="digest")
    hosts = [address(n) for n in range(cameras)]
    first = await asyncio.start_server(device.client, hosts[0], 0, backlog=64)
    port = first.sockets[0].getsockname()[1]
    for host in hosts[1:]:
        await asyncio.start_server(device.client, host, port, backlog=64)
    sys.stdout.write(f"{port} {len(body)}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def peak_mb() -> float:
    """The most memory that this process held; what the one that started it held is not its own,
    though getrusage counts that, too.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def run(folder: Path, port: int, cameras: int, hanging: int) -> None:
    login = Login(USER, Secret(PASSWORD))
    configs = [
        CameraConfig(
            "test",
            f"c{n:03d}",
            "http",
            f"http://{address(n)}:{port}/{'hang' if n >= cameras - hanging else 'now.jpg'}",
            login,
        )
        for n in range(cameras)
    ]
    hall = MadeHall(folder).set_up(*configs, plan=SpotPlan(per_half_day=1, burst=1))
    hall.at(DAY + timedelta(hours=23))
    started = time.monotonic()
    report = hall.run(Pace(at_once=48, each_s=8.0, tries=2, back_off_s=(1.0,)), real=True)
    one = report.halls[0]
    result = {
        "seconds": round(time.monotonic() - started, 1),
        "peak_mb": round(peak_mb()),
        "taken": one.taken,
        "silent": sorted(one.silent),
        "filed": len(hall.filed()),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        asyncio.run(serve(int(sys.argv[2])))
    else:
        run(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
