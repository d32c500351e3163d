"""How many requests, how long, how they ended: by route template, never by address or person."""

from __future__ import annotations

import time
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds; 0.05 and 0.15 are what a verdict and a list are meant to stay under."""
NO_ROUTE: Final = "none"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestFigures:
    """The figures of one application since its start."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self.seconds = Histogram(
            "deskcheck_request_seconds",
            "Seconds a request took, by route, method and kind of answer.",
            ("route", "method", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request; ``status`` 0 where it ended without an answer."""
        # an unknown method would be a label of the caller's choosing
        known = method if method in METHODS else "other"
        kind = f"{status // 100}xx" if status else "none"
        self.seconds.labels(route, known, kind).observe(seconds)

    def exposition(self) -> bytes:
        """In Prometheus' text form."""
        return generate_latest(self.registry)


class Measured:
    """Measures each request from its first byte to the last byte of its answer."""

    def __init__(self, app: ASGIApp, *, figures: RequestFigures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        start = time.perf_counter()
        try:
            await self.app(scope, receive, watched)
        finally:
            took = time.perf_counter() - start
            self.figures.add(_route(scope), scope["method"], status, took)


def _route(scope: Scope) -> str:
    """The route's template (``/findings/{finding_id}``); what matched none is one figure."""
    template = getattr(scope.get("route"), "path", None)
    if isinstance(template, str):
        return template
    return "/static" if scope["path"].startswith("/static/") else NO_ROUTE
