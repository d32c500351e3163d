"""The answer key follows what the pictures show, not what was meant to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from datasets.render import sample_key as key, sample_plan as plan
from datasets.render.sample_key import FrameFacts


def box(tag: str, visible: float = 1.0, side: int = 30, cls: str = "phone") -> dict[str, Any]:
    return {
        "cls": cls, "asset": f"{cls}.sample.x@y", "desk": "D1", "tags": [tag],
        "box_xyxy_px": [0, 0, side, side * 2], "short_side_px": side, "visible": visible,
    }  # fmt: skip


def frame(
    moment: str,
    labels: Sequence[Mapping[str, Any]] = (),
    broken: str | None = None,
    hidden: float = 0.0,
) -> FrameFacts:
    kinds = set(key.ZONE_OF.values())
    return FrameFacts(
        f"{moment}.jpg", "HALL1", moment, broken, labels, {k: {"D1": hidden} for k in kinds}
    )


def truth(frames: Sequence[FrameFacts], clause: str, window: str) -> str:
    mine = [f for f in frames if f.window == window]
    wanted = {"desk": "D1", "clause": clause, "window": window}
    found = [r for r in key.rows(mine) if wanted.items() <= r.items()]
    assert len(found) == 1
    return str(found[0]["truth"])


PHONE = box(f"plant:{plan.PHONE}")


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        # D1's phone is planned for W0..W3, W5, W6
        ([frame("W0", [PHONE]), frame("W1", [PHONE])], "violation"),
        ([frame("W0", [PHONE]), frame("W1", [PHONE], "black")], "unjudgeable"),
        ([frame("W0", [box(f"plant:{plan.PHONE}", 0.3)]), frame("W1", [PHONE])], "unjudgeable"),
        ([frame("W0", [box(f"plant:{plan.PHONE}", side=9)])] * 2, "unjudgeable"),
        ([frame("W7"), frame("W8")], "compliant"),
        ([frame("W7", hidden=0.9), frame("W8", hidden=0.6)], "unjudgeable"),
        ([frame("W7", broken="blurred")], "unjudgeable"),
        ([], "unjudgeable"),
    ],
)
def test_a_planted_phone(frames: list[FrameFacts], expected: str) -> None:
    assert truth(frames, plan.PHONE, "W") == expected


def test_absence_needs_two_frames_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(plan.AWAY, "D1", (plan.w(0, 1, 3), False))
    person = box("", cls="person")
    assert truth([frame("W0"), frame("W1"), frame("W2", [person])], plan.ABSENT, "W") == "violation"
    split = [frame("W0"), frame("W1", broken="black"), frame("W2", [person]), frame("W3")]
    assert truth(split, plan.ABSENT, "W") == "compliant"
    monkeypatch.setitem(plan.AWAY, "D1", (plan.w(3, 4), False))
    noon = [frame("W2", [person]), frame("W3"), frame("W4"), frame("W5", [person])]
    assert truth(noon, plan.ABSENT, "W") == "compliant"
    monkeypatch.setitem(plan.AWAY, "D1", (plan.w(0, 1), True))
    sign = box(f"twin:{plan.ABSENT}", cls="pause_sign")
    assert truth([frame("W0", [sign]), frame("W1", [sign])], plan.ABSENT, "W") == "compliant"
    assert truth([frame("W0"), frame("W1")], plan.ABSENT, "W") == "unjudgeable"


def test_every_desk_clause_and_window_is_answered() -> None:
    asked = [(r["desk"], r["clause"], r["window"]) for r in key.rows([])]
    assert len(asked) == len(set(asked)) == 8 * sum(map(len, plan.WINDOWS.values()))
    assert {r["truth"] for r in key.rows([])} == {"unjudgeable"}
