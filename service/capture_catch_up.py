"""Missed spots of a drop made good: each by the picture nearest to it that was dropped then.

Only a drop keeps what was before; a camera that is asked shows what is now.  The picture must lie
in the spot's own window, so that a late one never proves what was drawn for another time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final, Protocol

from service.cameras.kinds.folder import Dropped
from service.cameras.protocol import Still
from service.capture_record import RETRY_STEP_S
from service.db.camera_tables import SpotDraw, SpotResult
from service.plan import MARGIN_S, Spot
from vision.seen import HALL_TZ

ARRIVES_WITHIN: Final = timedelta(hours=12)
"""A sender that was cut off brings its pictures later; so long they are looked for again."""


class Drop(Protocol):
    """What a folder camera has to offer of a time that is over."""

    max_age_s: float

    def dropped_between(self, start: datetime, end: datetime) -> list[Dropped]: ...

    def read(self, dropped: Dropped) -> Still | None: ...


@dataclass(frozen=True, slots=True)
class Late:
    """A spot that is over and has no still.  ``opens``: when the window began that it lies in."""

    draw_id: int
    spot: Spot
    opens: datetime

    def start(self, max_age_s: float) -> datetime:
        """The earliest moment of a picture for it: as old as a live one may be, in its window."""
        return max(self.opens, self.spot.at - timedelta(seconds=max_age_s))


def late_of(
    row: SpotDraw, spots: Iterable[Spot], results: Mapping[str, SpotResult], now: datetime
) -> Iterator[Late]:
    """The spots of a drop's camera that are over, have no still, and may still be made good."""
    midnight = datetime.combine(row.day, time(), HALL_TZ)
    for spot in spots:
        result = results.get(spot.key)
        if spot.until > now or not (result is None or _again(result, spot, now)):
            continue
        begins = [midnight + timedelta(seconds=a - MARGIN_S) for a, _ in row.spans[spot.slot]]
        yield Late(row.id, spot, max(moment for moment in begins if moment <= spot.at))


def _again(result: SpotResult, spot: Spot, now: datetime) -> bool:
    """Whether a spot that was looked for in vain is looked for again, ever more rarely."""
    if result.state in ("taken", "stopped") or now - spot.until > ARRIVES_WITHIN:
        return False
    return (now - result.recorded_at).total_seconds() >= result.tries * RETRY_STEP_S


def made_good(
    drop: Drop, late: Sequence[Late], used: Set[datetime], seen: Set[str]
) -> Iterator[tuple[Late, Still | None]]:
    """Each late spot with its still, or None where the drop holds none of then.

    One picture serves one spot and the nearest pair goes first; ``used``: moments of this camera's
    stills that are taken, ``seen``: their sha256 (a recorder that repeats a picture shows nothing).
    """
    starts = {one: one.start(drop.max_age_s) for one in late}
    files = drop.dropped_between(min(starts.values()), max(one.spot.until for one in late))
    pairs = sorted(
        (
            (abs(file.named_at - one.spot.at), one.spot.at, file.named_at, one, file)
            for one, start in starts.items()
            for file in files
            if start <= file.named_at < one.spot.until
        ),
        key=lambda pair: (*pair[:3], pair[3].spot.key, str(pair[4].path)),
    )
    gone, copies, bad = set(used), set(seen), set[Path]()
    open_ = dict.fromkeys(late)
    for *_, one, file in pairs:
        if one not in open_ or file.named_at in gone or file.path in bad:
            continue
        still = drop.read(file)
        if still is None or copies & {still.sha256, still.picture_sha256}:
            bad.add(file.path)
            continue
        gone.add(file.named_at)
        copies.add(still.picture_sha256)
        del open_[one]
        yield one, still
    for one in open_:
        yield one, None


def how_made_good(spot: Spot, still: Still, now: datetime) -> str:
    """What the record says of such a still."""
    gap = (still.taken_at - spot.at).total_seconds()
    side = "after" if gap >= 0 else "before"
    when = f"made good from the drop at {now:%Y-%m-%d %H:%M}"
    return f"{when}, by a picture of {abs(gap):.0f} s {side} the spot"
