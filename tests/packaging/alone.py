"""Run inside a namespace without a network: DESKCHECK FOLDER HALL.yaml; prints one JSON line."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

PORT = 18080


def raise_loopback() -> None:
    """``ip link set lo up``, without that program."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS


def fetch(path: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=20) as answer:
        return answer.status, answer.read()


def kept(data: Path) -> dict[str, Any]:
    """What the night wrote: findings, and its pictures with whether people in them are covered."""
    database = sqlite3.connect(data / "deskcheck.sqlite3")
    found = database.execute("SELECT desk, clause FROM findings ORDER BY id").fetchall()
    pictures = database.execute("SELECT path, masked FROM media").fetchall()
    database.close()
    there = [bool(masked) and (data / "media" / path).is_file() for path, masked in pictures]
    return {"findings": found, "pictures": len(there), "pictures_right": all(there)}


def main(deskcheck: str, folder: str, hall: str) -> None:
    said: dict[str, Any] = {"outside": "unreachable"}
    raise_loopback()
    try:
        socket.create_connection(("198.51.100.1", 80), timeout=2).close()
        said["outside"] = "reached"
    except OSError:
        pass
    data = Path(folder, "data")
    env = {"PATH": "/usr/bin:/bin", "DESKCHECK_DATA": str(data), "DESKCHECK_MIN_FREE_MB": "0"}
    # two moments of one desk with a phone on it: the fewest that a finding may rest on
    inbox = Path(folder, "inbox")
    inbox.mkdir()
    for moment in ("093604", "095404"):
        shutil.copy2(Path(hall).parent / "frames" / f"HALL1_20260311T{moment}.jpg", inbox)
    frames = sorted(inbox.iterdir())
    words = [deskcheck, "hall", "add", hall, "--inbox", str(inbox)]
    said["hall_add"] = subprocess.run(words, env=env).returncode
    check = subprocess.run(
        [deskcheck, "check", "--json", "--hall", hall, *map(str, frames)],
        env=env, capture_output=True, text=True,
    )  # fmt: skip
    said["check"], said["check_last"] = check.returncode, check.stdout.strip()[-2000:]
    words = [deskcheck, "nightly", "--date", "2026-03-11"]
    night = subprocess.run(words, env=env, stdout=subprocess.PIPE, text=True)
    said["night"], said["night_said"] = night.returncode, night.stdout
    said |= kept(data)
    words = [deskcheck, "serve", "--port", str(PORT), "--no-scheduler"]
    server = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            try:
                said["healthz"] = json.loads(fetch("/healthz")[1])
                break
            except OSError:
                if time.monotonic() > end or server.poll() is not None:
                    raise
                time.sleep(0.3)
        said["page"], page = fetch("/login")
        sheet = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]
        said["stylesheet"] = fetch(sheet)[0]
    finally:
        server.terminate()
        server.wait(60)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
