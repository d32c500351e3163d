"""Simplified Chinese first, English second: gettext catalogues read from their .po files."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

Locale: TypeAlias = Literal["zh_CN", "en"]
LOCALES: Final[tuple[Locale, ...]] = ("zh_CN", "en")
LOCALE_DIR: Final = Path(__file__).parent / "locale"
COOKIE: Final = "lang"


def parse_locale(text: str | None) -> Locale | None:
    """One of ours, written any usual way, or None."""
    if not text:
        return None
    lowered = text.replace("-", "_").casefold()
    if lowered in {"zh", "zh_cn", "zh_hans"}:
        return "zh_CN"
    if lowered.split("_")[0] == "en":
        return "en"
    return None


def locale_of(request: Request) -> Locale:
    """``?lang=`` first, then the cookie, else Chinese."""
    return (
        parse_locale(request.query_params.get("lang"))
        or parse_locale(request.cookies.get(COOKIE))
        or "zh_CN"
    )


def catalogue_files(locale: Locale) -> list[Path]:
    """The .po files of a language, one a family of pages."""
    return sorted((LOCALE_DIR / locale / "LC_MESSAGES").glob("*.po"))


@cache
def catalogue(locale: Locale) -> gettext.NullTranslations:
    """The translations of a language; Chinese is the source and needs none."""
    paths = catalogue_files(locale)
    if locale == "zh_CN" or not paths:
        return gettext.NullTranslations()
    messages = Catalog(locale=locale)
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, locale=locale):
                if message.id:
                    messages[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(locale: Locale, message: str) -> str:
    """One sentence in the reader's language."""
    return catalogue(locale).gettext(message)
