"""Anything at all sent to /api/v1: never a 500, always the one error shape, in the user's language.

The requests are drawn from the OpenAPI document, right ones and wrong ones, with numbers of things
that are there and of things that are not.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, Final

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from service.auth.sessions import COOKIE
from tests.web.conftest import Browser, Login
from tests.web.seed import World
from tests.web.test_access import address

EXAMPLES: Final = 12
"""Requests of each operation and kind: more of them find nothing that these don't."""
CJK: Final = re.compile(r"[\u4e00-\u9fff]")
ROLES: Final = ("admin", "inspector")
QUIET: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def faults_of(answer: Any, case: Case[Any]) -> str:
    """What is wrong with an answer; empty where nothing is."""
    what = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:400]
    if answer.status_code >= 500:
        return f"{what}: {answer.status_code} {answer.text[:300]}"
    if answer.status_code < 400:
        return ""
    try:
        body = answer.json()
    except ValueError:
        return f"{what}: {answer.status_code} is no JSON: {answer.text[:100]}"
    error = body.get("error") if isinstance(body, dict) and set(body) == {"error"} else None
    if not isinstance(error, dict) or not {"code", "message"} <= set(error) <= SHAPE:
        return f"{what}: {answer.status_code} has another shape: {answer.text[:200]}"
    if not CJK.search(error["message"]):
        return f"{what}: {answer.status_code} says in the wrong language: {error['message']}"
    return ""


SHAPE: Final = {"code", "message", "details"}


class Fuzz:
    """Sends what is drawn as a logged-in user, and gathers what is wrong with the answers."""

    def __init__(self, client: Browser) -> None:
        self.headers = {
            "Cookie": f"{COOKIE}={client.cookies[COOKIE]}",
            "X-CSRF-Token": client.token,
        }
        self.wrong: list[str] = []
        self.statuses: dict[int, int] = {}

    def operation(self, operation: APIOperation[Any, Any, Any, Any], known: dict[str, Any]) -> None:
        """Right and wrong requests, for what is there and for what is drawn."""
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for place in (known, None) if known else (None,):
                drawn = operation.as_strategy(mode, path_parameters=place)

                @seed(20260311)
                @QUIET
                @given(drawn)
                def send(case: Case[Any]) -> None:
                    answer = case.call(headers=self.headers)
                    self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
                    found = faults_of(answer, case)
                    if found:
                        self.wrong.append(found)

                with suppress(Unsatisfiable):  # of some operations nothing can be wrong
                    send()


@pytest.mark.parametrize("role", ROLES)
def test_whatever_comes_the_answer_is_a_sentence(
    app: FastAPI, world: World, login: Login, role: str
) -> None:
    client = login(role)
    fuzz = Fuzz(client)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=fuzz.headers)
    tried = 0
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        # each operation once, as the first role that may call it
        roles = operation.definition.raw["x-roles"]
        if next((r for r in ROLES if r in roles), None) != role:
            continue
        names = re.findall(r"{(\w+)}", operation.path)
        known = {name: address("{" + name + "}", world, "shiquan") for name in names}
        fuzz.operation(operation, known)
        tried += 1
    if fuzz.wrong:
        pytest.fail(f"{len(fuzz.wrong)} answers:\n" + "\n".join(fuzz.wrong)[:6000])
    assert tried
    if role == "admin":
        assert tried > 20
        assert fuzz.statuses.get(200, 0) > EXAMPLES, "some of the requests were right"
