"""The web page's server: one process, an address that is free, a browser where there is one."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser
from typing import Final

from service.settings import Settings
from service.tls import require_pair
from vision.seen import InputError

OPEN_WITHIN_S: Final = 15.0


def require_free(host: str, port: int) -> None:
    """Refuse, with the mend, an address that somebody listens on already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"Can't listen on {host}:{port} ({error.strerror}); another program is there, or "
                "the address is not this machine's. Give another with --port or --host."
            ) from None


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    import uvicorn

    from service.web.app import create_app

    pair = require_pair(settings)
    require_free(settings.host, settings.port)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
        ssl_certfile=pair[0] if pair else None,
        ssl_keyfile=pair[1] if pair else None,
    )


def has_display() -> bool:
    """Whether a browser could open here."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_when_up(address: str, host: str, port: int) -> None:
    """Open the browser as soon as the server answers, without holding anything up."""

    def wait() -> None:
        end = time.monotonic() + OPEN_WITHIN_S
        while time.monotonic() < end:
            try:
                with socket.create_connection((host, port), timeout=1):
                    webbrowser.open(address)
                    return
            except OSError:
                time.sleep(0.2)

    threading.Thread(target=wait, name="open-browser", daemon=True).start()
