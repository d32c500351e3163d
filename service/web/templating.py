"""Jinja2, autoescaped, one environment a language; static names come from the build's manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.web import setup_words, words
from service.web.i18n import Locale, catalogue, locale_of, translate
from vision.seen import HALL_TZ

HERE: Final = Path(__file__).parent
DIST: Final = HERE / "static" / "dist"


@cache
def manifest() -> Mapping[str, str]:
    """Logical names to built names; empty where the browser parts were not built yet."""
    path = DIST / "manifest.json"
    if not path.exists():
        return {}
    built: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return built


def asset(name: str) -> str:
    """The address of a built file."""
    return f"/static/{manifest().get(name, name)}"


def local(moment: datetime | None) -> datetime | None:
    """The moment in the hall's time zone; a naive one is taken as UTC, as the store keeps it."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        from datetime import UTC

        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(HALL_TZ)


def time_text(moment: datetime | None) -> str:
    there = local(moment)
    return there.strftime("%Y-%m-%d %H:%M") if there else ""


def day_text(moment: datetime | None) -> str:
    there = local(moment)
    return there.strftime("%Y-%m-%d") if there else ""


def clock_text(moment: datetime | None) -> str:
    there = local(moment)
    return there.strftime("%H:%M") if there else ""


def _look_up(table: Mapping[str, str], locale: Locale, key: str | None) -> str:
    return translate(locale, table.get(key or "", key or ""))


@cache
def environment(locale: Locale) -> Environment:
    """The templates of one language."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # the i18n extension puts this method there, which jinja2's own types don't know
    env.install_gettext_translations(catalogue(locale), newstyle=True)  # type: ignore[attr-defined]
    env.filters["time"] = time_text
    env.filters["day"] = day_text
    env.filters["clock"] = clock_text
    tables: dict[str, Mapping[str, str]] = {
        "state_text": words.STATES,
        "window_text": words.WINDOWS,
        "reason_text": words.DISMISS_REASONS,
        "source_text": words.SOURCES,
        "action_text": words.ACTIONS,
        "role_text": words.ROLES,
        "light_text": setup_words.LIGHTS,
        "case_state_text": words.CASE_STATES,
        "step_text": words.STEPS,
        "appeal_text": words.APPEALS,
        "verdict_text": words.VERDICTS,
        "appeal_state_text": words.APPEAL_STATES,
    }
    for name, table in tables.items():
        env.globals[name] = partial(_look_up, table, locale)
    env.globals["asset"] = asset
    env.globals["locale"] = locale
    env.globals["dismiss_reasons"] = list(words.DISMISS_REASONS)
    env.globals["texts"] = {k: translate(locale, v) for k, v in words.SCRIPT_TEXTS.items()}
    return env


def other_language(request: Request, locale: Locale) -> dict[str, str]:
    """The link to the same page in the other language."""
    other = ("en", "en", "English") if locale == "zh_CN" else ("zh", "zh-CN", "中文")
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return {"query": urlencode([*kept, ("lang", other[0])]), "lang": other[1], "text": other[2]}


Shell = Callable[[Request, Locale], Mapping[str, Any]]
"""What the frame of every page needs: viewer, menu, CSRF token."""


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page in the caller's language, inside the application's shell."""
    locale = locale_of(request)
    shell: Shell = request.app.state.shell
    values: dict[str, Any] = {
        "other_language": other_language(request, locale),
        **shell(request, locale),
        **context,
    }
    html = environment(locale).get_template(template).render(values)
    response = HTMLResponse(html, status_code=status, headers=dict(headers or {}))
    if "lang" in request.query_params:
        response.set_cookie(
            "lang",
            "en" if locale == "en" else "zh",
            max_age=31536000,
            samesite="strict",
            httponly=True,
        )
    return response
