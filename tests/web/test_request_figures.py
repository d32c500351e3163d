"""Requests as figures: by route, method and kind of answer; nothing of the caller's choosing."""

from __future__ import annotations

from typing import Any, cast

import pytest

from service.web.request_figures import RequestFigures
from tests.web.conftest import Browser, Login


def figures_of(client: Browser) -> RequestFigures:
    figures: RequestFigures = cast("Any", client.app).state.figures
    return figures


def counted(client: Browser, route: str, method: str = "GET", status: str = "2xx") -> float:
    labels = {"route": route, "method": method, "status": status}
    return (
        figures_of(client).registry.get_sample_value("deskcheck_request_seconds_count", labels)
        or 0.0
    )


def test_requests_count_under_their_routes_template(login: Login) -> None:
    client = login()
    before = counted(client, "/findings/{finding_id}")
    for finding in (1, 2):
        client.get(f"/findings/{finding}")
    client.get("/findings/999999")
    assert counted(client, "/findings/{finding_id}") == before + 2
    assert counted(client, "/findings/{finding_id}", status="4xx") == 1


@pytest.mark.parametrize("path", ["/no/such/page", "/%3Cscript%3E", "/findings/1/../../x"])
def test_addresses_that_match_nothing_are_one_figure(login: Login, path: str) -> None:
    client = login()
    before = counted(client, "none", status="4xx")
    client.get(path)
    assert counted(client, "none", status="4xx") == before + 1
    assert path.strip("/") not in figures_of(client).exposition().decode()


def test_a_made_up_method_makes_no_label(login: Login) -> None:
    client = login()
    client.request("BREW", "/")
    text = figures_of(client).exposition().decode()
    assert "BREW" not in text
    assert 'method="other"' in text


def test_no_finding_person_or_query_is_in_the_figures(login: Login) -> None:
    client = login()
    client.get("/queue?finding=3&hall=1")
    text = figures_of(client).exposition().decode()
    assert "finding=3" not in text
    assert 'route="/queue"' in text
