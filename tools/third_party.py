"""Write THIRD_PARTY.md: every package that the product ships or installs, with its licence.

    .venv/bin/python -m tools.third_party

Python packages come from requirements/runtime.lock, read from their installed metadata; browser
libraries from package-lock.json (those that are bundled, not the build tools).
"""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Third-party notices

deskcheck is AGPL-3.0-or-later. It installs or bundles the following; each keeps its own licence.
This file is written by `python -m tools.third_party`; a test holds it true.

"""
CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


def locked(lock: Path) -> list[tuple[str, str]]:
    """(name, version) of every pinned package of a lock file."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", lock.read_text(), re.MULTILINE)
    return sorted((name.lower(), version) for name, version in pins)


def licence_of(name: str) -> str:
    """The licence as the package's own metadata says it, shortened to one line."""
    try:
        meta = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "(only on other platforms)"
    expression = meta.get("License-Expression")
    if expression:
        return str(expression)
    named = [m.group(1) for c in meta.get_all("Classifier") or [] if (m := CLASSIFIER.match(c))]
    if named:
        return "; ".join(named)
    first = (meta.get("License") or "see the package").strip().splitlines()
    return first[0][:60] if first else "see the package"


def browser_libraries(lock: Path) -> list[tuple[str, str, str]]:
    """(name, version, licence) of the npm packages that end up in the pages."""
    if not lock.exists():
        return []
    packages = json.loads(lock.read_text())["packages"]
    return sorted(
        (path.rsplit("node_modules/", 1)[1], str(p.get("version")), str(p.get("license", "?")))
        for path, p in packages.items()
        if path and not p.get("dev") and not p.get("optional")
    )


def notices() -> str:
    """The whole text of THIRD_PARTY.md."""
    lines = [HEAD, "## Python\n\n| package | version | licence |\n|---|---|---|\n"]
    for name, version in locked(ROOT / "requirements" / "runtime.lock"):
        lines.append(f"| {name} | {version} | {licence_of(name)} |\n")
    libraries = browser_libraries(ROOT / "package-lock.json")
    if libraries:
        lines.append("\n## In the pages\n\n| package | version | licence |\n|---|---|---|\n")
        lines += [f"| {n} | {v} | {licence} |\n" for n, v, licence in libraries]
    lines.append(
        "\n## Model weights and data\n\n"
        "The shipped weights were trained with ultralytics (AGPL-3.0) and are AGPL-3.0-or-later; "
        "the data that they were trained on, with its attribution, is in docs/models/.\n"
        "The text of the 6S standard in rules/packs/ is an official document of its issuing "
        "authority.\n"
    )
    return "".join(lines)


if __name__ == "__main__":
    (ROOT / "THIRD_PARTY.md").write_text(notices(), encoding="utf-8")
