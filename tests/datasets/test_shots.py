"""What is set into a base picture stays in its piece; pieces never overlap."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from datasets.render.shots import Label, PxBox, merged, set_in, yolo_lines

boxes = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 30), st.integers(1, 30)).map(
        lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
    ),
    max_size=12,
)


@given(boxes)
def test_merged_boxes_cover_all_and_never_overlap(given_boxes: list[PxBox]) -> None:
    out = merged(given_boxes)
    for b in given_boxes:
        assert any(o[0] <= b[0] and o[1] <= b[1] and o[2] >= b[2] and o[3] >= b[3] for o in out)
    drawn = np.zeros((130, 130), int)
    for x1, y1, x2, y2 in out:
        drawn[y1:y2, x1:x2] += 1
    assert drawn.max(initial=0) <= 1


def test_set_in_changes_only_its_part_and_fades_at_the_edge() -> None:
    base = (np.zeros((100, 120, 3), np.float32), np.zeros((100, 120), np.int32))
    new = (np.ones((100, 120, 3), np.float32), np.full((100, 120), 7, np.int32))
    linear, ids = set_in(base, new, (20, 30, 90, 80))
    outside = np.ones((100, 120), bool)
    outside[30:80, 20:90] = False
    assert (linear[outside] == 0).all()
    assert (ids[outside] == 0).all()
    assert (ids[~outside] == 7).all()
    assert linear[55, 55, 0] == 1
    assert 0 < linear[30, 55, 0] < 0.2
    assert (base[0] == 0).all()


def test_yolo_lines_leave_out_what_nobody_could_see() -> None:
    def label(visible: float, cls: str | None = "cup", side: int = 20) -> Label:
        return Label(1, cls, "cup.x", (10, 20, 30, 60), visible, 100, side)

    rows = yolo_lines(
        [label(1.0), label(0.05), label(1.0, None), label(1.0, side=2)], (100, 200), {"cup": 5}
    )
    assert rows == ["5 0.200000 0.200000 0.200000 0.200000"]
