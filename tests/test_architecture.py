"""The walls between the rooms, held by a test: who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("vision", "rules", "models", "datasets", "service")
OPEN_TO_ALL = {"vision.seen", "vision.errors", "datasets.classes"}
MAY_IMPORT: dict[str, set[str]] = {
    "vision": set(),
    "rules": set(),
    "models": {"vision", "datasets"},
    "datasets": {"rules", "vision"},
    "service": {"vision", "rules", "models", "datasets"},
}
NEVER: dict[str, set[str]] = {
    "vision": {"sqlalchemy", "fastapi", "torch", "ultralytics", "bpy"},
    "rules": {"cv2", "onnxruntime", "sqlalchemy", "fastapi", "torch", "ultralytics", "bpy"},
    "service": {"torch", "ultralytics", "bpy", "onnx"},
}


def python_files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def scripts(room: str) -> list[Path]:
    """The browser parts' sources."""
    found = (ROOT / room).rglob("*.ts")
    return sorted(path for path in found if "node_modules" not in path.parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module name that a file imports, relative imports made absolute."""
    package = path.relative_to(ROOT).parent.as_posix().replace("/", ".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parent, base]).strip(".")
            if base in ROOMS:
                # `from vision import seen` names a module, `from rules import X` the package
                yield from (f"{base}.{alias.name}" for alias in node.names)
            else:
                yield base


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(room)
        for name in imports_of(path)
        if name.split(".")[0] in ROOMS
        and name.split(".")[0] != room
        and name not in OPEN_TO_ALL
        and name.split(".")[0] not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", sorted(NEVER))
def test_a_room_never_knows_what_is_not_its_own(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(room)
        for name in imports_of(path)
        if name.split(".")[0] in NEVER[room]
    ]
    assert wrong == []


def test_the_open_modules_need_only_numpy_and_the_standard_library() -> None:
    import sys

    for name in OPEN_TO_ALL:
        path = ROOT / (name.replace(".", "/") + ".py")
        modules = {module for module in imports_of(path) if module not in OPEN_TO_ALL}
        tops = {module.split(".")[0] for module in modules}
        assert tops <= set(sys.stdlib_module_names) | {"numpy"}, name


def test_vision_package_file_is_empty() -> None:
    assert (ROOT / "vision" / "__init__.py").read_text() == ""


def test_no_file_grows_beyond_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for room in (*ROOMS, "tests")
        for path in (*python_files(room), *scripts(room))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def tracked_text_files() -> list[Path]:
    try:
        out = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        out = b""
    names = [name for name in out.decode().split("\0") if name]
    if not names:  # an unpacked source archive, no checkout
        names = [str(p.relative_to(ROOT)) for room in ROOMS for p in python_files(room)]
    suffixes = {".py", ".md", ".yaml", ".yml", ".toml", ".json", ".html", ".js", ".ts", ".css"}
    return [ROOT / n for n in names if Path(n).suffix in suffixes and (ROOT / n).exists()]


def test_no_path_of_a_developers_machine_in_any_file() -> None:
    path_of_a_machine = re.compile(r"""["'\s=(]/(?:home|root|work)/[A-Za-z0-9.]""")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path_of_a_machine.search(line)
    ]
    assert wrong == []
