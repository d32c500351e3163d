"""What a browser fetches before it can show a page, pictures left out: under 300 KB as sent."""

from __future__ import annotations

import re
from typing import Final

import pytest

from service.web.templating import manifest
from tests.web.conftest import Browser, Login

pytestmark = pytest.mark.skipif(
    not manifest(), reason="needs the browser parts (npm ci && npm run build)"
)
MOST: Final = 300_000
FETCHED: Final = re.compile(r'<(?:script|link)[^>]+(?:src|href)="(/static/[^"]+)"')


def sent(client: Browser, address: str) -> int:
    """Bytes of an answer's body as they go over the wire."""
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum(len(chunk) for chunk in answer.iter_raw())


@pytest.mark.parametrize("path", ["/login", "/", "/queue", "/ledger", "/overview"])
def test_a_first_visit_is_light(login: Login, path: str) -> None:
    client = login("inspector")
    if path == "/login":
        client.cookies.clear()
    parts = FETCHED.findall(client.get(path).text)
    assert any(part.endswith(".js") for part in parts)
    assert any(part.endswith(".css") for part in parts)
    assert sent(client, path) + sum(sent(client, part) for part in parts) < MOST


def test_scripts_are_sent_small(login: Login) -> None:
    client = login("inspector")
    address = f"/static/{manifest()['review.js']}"
    assert sent(client, address) < len(client.get(address).content) / 2
