"""Every reason code that the rules use has a sentence in Chinese and in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from datasets.classes import CLASS_ZH, CLASSES
from rules.kinds.base import passed, suspect, unjudged
from rules.messages import MESSAGES, UNIT_ZH, ZONE_ZH, sentence
from rules.sizes import SIZE_CM
from rules.verdict import Reason
from vision.seen import GateReason, ZoneKind

MAKERS = {passed.__name__, unjudged.__name__, suspect.__name__, "Moment"}


def codes_in(root: Path) -> set[str]:
    """Every string that could be a code at the place where an answer's code stands."""
    found: set[str] = set()
    for path in (root / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                at = 1 if node.func.id == "Moment" else 0
                if node.func.id in MAKERS and len(node.args) > at:
                    found |= {
                        n.value
                        for n in ast.walk(node.args[at])
                        if isinstance(n, ast.Constant) and isinstance(n.value, str)
                    }
    return {c for c in found if re.fullmatch(r"[a-z][a-z_]*[a-z]", c)}


def test_every_code_in_use_has_its_sentences(root: Path) -> None:
    codes = codes_in(root)
    assert len(codes) > 30
    assert codes - set(MESSAGES) == set()


@pytest.mark.parametrize("reason", [r for r in get_args(GateReason) if r != "ok"])
def test_every_gate_reason_has_its_sentences(reason: str) -> None:
    assert f"gate_{reason}" in MESSAGES


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_use_the_same_values(code: str) -> None:
    zh, en = MESSAGES[code]
    assert re.search(r"[一-鿿]", zh)
    assert not re.search(r"[一-鿿]", en)
    names = [set(re.findall(r"{(\w+)}", text)) for text in (zh, en)]
    assert names[0] == names[1]


def test_every_zone_and_class_can_be_named() -> None:
    assert set(ZONE_ZH) == set(get_args(ZoneKind))
    assert set(SIZE_CM) == set(CLASSES) == set(CLASS_ZH)
    assert set(UNIT_ZH) <= set(CLASSES)


def test_a_sentence_with_and_without_its_optional_part() -> None:
    values: dict[str, float | str] = {"zone": "desk_top", "things": "phone×1, charger×2"}
    assert sentence(Reason("thing_in_zone", values)) == "桌面有 手机 1 部, 充电器 2 个"
    values["edge_cm"] = 12.0
    assert sentence(Reason("thing_in_zone", values)).endswith(", 距桌沿 12 cm")
    english = sentence(Reason("thing_in_zone", values), "en")
    assert english == "1 phone, 2 charger on the desk top, 12 cm from the edge"
