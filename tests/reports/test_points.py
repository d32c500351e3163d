"""What a case takes, what a table may say, which version counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.pack import load_pack
from service.reports.points import (
    BadPoints,
    PointsTable,
    Tables,
    Weighed,
    checked,
    default_table,
    sources_of,
    weigh,
)
from service.reports.shapes import Unscored

TABLE = PointsTable(deduct={"A": 0.5, "B": 1.0}, repeat_factor=2, late_extra=0.25)
PLAIN: dict[str, Any] = {
    "advisory": False, "trial": False, "appealed": False, "upheld": False, "recurrence": 0,
    "late": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "more", "points", "unscored"),
    [
        ("A", {}, 0.5, None),
        ("B", {}, 1.0, None),
        ("A", {"recurrence": 1}, 1.0, None),
        ("A", {"recurrence": 3}, 1.0, None),
        ("A", {"late": True}, 0.75, None),
        ("B", {"recurrence": 1, "late": True}, 2.25, None),
        ("A", {"trial": True}, 0.0, Unscored.TRIAL),
        ("A", {"advisory": True}, 0.0, Unscored.ADVISE),
        ("A", {"appealed": True, "late": True}, 0.0, Unscored.APPEALED),
        ("A", {"upheld": True, "trial": True}, 0.0, Unscored.UPHELD),
        ("C", {}, 0.0, Unscored.NO_POINTS),
        ("C", {"late": True}, 0.0, Unscored.NO_POINTS),
    ],
)
def test_what_a_case_takes(
    clause: str, more: dict[str, Any], points: float, unscored: Unscored | None
) -> None:
    assert weigh(TABLE, clause=clause, **{**PLAIN, **more}) == Weighed(points, unscored)


def test_a_hall_may_score_its_trial() -> None:
    table = TABLE.model_copy(update={"score_trial": True})
    assert weigh(table, clause="A", **{**PLAIN, "trial": True}) == Weighed(0.5)


@pytest.mark.parametrize(
    ("taken", "card"),
    [(0, ""), (0.99, ""), (1, "blue"), (2.99, "blue"), (3, "yellow"), (6, "red"), (99, "red")],
)
def test_the_card_of_what_was_taken(taken: float, card: str) -> None:
    assert TABLE.card(taken) == card


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"base": "x"}, "“基准分”填写有误:请填写数字。"),
        ({"base": 0}, "“基准分”填写有误:不得小于 1。"),
        ({"repeat_factor": 0.5}, "“复发倍数”填写有误:不得小于 1。"),
        ({"chief_share": 1.5}, "“首席代表分担比例”填写有误:不得大于 1。"),
        ({"rank_least": -0.1}, "“参与排名的最低覆盖率”填写有误:不得小于 0。"),
        ({"blue": 0}, "“蓝牌起点”填写有误:须大于 0。"),
        ({"blue": 5, "yellow": 4}, "“蓝牌、黄牌、红牌”填写有误:起点分值须依次升高。"),
        ({"deduct": {"A": -1}}, "“A”填写有误:不得小于 0。"),
        ({"deduct": {"A": "half"}}, "“A”填写有误:请填写数字。"),
        ({"deduct": {"A": "nan"}}, "“A”填写有误:请填写数字。"),
        ({"deduct": {"Z": 1}}, "“Z”填写有误:标准中没有这一条款。"),
    ],
)
def test_a_wrong_field_is_named_with_its_mend(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadPoints) as refused:
        checked(values, ["A", "B"])
    assert str(refused.value) == sentence


def test_the_version_in_force_is_the_last_saved_of_those_begun() -> None:
    one = PointsTable(version=1, effective_from=date(2026, 1, 1))
    two = PointsTable(version=2, effective_from=date(2026, 4, 1))
    three = PointsTable(version=3, effective_from=date(2026, 2, 1))
    tables = Tables(PointsTable(), (three, two, one))
    assert [tables.on(date(2026, m, 15)).version for m in (1, 3, 4)] == [1, 3, 3]
    assert tables.on(date(2025, 12, 31)).version == 0


def test_the_shipped_default_names_its_sources_and_never_costs_for_a_reminder() -> None:
    pack = load_pack()
    table, sources = default_table(pack), sources_of(pack)
    scored = {row.id for row in pack.rows if row.spec.scored}
    assert table.deduct
    assert set(table.deduct) <= scored
    assert all(sources[clause] for clause in table.deduct)
