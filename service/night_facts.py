"""Facts as JSON and back, without loss: what a killed night goes on from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter, ValidationError

from vision.seen import HALL_TZ, Facts, StoreError

FORM: Final = "facts-3"
"""Name of the stored form: facts of another form are made anew."""


@cache
def _adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


def facts_key(frame_sha256: str, layout_sha256: str, model_sha256: str) -> str:
    """What a frame's facts were made from; another key means other facts."""
    text = "\n".join((FORM, frame_sha256, layout_sha256, model_sha256))
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(facts: Facts) -> dict[str, Any]:
    """Plain data for a JSON column."""
    content = asdict(replace(facts))  # a copy has worked nothing out yet
    del content["memo"]
    plain = json.loads(json.dumps(content, default=_plain))
    assert isinstance(plain, dict)  # noqa: S101 - a dataclass is a JSON object
    return plain


def from_json(stored: dict[str, Any]) -> Facts:
    """The same facts again; StoreError when the stored form is not theirs."""
    try:
        facts = _adapter().validate_python(stored)
    except ValidationError as error:
        raise StoreError(
            f"Stored facts can't be read ({error.error_count()} faults); run the night again."
        ) from None
    return replace(facts, taken_at=facts.taken_at.astimezone(HALL_TZ))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} can't be stored in facts")
