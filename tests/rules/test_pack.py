"""The shipped pack: every row, its words, its way of being met."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rules.kinds import KINDS
from rules.pack import load_pack, pack_diff
from rules.standard_text import missing_words, read_standard
from vision.seen import PackError

PACK = load_pack()


def test_it_holds_all_76_rows_by_tier() -> None:
    assert len(PACK.rows) == 76
    assert Counter(row.spec.tier for row in PACK.rows) == {
        "MUST": 23, "MUST-ADVISORY": 2, "BEYOND": 14, "MANUAL": 22, "PROCESS": 15,
    }  # fmt: skip


@pytest.mark.parametrize("clause", [row.id for row in PACK.rows])
def test_every_row_has_the_standards_own_words(clause: str) -> None:
    assert missing_words(PACK.row(clause).spec.text, read_standard()) == []


def test_the_words_stand_in_the_document_itself_where_it_is_at_hand(root: Path) -> None:
    found = sorted((root.parent / "shared" / "standard").glob("*.txt"))
    standard = read_standard(found[0]) if found else read_standard()
    for row in PACK.rows:
        assert missing_words(row.spec.text, standard) == [], row.id


def test_a_changed_word_is_noticed() -> None:
    standard = read_standard()
    assert missing_words("前台桌面不得摆放手机及其他配件", standard) == []
    assert missing_words("前台桌面可以摆放手机及其他配件", standard) != []
    assert missing_words("其他配件…工作时间手机应入屉存放", standard) == ["工作时间手机应入屉存放"]


def test_only_what_the_standard_orders_costs_points() -> None:
    for row in PACK.rows:
        if row.spec.modality in ("advise", "organise"):
            assert row.spec.points is None, row.id
        if row.spec.points is not None:
            assert row.spec.points.source
    advised = {row.id for row in PACK.rows if row.spec.modality == "advise"}
    assert advised == {"2S-2-(7)", "2S-2-(9)b"}


def test_windows_follow_the_clauses_own_words() -> None:
    assert PACK.row("2S-2-(4)").windows == ("W",)  # 工作时间
    assert PACK.row("2S-2-(1)b").windows == ("W",)  # 暂时不在岗
    assert PACK.row("2S-2-(5)").windows == ("W", "P", "N")


def test_it_is_in_force_from_the_notices_date() -> None:
    assert load_pack(on=date(2024, 5, 29)).label == "shiquan-2024@1.0"
    with pytest.raises(PackError, match="not on 2024-05-28"):
        load_pack(on=date(2024, 5, 28))


OVERLAY = """\
pack: town-2026
version: "1"
title: 某镇便民服务中心
effective_from: 2026-01-01
overrides: shiquan-2024
rows:
  - id: 2S-2-(5)
    windows: N
  - id: 2S-2-(9)a
    manual: 本镇由巡查人员检查
  - id: T-1
    text: 本镇自定
    gloss: a rule of this town
    s: 2S
    modality: must
    tier: MUST
    manual: 人工
"""


def test_a_towns_pack_overrides_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "town.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    town = load_pack(path)
    assert len(town.rows) == 77
    assert town.changed == {"2S-2-(5)", "2S-2-(9)a", "T-1"}
    assert town.row("2S-2-(5)").windows == ("N",)
    assert town.row("2S-2-(5)").spec.text == PACK.row("2S-2-(5)").spec.text
    assert not town.row("2S-2-(9)a").judged
    changes = pack_diff(PACK, town)
    assert [(clause, what) for clause, what, _ in changes] == [
        ("2S-2-(5)", "changed"), ("2S-2-(9)a", "changed"), ("T-1", "added"),
    ]  # fmt: skip
    assert changes[0][2]["windows"] == (["W", "P", "N"], ["N"])


def test_an_unknown_clause_names_the_nearest() -> None:
    with pytest.raises(PackError, match=r"did you mean '2S-2-\(4\)'"):
        PACK.row("2S-2-(4")


def test_every_kind_in_the_pack_is_registered() -> None:
    used = {check.kind.name for row in PACK.rows for check in row.checks}
    assert used <= set(KINDS)
