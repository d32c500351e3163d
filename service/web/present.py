"""Review values as templates and the API show them: codes become words of a language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from datasets.classes import CLASS_ZH
from service.review.book import Book, is_advisory
from service.review.cards import Card
from service.review.causes import Also
from service.review.detail import Detail, Event, Shot
from service.web.i18n import Locale
from service.web.templating import local, time_text

MANUAL_REASONS = {"zh_CN": "人工补记。", "en": "Added by hand."}


def reason_sentence(book: Book, card: Card, locale: Locale) -> str:
    """The measured reason in words."""
    if card.reason_code == "manual":
        return MANUAL_REASONS[locale]
    return book.sentence(card.reason_code, card.reason_values, locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Card):
    """A card with its words."""

    reason: str
    short: str


def _fields_of(card: Card) -> dict[str, Any]:
    return {field.name: getattr(card, field.name) for field in fields(Card)}


def row_of(book: Book, card: Card, locale: Locale) -> Row:
    clause = book.clauses().get(card.clause)
    return Row(
        **_fields_of(card),
        reason=reason_sentence(book, card, locale),
        short=clause.short(locale) if clause else "",
    )


def class_name(cls: str, locale: Locale) -> str:
    """A detector class in words."""
    if cls == "manual":
        return MANUAL_REASONS[locale].rstrip("。.")
    return CLASS_ZH.get(cls, cls) if locale == "zh_CN" else cls.replace("_", " ")


@dataclass(frozen=True, slots=True)
class ShotView:
    """A moment with its title."""

    shot: Shot
    title: str

    @property
    def frame(self) -> int | None:
        return self.shot.frame

    @property
    def view_box(self) -> str:
        """The crop's place (else the frame's) as an SVG view box, so boxes need no arithmetic."""
        x1, y1, x2, y2 = self.shot.crop_box
        return f"{x1:g} {y1:g} {x2 - x1:g} {y2 - y1:g}"

    @property
    def crop(self) -> int | None:
        return self.shot.crop


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView(Row):
    """A finding as its panel and its page show it; ``measured`` are names and values in words."""

    advisory: bool
    versions: str
    frame_id: int | None
    shots: list[ShotView]
    measured: list[tuple[str, str]]
    history: list[Event]
    others: list[Also]
    """Other clauses of the same cause, open as well."""
    has_reference: bool
    earlier: int | None
    """Place in ``shots`` of the last night before that of the first shot."""


def finding_view(book: Book, detail: Detail, locale: Locale) -> FindingView:
    days = {local_day(shot.taken_at) for shot in detail.shots}
    shots = [
        ShotView(shot, time_text(shot.taken_at) if len(days) > 1 else clock(shot.taken_at))
        for shot in detail.shots
    ]
    card = detail.card
    clause = book.clauses().get(card.clause)
    pack, model, layout = detail.versions
    return FindingView(
        **_fields_of(card),
        reason=reason_sentence(book, card, locale),
        short=clause.short(locale) if clause else "",
        advisory=is_advisory(card.modality),
        versions=" · ".join(part for part in (pack, model, f"L{layout}") if part),
        frame_id=detail.frame_id,
        shots=shots,
        measured=book.measured(detail.measured, locale),
        history=list(detail.history),
        others=list(detail.also),
        has_reference=detail.reference is not None,
        earlier=_earlier(detail.shots),
    )


def _earlier(shots: Sequence[Shot]) -> int | None:
    """The shot of another day to set beside the first: the newest before it, else the newest."""
    if not shots:
        return None
    first = local_day(shots[0].taken_at)
    others = [
        (local_day(shot.taken_at) < first, shot.taken_at, place)
        for place, shot in enumerate(shots)
        if local_day(shot.taken_at) != first and (shot.crop or shot.frame)
    ]
    return max(others)[2] if others else None


def local_day(moment: datetime) -> date:
    return moment_there(moment).date()


def moment_there(moment: datetime) -> datetime:
    there = local(moment)
    assert there is not None  # noqa: S101 - only no moment has none
    return there


def clock(moment: datetime) -> str:
    there = local(moment)
    return there.strftime("%H:%M:%S") if there else ""


def viewer_payload(view: FindingView, locale: Locale) -> str:
    """What the picture viewer needs of a finding, as JSON for a data attribute."""
    kind = "manual" if view.source == "manual" else "suspect"
    shots = [
        {
            "frame": f"/media/{item.shot.frame}" if item.shot.frame else None,
            "size": item.shot.size,
            "crop": f"/media/{item.shot.crop}" if item.shot.crop else None,
            "cropBox": item.shot.crop_box,
            "title": item.title,
            "marks": [
                {
                    "box": box.xyxy_px,
                    "label": mark_label(box.cls, box.confidence, locale),
                    "kind": kind,
                }
                for box in item.shot.boxes
            ],
        }
        for item in view.shots
    ]
    return json.dumps(
        {
            "id": view.id,
            "rowVersion": view.row_version,
            "state": view.state,
            "shots": shots,
            "reference": f"/findings/{view.id}/reference" if view.has_reference else None,
            "earlier": view.earlier,
            "also": [{"id": other.id, "row_version": other.row_version} for other in view.others],
        },
        ensure_ascii=False,
    )


def mark_label(cls: str, confidence: float, locale: Locale) -> str:
    """What stands on a box: what was not detected but measured, or is missing, has no share."""
    name = class_name(cls, locale)
    return name if cls == "manual" or not confidence else f"{name} {confidence * 100:.0f}%"
