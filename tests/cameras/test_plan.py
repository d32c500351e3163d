"""The draw: fair, the same for the same seed, and never outside the calendar and hours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from rules.calendar import Calendar, load_calendar, open_spans, window_of
from rules.hours import Closure, Hours, Overtime, Season
from rules.no_camera import WORDS
from service import plan as plans
from service.cameras.make import check_config, refuse_private_places
from service.cameras.protocol import CameraConfig
from service.plan import Draw, Spot, SpotPlan, commitment_of, due, missed
from vision.seen import HALL_TZ, CalendarError, InputError

CALENDAR = load_calendar()
DAY = date(2026, 3, 11)  # a Wednesday
LUNCH = (time(12), time(13, 30))
HOURS = Hours(lunch=LUNCH)
CAMERAS = ("CAM1", "CAM2", "CAM3")


def drawn(
    day: date = DAY,
    hours: Hours = HOURS,
    plan: SpotPlan | None = None,
    seed: str = "s1",
    calendar: Calendar = CALENDAR,
    cameras: tuple[str, ...] = CAMERAS,
) -> Draw:
    plan = plan or SpotPlan()
    spans = plans.spans_of(day, hours, calendar, plan)
    return plans.draw("h1", day, cameras, plan, spans, seed=seed)


def clock(text: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), HALL_TZ)


def test_the_same_seed_draws_the_same_day_for_ever() -> None:
    """Golden: a draw kept for years must come out the same on every version of this program."""
    first = drawn(seed="golden")
    assert first == drawn(seed="golden")
    assert [(f"{s.at:%H:%M:%S}", s.key) for s in first.spots if s.camera == "CAM1"] == GOLDEN
    assert first.commitment == commitment_of("golden")
    assert first.spots != drawn(seed="golden2").spots


def test_counts_and_bursts() -> None:
    plan = SpotPlan(per_half_day=3, burst=3, burst_minutes=10, before_open=1, after_close=2)
    spots = [s for s in drawn(plan=plan).spots if s.camera == "CAM2"]
    assert Counter(s.slot for s in spots) == {"am": 9, "pm": 9, "P": 1, "N": 2}
    burst = sorted(s for s in spots if s.slot == "am" and s.draw == 0)
    assert [b.at - a.at for a, b in pairwise(burst)] == [timedelta(minutes=5)] * 2


def test_a_camera_draws_the_same_whatever_others_there_are() -> None:
    alone = drawn(cameras=("CAM2",)).spots
    assert alone == tuple(s for s in drawn().spots if s.camera == "CAM2")


@settings(max_examples=120, deadline=None)
@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    seed=st.text("0123456789abcdef", min_size=4, max_size=4),
    burst=st.integers(1, 4),
    minutes=st.integers(1, 60),
    after=st.integers(0, 60),
    lunch=st.booleans(),
    overtime=st.booleans(),
)
def test_every_spot_lies_in_the_window_it_is_drawn_for(
    day: date, seed: str, burst: int, minutes: int, after: int, lunch: bool, overtime: bool
) -> None:
    hours = Hours(
        lunch=LUNCH if lunch else None,
        after_close_min=after,
        seasons=(Season.model_validate(SUMMER),),
        closures=(Closure.model_validate({"from": "2026-03-02", "to": "2026-03-06"}),),
        overtime=(
            (Overtime.model_validate({"date": str(day), "hours": "17:00-20:00"}),)
            if overtime
            else ()
        ),
    )
    plan = SpotPlan(burst=burst, burst_minutes=minutes)
    draw = drawn(day, hours, plan, seed)
    for spot in draw.spots:
        assert window_of(spot.at, hours, CALENDAR) == spot.window
        assert window_of(spot.until - timedelta(seconds=1), hours, CALENDAR) == spot.window
        assert spot.at < spot.until
    if not open_spans(day, hours, CALENDAR):
        assert not draw.spots


SUMMER = {
    "from": "05-01", "to": "09-30",
    "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:30-18:00"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 3, 14), False),  # a Saturday
        (date(2026, 10, 10), True),  # a Saturday worked in exchange
        (date(2026, 2, 17), False),  # Spring Festival
    ],
)
def test_the_chinese_calendar_decides(day: date, open_: bool) -> None:
    assert bool(drawn(day).spots) is open_


def test_a_year_without_a_calendar_draws_nothing_and_says_so() -> None:
    with pytest.raises(CalendarError, match="no year 2031"):
        drawn(date(2031, 3, 11))


def test_a_closed_day_may_have_night_spots() -> None:
    spots = drawn(date(2026, 3, 14), plan=SpotPlan(closed_days=True)).spots
    assert {s.slot for s in spots} == {"N"}


def test_the_draw_is_fair() -> None:
    """Over many seeds each half hour of the morning is drawn equally often, for each camera alike.

    Chi-square with 5 degrees of freedom: 20.5 is the 0.1 % point.
    """
    plan = SpotPlan(per_half_day=1, burst=1, before_open=0, after_close=0)
    spans = plans.spans_of(DAY, HOURS, CALENDAR, plan)
    for camera in CAMERAS:
        bins = [0] * 6
        for number in range(3000):
            draw = plans.draw("h1", DAY, (camera,), plan, spans, seed=f"fair{number}")
            at = next(s.at for s in draw.spots if s.slot == "am")
            bins[min(5, (at.hour * 60 + at.minute - 9 * 60) // 30)] += 1
        chi = sum((n - 500) ** 2 / 500 for n in bins)
        assert chi < 20.5, (camera, bins)


def test_two_cameras_are_drawn_independently() -> None:
    """Nobody who saw one camera's spot knows another's: the times don't go together."""
    plan = SpotPlan(per_half_day=1, burst=1, before_open=0, after_close=0)
    pairs = []
    for number in range(1500):
        am = [s.at for s in drawn(plan=plan, seed=f"i{number}").spots if s.slot == "am"]
        by = [(t - clock("09:00")).total_seconds() for t in am]
        draw = drawn(plan=plan, seed=f"i{number}").spots
        first, second = (
            next((s.at - clock("09:00")).total_seconds() for s in draw
                 if s.slot == "am" and s.camera == c)
            for c in ("CAM1", "CAM2")
        )  # fmt: skip
        assert len(by) == 3
        pairs.append((first, second))
    xs, ys = zip(*pairs, strict=True)
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    top = sum((x - mx) * (y - my) for x, y in pairs)
    bottom = (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5
    assert abs(top / bottom) < 0.09


# --------------------------------------------------------------------------- due and missed


def spot(at: str, until: str, camera: str = "C", slot: plans.Slot = "am", draw: int = 0) -> Spot:
    return Spot(clock(at), camera, slot, draw, 0, clock(until))


@pytest.mark.parametrize(
    ("now", "want"),
    [
        ("08:59", []),
        ("09:00", ["09:00"]),
        ("09:09", ["09:00"]),
        ("09:10", []),
        ("09:30", ["09:30"]),
    ],
)
def test_due(now: str, want: list[str]) -> None:
    spots = (spot("09:00", "09:10"), spot("09:30", "09:40", draw=1))
    assert [f"{s.at:%H:%M}" for s in due(spots, clock(now), frozenset())] == want


def test_of_spots_that_fell_due_together_the_latest_is_taken() -> None:
    spots = (spot("18:00", "23:00", slot="N"), spot("19:00", "23:00", slot="N", draw=1))
    found = due(spots, clock("20:00"), frozenset())
    assert [s.draw for s in found] == [1]
    assert due(spots, clock("20:00"), frozenset({found[0].key})) == (spots[0],)


def test_missed_spots_are_counted_once() -> None:
    spots = (spot("09:00", "09:10"), spot("09:30", "09:40", draw=1))
    assert missed(spots, clock("09:20"), frozenset()) == spots[:1]
    assert missed(spots, clock("09:20"), frozenset({spots[0].key})) == ()


@pytest.mark.parametrize(
    "values", [{"burst": 0}, {"per_half_day": 99}, {"burst": "2"}, {"burst": True}, {"nope": 1}]
)
def test_a_wrong_plan_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InputError, match="spot plan"):
        SpotPlan.of(values)


# --------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    "text",
    ["一楼卫生间", "更衣室", "女更衣间", "厕所门口", "母婴室", "Toilet 2", "changing-room", "WC",
     "wc_1", "locker_room", "SHOWER"],
)  # fmt: skip
def test_no_camera_in_toilets_and_changing_rooms(text: str) -> None:
    with pytest.raises(InputError, match="where no camera may be"):
        refuse_private_places(text)
    if not any(c in text for c in " /:"):
        with pytest.raises(InputError, match="where no camera may be"):
            check_config(CameraConfig("h1", text, "http", "http://10.0.0.1/"))
    plain = CameraConfig("h1", "C1", "http", "http://10.0.0.1/")
    for named in (replace(plain, place=text), replace(plain, name=text)):
        with pytest.raises(InputError):
            check_config(named)


def test_the_list_of_places_is_the_layout_s_own() -> None:
    for word in WORDS:
        with pytest.raises(InputError, match="where no camera may be"):
            check_config(CameraConfig("h1", f"x{word}", "http", "http://10.0.0.1/"))


@pytest.mark.parametrize("text", ["一号窗口", "CAM1", "wcam", "law-counter", "综合受理区"])
def test_halls_are_fine(text: str) -> None:
    refuse_private_places(text)


@pytest.mark.parametrize("code", ["", "a/b", "..", "a b", "a:b", "a\\b", "x" * 65, "a\nb"])
def test_ids_that_could_be_paths_are_refused(code: str) -> None:
    with pytest.raises(InputError):
        check_config(CameraConfig("h1", code, "http", "http://10.0.0.1/"))


GOLDEN = [
    ("08:23:56", "CAM1/P/0/0"),
    ("09:25:19", "CAM1/am/0/0"),
    ("09:30:19", "CAM1/am/0/1"),
    ("11:23:40", "CAM1/am/1/0"),
    ("11:28:40", "CAM1/am/1/1"),
    ("15:22:23", "CAM1/pm/1/0"),
    ("15:27:23", "CAM1/pm/1/1"),
    ("15:32:52", "CAM1/pm/0/0"),
    ("15:37:52", "CAM1/pm/0/1"),
    ("18:14:35", "CAM1/N/0/0"),
]
