"""Where no camera may be (国务院令第799号): the one list, for layouts and for cameras alike."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORDS: Final = (
    "厕", "廁", "卫生间", "衛生間", "洗手间", "洗手間", "盥洗", "更衣", "换衣", "換衣", "试衣",
    "試衣", "浴室", "淋浴", "澡堂", "母婴", "母嬰", "哺乳", "宿舍", "客房",
    "toilet", "restroom", "washroom", "bathroom", "lavatory", "changingroom", "dressingroom",
    "fittingroom", "lockerroom", "shower", "nursingroom",
)  # fmt: skip
"""A name that holds one of these, however it is spaced and written, speaks of such a place."""

_ALONE: Final = re.compile(r"(?<![a-z])(?:wc|changing)(?![a-z])")
"""Words that only count where they stand alone."""


def private_place(text: str) -> str | None:
    """The word by which a name speaks of a toilet, changing room or the like; None for none."""
    # full-width letters are letters, and what can't be seen separates nothing
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    packed = re.sub(r"[\W_]+", "", plain)
    for word in WORDS:
        if word in packed:
            return word
    alone = _ALONE.search(plain)
    return None if alone is None else alone[0]
