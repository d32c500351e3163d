"""Write ``datasets/render/asset_list.json`` from the register.

python -m datasets.render.assets
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasets.render.assets import SPLITS, specs

LIST_FILE = Path(__file__).resolve().parent.parent / "asset_list.json"


def asset_list() -> dict[str, Any]:
    """Split -> asset id -> fingerprint of its maker and parameters."""
    return {split: {s.id: s.fingerprint for s in specs(split=split)} for split in SPLITS}


if __name__ == "__main__":
    LIST_FILE.write_text(json.dumps(asset_list(), indent=1) + "\n", encoding="utf-8")
    print(f"{LIST_FILE.name}: {sum(map(len, asset_list().values()))} assets")
