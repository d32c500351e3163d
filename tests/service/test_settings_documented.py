"""docs/operations.md names every setting, and only those."""

from __future__ import annotations

import re
from pathlib import Path

from service.settings import settings_markdown


def test_the_table_of_settings_is_the_settings(root: Path) -> None:
    text = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- settings -->\n(.*)<!-- /settings -->", text, re.DOTALL)
    assert found is not None
    assert found[1] == settings_markdown(), "paste the output of settings_markdown() again"
