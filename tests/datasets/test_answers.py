"""Verdicts held against a key: what each pair counts as, and what a wrong key is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from datasets.answers import Tally, compare, read_key, table, total
from rules.verdict import Verdict
from vision.seen import DatasetError

CASES = [
    ("violation", Verdict.SUSPECT, "found"),
    ("violation", Verdict.PASS, "missed"),
    ("violation", Verdict.UNJUDGED, "unsure"),
    ("compliant", Verdict.SUSPECT, "false"),
    ("compliant", Verdict.PASS, "clean"),
    ("compliant", Verdict.UNJUDGED, "left"),
    ("unjudgeable", Verdict.SUSPECT, "false"),
    ("unjudgeable", Verdict.PASS, "bold"),
    ("unjudgeable", Verdict.UNJUDGED, "humble"),
]


@pytest.mark.parametrize(("truth", "said", "field"), CASES)
def test_each_pair_has_one_meaning(truth: str, said: Verdict, field: str) -> None:
    place = ("D1", "2S-2-(4)", "W")
    tallies, lines = compare({place: truth}, {place: said})
    assert tallies == {"2S-2-(4)": Tally(**{field: 1})}
    assert bool(lines) == (field not in {"found", "clean", "humble"})


def test_rates_and_table() -> None:
    whole = total([Tally(found=8, false=2, missed=1), Tally(found=1, unsure=2)])
    assert (whole.precision, whole.recall) == (9 / 11, 9 / 12)
    assert (Tally().precision, Tally().recall) == (1.0, 1.0)
    lines = table({"b": Tally(found=1), "a": Tally(false=3)}).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| a", "| b", "| all"]
    assert {line.count("|") for line in lines} == {12}


def test_a_place_without_a_verdict_is_an_error() -> None:
    with pytest.raises(DatasetError, match=r"D1 2S-2-\(4\) W has no verdict"):
        compare({("D1", "2S-2-(4)", "W"): "compliant"}, {})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no readable answer key"),
        ("{}", "no readable answer key"),
        ("[]", "no readable answer key"),
        (
            '{"rows": [{"desk":"D1","clause":"c","window":"W","truth":"compliant"},'
            '{"desk":"D1","clause":"c","window":"W","truth":"violation"}]}',
            "D1 c W has two answers",
        ),
    ],
)
def test_a_bad_key_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=sentence):
        read_key(path)
