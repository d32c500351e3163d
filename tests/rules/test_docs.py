"""The pages of the rule kinds stay true: every kind, every parameter, every picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from rules.kinds import KINDS
from rules.pack import load_pack

PACK = load_pack()


def test_there_are_fifteen_kinds_each_in_a_file_of_its_own(root: Path) -> None:
    files = {p.stem for p in (root / "rules" / "kinds").glob("*.py")} - {"__init__", "base"}
    assert len(KINDS) == len(files) == 15
    assert len({k.judge.__module__ for k in KINDS.values()}) == 15


@pytest.mark.parametrize("name", sorted(KINDS))
def test_its_page_names_every_parameter_with_its_default(root: Path, name: str) -> None:
    page = (root / "docs" / "rules" / f"{name}.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", page, flags=re.MULTILINE))
    wanted = fields(KINDS[name].params)
    assert list(listed) == [f.name for f in wanted]
    for f in wanted:
        if f.default is MISSING and f.default_factory is MISSING:
            assert listed[f.name] == "needed"
        elif isinstance(f.default, int | float | str):
            assert listed[f.name].strip("`") == str(f.default).replace("True", "true").replace(
                "False", "false"
            )


@pytest.mark.parametrize("name", sorted(KINDS))
def test_its_page_shows_a_picture_and_the_clauses_that_use_it(root: Path, name: str) -> None:
    folder = root / "docs" / "rules"
    page = (folder / f"{name}.md").read_text(encoding="utf-8")
    assert f"({name}.svg)" in page
    ET.parse(folder / f"{name}.svg")  # noqa: S314 - our own file
    used = {row.id for row in PACK.rows for check in row.checks if check.kind.name == name}
    for clause in used:
        assert re.search(rf"{re.escape(clause)}[,.]", page), clause
    assert f"({name}.md)" in (folder / "README.md").read_text(encoding="utf-8")
