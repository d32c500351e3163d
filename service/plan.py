"""Spot checks: when each camera is looked at, drawn at random and provable afterwards.

A draw is a pure function of its seed, the plan, the cameras and the day's open hours.  The seed is
drawn fresh for every hall and day and kept; its SHA-256 (the commitment) is logged at once, the
seed itself may be shown when the day is over.  Whoever has the seed can draw again and see that the
times were neither chosen nor changed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias

from rules.calendar import Calendar, open_spans
from rules.hours import Hours
from vision.seen import HALL_TZ, CalendarError, InputError, Window

Slot: TypeAlias = Literal["am", "pm", "P", "N"]
SLOTS: Final[tuple[Slot, ...]] = ("am", "pm", "P", "N")
NOON: Final = time(12)
DAY_MINUTES: Final = 24 * 60
MARGIN_S: Final = 60
"""No spot within a minute of opening, closing or a break: clocks differ."""


@dataclass(frozen=True, slots=True)
class SpotPlan:
    """How often a hall's cameras are looked at.

    ``per_half_day`` draws a camera and half day; each draw is a burst of ``burst`` stills spread
    evenly over ``burst_minutes``.  ``before_open`` and ``after_close``: draws in the P and N
    windows; P lasts ``p_minutes`` up to opening, N ``n_minutes`` from the window's start.
    ``late_minutes``: a spot not taken by then is missed (N and P may be taken as long as their
    window lasts).  ``closed_days``: whether N is drawn on days the hall is shut.
    """

    per_half_day: int = 2
    burst: int = 2
    burst_minutes: int = 5
    before_open: int = 1
    after_close: int = 1
    p_minutes: int = 45
    n_minutes: int = 120
    late_minutes: int = 10
    closed_days: bool = False

    def __post_init__(self) -> None:
        limits = {
            "per_half_day": (0, 24), "burst": (1, 10), "burst_minutes": (1, 60),
            "before_open": (0, 4), "after_close": (0, 4), "p_minutes": (5, 240),
            "n_minutes": (5, 480), "late_minutes": (1, 120),
        }  # fmt: skip
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise InputError(
                    f"spot plan, {name}: {value!r}; wanted a whole number {low}..{high}"
                )

        if not isinstance(self.closed_days, bool):
            raise InputError(f"spot plan, closed_days: {self.closed_days!r}; wanted true or false")

    @staticmethod
    def of(values: Mapping[str, object]) -> SpotPlan:
        """From stored or typed values; an unknown name is refused."""
        known = set(SpotPlan.__dataclass_fields__)
        for name in values:
            if name not in known:
                raise InputError(f"spot plan has no {name!r}; known: {', '.join(sorted(known))}")
        return SpotPlan(**values)  # type: ignore[arg-type]  # __post_init__ looks at each

    def as_dict(self) -> dict[str, int | bool]:
        return asdict(self)


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One still to be taken.  ``at`` and ``until`` (exclusive) are aware, Asia/Shanghai."""

    at: datetime
    camera: str
    slot: Slot
    draw: int
    shot: int
    until: datetime

    @property
    def window(self) -> Window:
        return "P" if self.slot == "P" else "N" if self.slot == "N" else "W"

    @property
    def key(self) -> str:
        """The same for the same seed: ``CAMERA/am/0/1``."""
        return f"{self.camera}/{self.slot}/{self.draw}/{self.shot}"


@dataclass(frozen=True, slots=True)
class Draw:
    """One hall's spots of one day, in order of time, and what they were drawn from."""

    hall: str
    day: date
    seed: str
    spots: tuple[Spot, ...]

    @property
    def commitment(self) -> str:
        return commitment_of(self.seed)


def fresh_seed() -> str:
    """A new seed: 128 bits as hex."""
    return secrets.token_hex(16)


def commitment_of(seed: str) -> str:
    """What may be logged before the day: shows later that the seed was not changed."""
    return hashlib.sha256(f"deskcheck spot seed {seed}".encode()).hexdigest()


def uniform(seed: str, label: str) -> float:
    """A number in [0, 1) from the seed and a label: the same on every machine and version."""
    digest = hmac.new(seed.encode(), label.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)


Span: TypeAlias = tuple[int, int]
"""Seconds since midnight, start and end (exclusive)."""


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def spans_of(day: date, hours: Hours, calendar: Calendar, plan: SpotPlan) -> dict[Slot, list[Span]]:
    """Where spots may lie on a day, by slot; CalendarError where the year is not known."""
    found = open_spans(day, hours, calendar)
    if found is None:
        raise CalendarError(
            f"The working calendar has no year {day.year}: without it no spot check is drawn; load "
            f"the calendar file of {day.year}."
        )
    open_ = _joined([(_seconds(a), _seconds(b)) for a, b in found])
    slots: dict[Slot, list[Span]] = {slot: [] for slot in SLOTS}
    noon = _seconds(NOON)
    for start, end in open_:
        slots["am"].append((start, min(end, noon)))
        slots["pm"].append((max(start, noon), end))
    last = DAY_MINUTES * 60
    if open_:
        opening, closing = open_[0][0], open_[-1][1]
        early = max(_seconds(hours.prepare_from), opening - plan.p_minutes * 60)
        slots["P"].append((early, opening))
        after = closing + hours.after_close_min * 60
        slots["N"].append((after, min(last, after + plan.n_minutes * 60)))
    elif plan.closed_days:
        evening = 18 * 3600
        slots["N"].append((evening, min(last, evening + plan.n_minutes * 60)))
    return {
        slot: [(a + MARGIN_S, b - MARGIN_S) for a, b in parts if b - a > 2 * MARGIN_S]
        for slot, parts in slots.items()
    }


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Overlapping and touching spans made one (overtime that follows on the day's hours)."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def draw(
    hall: str,
    day: date,
    cameras: Sequence[str],
    plan: SpotPlan,
    spans: Mapping[Slot, Sequence[Span]],
    *,
    seed: str,
) -> Draw:
    """Draw a day's spots.  Every second of a slot is equally likely, for every camera alike."""
    counts: dict[Slot, int] = {
        "am": plan.per_half_day,
        "pm": plan.per_half_day,
        "P": plan.before_open,
        "N": plan.after_close,
    }
    midnight = datetime.combine(day, time(), HALL_TZ)
    spots: list[Spot] = []
    for camera in sorted(set(cameras)):
        for slot in SLOTS:
            # P and N show a state that stays: one still a draw; a burst tells persistence by day
            shots = plan.burst if slot in ("am", "pm") else 1
            tail = plan.burst_minutes * 60 if shots > 1 else 0
            parts = [(a, b - tail) for a, b in spans.get(slot, ()) if b - tail > a]
            whole = sum(b - a for a, b in parts)
            if not whole:
                continue
            for number in range(counts[slot]):
                label = f"{hall}|{day.isoformat()}|{camera}|{slot}|{number}"
                start, end = _pick(parts, int(uniform(seed, label) * whole))
                for shot in range(shots):
                    at = start + (tail * shot // (shots - 1) if shots > 1 else 0)
                    until = _until(slot, at, end + tail, plan)
                    spots.append(
                        Spot(
                            midnight + timedelta(seconds=at),
                            camera,
                            slot,
                            number,
                            shot,
                            midnight + timedelta(seconds=until),
                        )
                    )
    return Draw(hall, day, seed, tuple(sorted(spots)))


def _until(slot: Slot, at: int, end: int, plan: SpotPlan) -> int:
    """Until when a spot may be taken late: by day soon, before opening until then, at night all
    evening."""
    if slot == "N":
        return DAY_MINUTES * 60
    if slot == "P":
        return end
    return min(end, at + plan.late_minutes * 60)


def _pick(parts: Sequence[Span], second: int) -> tuple[int, int]:
    """The n-th second of a union of spans, and the end of its span."""
    for start, end in parts:
        if second < end - start:
            return start + second, end
        second -= end - start
    return parts[-1][1] - 1, parts[-1][1]


def due(spots: Sequence[Spot], now: datetime, done: frozenset[str]) -> tuple[Spot, ...]:
    """The spots whose time has come and is not over, without those done.

    Of one camera and slot only the latest is taken where several fell due together (the machine
    slept): two stills of one minute say nothing about persistence.
    """
    ready = [s for s in spots if s.at <= now < s.until and s.key not in done]
    latest: dict[tuple[str, Slot], Spot] = {}
    for spot in sorted(ready):
        latest[(spot.camera, spot.slot)] = spot
    return tuple(sorted(latest.values()))


def missed(spots: Sequence[Spot], now: datetime, done: frozenset[str]) -> tuple[Spot, ...]:
    """The spots whose time is over and that were never taken: they count against coverage."""
    return tuple(s for s in spots if s.until <= now and s.key not in done)
