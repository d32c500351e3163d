"""Make rules/calendars/YEAR.yaml from the `chinesecalendar` package (a build-time tool).

python -m tools.make_calendars 2024 2025 2026
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar

FOLDER = Path(__file__).resolve().parent.parent / "rules" / "calendars"


def year_text(year: int) -> str:
    """The file of one year: runs of days off with their Chinese names, and days made up."""
    runs: list[tuple[str, date, date]] = []
    worked: list[date] = []
    day = date(year, 1, 1)
    while day.year == year:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if is_off and name is not None:
            zh = chinese_calendar.Holiday(name).chinese
            if runs and runs[-1][0] == zh and runs[-1][2] == day - timedelta(days=1):
                runs[-1] = (zh, runs[-1][1], day)
            else:
                runs.append((zh, day, day))
        elif not is_off and day.weekday() >= 5:
            worked.append(day)
        day += timedelta(days=1)
    lines = [
        f"year: {year}",
        f'source: "chinesecalendar {version("chinesecalendar")}, after the State Council notices"',
        "holidays:",
        *(f"  - {{name: {name}, from: {first}, to: {last}}}" for name, first, last in runs),
        "workdays:" if worked else "workdays: []",
        *(f"  - {day}" for day in worked),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    for year in map(int, sys.argv[1:]):
        (FOLDER / f"{year}.yaml").write_text(year_text(year), encoding="utf-8")


if __name__ == "__main__":
    main()
