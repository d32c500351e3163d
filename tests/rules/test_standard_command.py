"""``deskcheck standard check|diff|show``: all 76 rows, faults by line, a town over a county."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rules.pack import FOLDER, load_pack
from service.cli import build_app, main
from tests.rules.test_bad_input import WRONG_CALENDARS, WRONG_LAYOUTS, WRONG_PACKS
from tests.rules.test_pack import OVERLAY
from vision.seen import PackError

RUN = CliRunner()
SHIPPED = FOLDER / "shiquan-2024.yaml"


def call(*words: str | Path) -> Result:
    return RUN.invoke(build_app(), ["standard", *map(str, words)])


def test_check_counts_all_rows_of_the_shipped_pack() -> None:
    result = call("check")
    assert result.exit_code == 0, result.output
    assert result.output == (
        "shiquan-2024@1.0: 76 rows; 36 judged by camera, 22 manual, 18 process; "
        "in force from 2024-05-29\n"
    )


def test_check_names_file_and_line_of_words_that_are_not_the_standards(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    lines = text.splitlines()
    clause = load_pack().row("2S-2-(4)").spec.text
    number = next(i for i, line in enumerate(lines, 1) if clause[:12] in line)
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(clause[:12], "前台桌面可以" + clause[:6], 1), encoding="utf-8")
    result = call("check", path)
    assert result.exit_code == 1
    assert f"mine.yaml, line {number}, rows[" in result.stderr
    assert "2S-2-(4) is not in the standard's text; write its own words" in result.stderr


def test_a_wrong_pack_is_one_sentence_and_exit_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "town.yaml"
    path.write_text(OVERLAY.replace("windows: N", "windows: X"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["deskcheck", "standard", "check", str(path)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("town.yaml, line 8, rows[0].windows: ")
    assert said.count("\n") == 1


WRONG_OVERLAYS: list[tuple[str, str, int, str, str]] = [
    # what to replace, by what, the line, a piece of the field, a piece of the mend
    ("windows: N", "windows: X", 8, "rows[0].windows", "write W, P, N"),
    ("windows: N", "modality: maybe", 8, "rows[0].modality", "write one of"),
    ("windows: N", "window: N", 8, "rows[0].window", "did you mean 'windows'"),
    ("windows: N", "tier: SHOULD", 8, "rows[0].tier", "MUST"),
    ("windows: N", "checks: [{kind: object_in_zne, params: {}}]", 8, "rows[0].checks[0].kind",
     "did you mean 'object_in_zone'"),
    ("    text: 本镇自定\n", "", 11, "rows[2].text", "add a line"),
    ("id: 2S-2-(9)a", "id: 2S-2-(5)", 9, "rows[1].id", "one row a clause"),
    ("overrides: shiquan-2024", "overrides: nowhere", 5, "overrides", "write one of shiquan-2024"),
    ('version: "1"\n', "", 1, "version", "add a line"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "field", "mend"), WRONG_OVERLAYS)
def test_wrong_town_packs(
    tmp_path: Path, old: str, new: str, line: int, field: str, mend: str
) -> None:
    path = tmp_path / "town.yaml"
    assert old in OVERLAY
    path.write_text(OVERLAY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(path)
    text = str(caught.value)
    assert text.startswith(f"town.yaml, line {line}, {field}"), text
    assert mend in text, text
    assert text.endswith("."), text


def test_the_tables_of_wrong_files_hold_at_least_sixty() -> None:
    rows = [*WRONG_LAYOUTS, *WRONG_PACKS, *WRONG_CALENDARS, *WRONG_OVERLAYS]
    assert len({(row[0], row[1]) for row in rows}) >= 60


def test_diff_shows_row_by_row_what_a_town_changes(tmp_path: Path) -> None:
    path = tmp_path / "town.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    result = call("diff", path)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [
        "2S-2-(5): changed",
        "2S-2-(9)a: changed",
        "T-1: added",
    ]
    assert lines[1:3] == ['  - windows: ["W", "P", "N"]', '  + windows: ["N"]']
    assert call("diff", SHIPPED).output == "", "nothing differs from itself"


def test_show_prints_every_row_once_and_in_order() -> None:
    shown = [json.loads(line) for line in call("show", "--json").output.splitlines()]
    assert [row["id"] for row in shown] == [row.id for row in load_pack().rows]
    assert len(shown) == 76
    plain = call("show").output
    assert all(f"{row.id}  [{row.spec.tier}]" in plain for row in load_pack().rows)


def test_show_of_one_row_and_of_one_that_is_not_there(tmp_path: Path) -> None:
    first, *more = call("show", "2S-2-(4)").output.splitlines()
    assert first.startswith("2S-2-(4)  [MUST] [")
    assert len(more) == 2
    assert "object_in_zone" in more[1]
    path = tmp_path / "town.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    assert "人工: 本镇由巡查人员检查" in call("show", "2S-2-(9)a", "--pack", path).output
    result = call("show", "2S-2-(44)")
    assert isinstance(result.exception, PackError)
    assert "did you mean '2S-2-(4)'" in str(result.exception)
