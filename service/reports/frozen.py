"""Reports as JSON: frozen with a bulletin, given out by the API, compared when verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from service.reports.shapes import DaySheet, Report

REPORTS: Final = TypeAdapter(Report)
DAYS: Final = TypeAdapter(DaySheet)


def as_json(report: Report) -> dict[str, Any]:
    """Plain values that JSON can hold."""
    values: dict[str, Any] = REPORTS.dump_python(report, mode="json")
    return values


def from_json(values: Mapping[str, Any]) -> Report:
    """The report that was frozen."""
    return REPORTS.validate_python(dict(values))


def day_json(sheet: DaySheet) -> dict[str, Any]:
    values: dict[str, Any] = DAYS.dump_python(sheet, mode="json")
    return values


def differences(frozen: object, now: object, path: str = "") -> Iterator[str]:
    """Where two plain values differ: ``path: before → after``, lists by place."""
    if isinstance(frozen, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*frozen, *now]):
            yield from differences(
                frozen.get(key), now.get(key), f"{path}.{key}" if path else str(key)
            )
    elif isinstance(frozen, list) and isinstance(now, list):
        if len(frozen) != len(now):
            yield f"{path}: {len(frozen)} → {len(now)} entries"
        for place, (a, b) in enumerate(zip(frozen, now, strict=False)):
            yield from differences(a, b, f"{path}[{place}]")
    elif frozen != now:
        yield f"{path}: {frozen} → {now}"
