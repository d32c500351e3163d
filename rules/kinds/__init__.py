"""The rule kinds, one file each.  Importing this package registers them all."""

from __future__ import annotations

import importlib
import pkgutil

from rules.kinds.base import KINDS, Kind

__all__ = ["KINDS", "Kind"]

for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
