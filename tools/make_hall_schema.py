"""Write docs/hall-schema.json from the code: ``python -m tools.make_hall_schema``."""

from __future__ import annotations

import json
from pathlib import Path

from rules.layout_schema import LayoutSpec

TARGET = Path(__file__).resolve().parent.parent / "docs" / "hall-schema.json"


def schema_text() -> str:
    """The JSON schema of HALL.yaml, stable byte for byte."""
    schema = LayoutSpec.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "deskcheck hall layout, version 1"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
