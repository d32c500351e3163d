"""Words of the report pages in the reader's language; documents themselves are Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from service.reports.bulletins import STATE_ZH, STEP_ZH
from service.reports.day_sheet import SAID_ZH
from service.reports.feedback import STATE_ZH as FEEDBACK_ZH
from service.reports.papers.words import CARDS, UNSCORED
from service.reports.points import LABELS
from service.web.i18n import Locale, translate

KIND_WORDS: Final[Mapping[str, str]] = {
    "day": "日巡查",
    "week": "周汇总",
    "month": "月通报",
    "year": "年考核",
}
ROLE_WORDS: Final[Mapping[str, str]] = {"person": "窗口人员", "chief": "首席代表"}
ALL: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(
        text
        for table in (
            KIND_WORDS, ROLE_WORDS, STATE_ZH, STEP_ZH, SAID_ZH, FEEDBACK_ZH, CARDS, UNSCORED,
            LABELS,
        )
        for text in table.values()
        if text
    )
)  # fmt: skip


def report_words(locale: Locale) -> Mapping[str, str]:
    """Chinese word -> the reader's."""
    return {"": "", **{text: translate(locale, text) for text in ALL}}
