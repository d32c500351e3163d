"""Writes the access table into ``docs/access.md``: ``python -m service.web.access_table``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from service.settings import Settings
from service.web.access import access_markdown
from service.web.app import create_app

MARK: Final = "<!-- table -->\n"


def with_table(document: str) -> str:
    """The document with the table of the routes as they are now after its mark."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder)))
        app.state.database.close()
        table = access_markdown(app)
    return document[: document.index(MARK) + len(MARK)] + "\n" + table


def main() -> None:
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/access.md")
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
