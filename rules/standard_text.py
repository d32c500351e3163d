"""The standard's own words: what a pack's clause texts are held against."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from vision.seen import PackError

COPY: Final = Path(__file__).resolve().parent / "packs" / "shiquan-2024.txt"
"""The words that the shipped pack quotes, for machines without the document."""

_SPACE: Final = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Without white space: the document breaks lines inside sentences."""
    return _SPACE.sub("", text)


def read_standard(path: Path | None = None) -> str:
    """The standard's text without white space; by default the shipped copy."""
    source = path or COPY
    try:
        return squeezed(source.read_text(encoding="utf-8"))
    except OSError as fault:
        raise PackError(
            f"{source.name}: the standard's text can't be read ({fault.strerror}); check the path."
        ) from None


def missing_words(text: str, standard: str) -> list[str]:
    """The parts of a clause's text (cut at …) that the standard does not hold, in order."""
    missing: list[str] = []
    at = 0
    for part in text.split("…"):
        words = squeezed(part)
        if not words:
            continue
        found = standard.find(words, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(words)
    return missing
