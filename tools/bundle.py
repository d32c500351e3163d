"""The offline bundle: Python, all wheels, an install script; nothing is fetched where it is used.

    python -m tools.bundle --out dist [--python PREFIX] [--machine aarch64] [--glibc 2.28]

``--python`` is the folder of a Python 3.11 that may be moved: left out, the one that runs this.
What libraries it needs beside glibc's own are packed with it.  A Python built against an older
glibc runs on more machines; the bundle's manifest says which one this needs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements" / "runtime.lock"
INSTALL: Final = ROOT / "deploy" / "install.sh"
LEFT_OUT: Final = frozenset(
    {"test", "idlelib", "turtledemo", "lib2to3", "tkinter", "__pycache__", "site-packages"}
)
NO_USE: Final = ("config-3", "_tkinter.", "nis.", "_curses", "readline.")
"""Parts of Python that a service needs not, and whose libraries would have to come along."""
SYSTEM: Final = re.compile(
    r"^(ld-linux|linux-vdso|libc|libm|libdl|libpthread|librt|libutil|libresolv|libnsl|libanl)\b"
)
"""Libraries of glibc itself: they must be the machine's own."""
GLIBC_MARK: Final = re.compile(rb"GLIBC_2\.(\d{1,2})\b")
OLDEST_GLIBC: Final = 17


class BundleError(Exception):
    """The bundle can't be made; the text says why and the mend."""


def run(words: Sequence[str | Path]) -> str:
    """A command's output, or BundleError with what it said."""
    done = subprocess.run(  # noqa: S603 - our own words
        [str(w) for w in words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise BundleError(f"{Path(str(words[0])).name}: {said[-1] if said else done.returncode}")
    return done.stdout


def platforms(machine: str, glibc: int) -> list[str]:
    """The wheel platforms that run on that machine, newest first, none newer than its glibc."""
    tags = [f"manylinux_2_{n}_{machine}" for n in range(glibc, 4, -1)]
    return [*tags, f"manylinux2014_{machine}", f"linux_{machine}"]


def fetch_wheels(target: Path, machine: str, glibc: int) -> None:
    """The locked wheels for that machine, each by its hash."""
    words: list[str | Path] = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--only-binary=:all:", "--no-deps", "--require-hashes", "-r", LOCK, "-d", target,
        "--python-version", "3.11", "--implementation", "cp",
    ]  # fmt: skip
    for abi in ("cp311", "abi3", "none"):
        words += ["--abi", abi]
    for tag in platforms(machine, glibc):
        words += ["--platform", tag]
    run(words)


def copy_python(prefix: Path, target: Path) -> None:
    """A Python without its tests and its site-packages; ensurepip's own pip comes with it."""
    binary = prefix / "bin" / "python3.11"
    stdlib = prefix / "lib" / "python3.11"
    if not binary.is_file() or not (stdlib / "os.py").is_file():
        raise BundleError(f"{prefix} holds no Python 3.11 (bin/python3.11, lib/python3.11)")
    (target / "bin").mkdir(parents=True)
    shutil.copy2(binary.resolve(), target / "bin" / "python3.11")
    shutil.copytree(
        stdlib,
        target / "lib" / "python3.11",
        ignore=lambda _, names: [n for n in names if n in LEFT_OUT or n.startswith(NO_USE)],
        symlinks=False,
    )
    (target / "lib" / "python3.11" / "site-packages").mkdir()
    for shared in (prefix / "lib").glob("libpython3*.so*"):
        shutil.copy2(shared.resolve(), target / "lib" / shared.name)


def needed_libraries(target: Path) -> Iterator[Path]:
    """What the copied Python links to besides glibc, as ``ldd`` finds it on this machine."""
    files = [target / "bin" / "python3.11", *target.rglob("*.so")]
    env = {**os.environ, "LD_LIBRARY_PATH": str(target / "lib")}
    found: set[Path] = set()
    for file in files:
        done = subprocess.run(  # noqa: S603 - our own files
            ["ldd", file],  # noqa: S607 - the builder's own tool, wherever it lies
            capture_output=True,
            text=True,
            check=False,
            env=env,
        )
        for name, path in re.findall(r"(\S+) => (/\S+)", done.stdout):
            if not SYSTEM.match(name) and target not in Path(path).parents:
                found.add(Path(path))
        if "not found" in done.stdout:
            raise BundleError(f"{file.name} needs a library that is not on this machine")
    yield from sorted(found)


def glibc_of(folder: Path) -> int:
    """The newest 2.N of glibc that any file in the folder asks for."""
    most = OLDEST_GLIBC
    for path in folder.rglob("*"):
        if path.is_file() and (path.suffix == ".so" or ".so." in path.name or "bin" in path.parts):
            marks = GLIBC_MARK.findall(path.read_bytes())
            most = max([most, *(int(mark) for mark in marks)])
    return most


def sums(folder: Path) -> str:
    """``sha256sum``'s own form over every file."""
    lines = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}")
    return "\n".join(lines) + "\n"


def make(
    folder: Path, wheel: Path, *, python: Path, machine: str, glibc: int, version: str
) -> dict[str, object]:
    """Lay the bundle out in a new folder; gives its manifest."""
    folder.mkdir(parents=True)
    copy_python(python, folder / "python")
    if machine == platform.machine():
        for library in needed_libraries(folder / "python"):
            shutil.copy2(library.resolve(), folder / "python" / "lib" / library.name)
    wheels = folder / "wheels"
    wheels.mkdir()
    fetch_wheels(wheels, machine, glibc)
    shutil.copy2(wheel, wheels / wheel.name)
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("install.sh"))
    for name in ("LICENSE", "THIRD_PARTY.md", "docs/install.md", "docs/operations.md"):
        shutil.copy2(ROOT / name, folder / Path(name).name)
    shutil.copy2(INSTALL, folder / "install.sh")
    (folder / "install.sh").chmod(0o755)
    needs = glibc_of(folder / "python")
    manifest: dict[str, object] = {
        "deskcheck": version,
        "machine": machine,
        "python": "3.11",
        "glibc": f"2.{max(needs, _wheels_glibc(wheels))}",
        "wheels": sorted(p.name for p in wheels.iterdir()),
    }
    (folder / "manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")
    return manifest


def _wheels_glibc(wheels: Path) -> int:
    found = [OLDEST_GLIBC]
    for path in wheels.iterdir():
        tags = [int(n) for n in re.findall(r"manylinux_2_(\d+)_", path.name)]
        found += [min(tags)] if tags else []
    return max(found)


def pack(folder: Path, archive: Path) -> None:
    """The folder as one ``tar.gz``, owned by root, so that nobody's name is in it."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        return info

    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(folder, arcname=folder.name, filter=plain)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the offline bundle.")
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--wheel", type=Path, help="deskcheck's own wheel; else the one in --out")
    parser.add_argument("--python", type=Path, default=Path(sys.base_prefix))
    parser.add_argument("--machine", default=platform.machine(), choices=("x86_64", "aarch64"))
    parser.add_argument("--glibc", default="2.28", help="the oldest glibc to run on (Kylin V10)")
    parser.add_argument("--folder", action="store_true", help="leave a folder, pack nothing")
    given = parser.parse_args(words)
    asked = re.fullmatch(r"2\.(\d+)", given.glibc)
    if asked is None:
        parser.error(f"--glibc {given.glibc}: wanted something like 2.28")
    glibc = int(asked[1])
    try:
        wheels = [given.wheel] if given.wheel else sorted(given.out.glob("deskcheck-*.whl"))
        if not wheels or not wheels[-1].is_file():
            raise BundleError(f"no deskcheck wheel in {given.out}; run `make wheel` first")
        if given.machine != platform.machine() and given.python == Path(sys.base_prefix):
            raise BundleError(f"--machine {given.machine} needs a Python of it: give --python")
        version = wheels[-1].name.split("-")[1]
        folder = given.out / f"deskcheck-{version}-{given.machine}"
        shutil.rmtree(folder, ignore_errors=True)
        manifest = make(
            folder, wheels[-1], python=given.python, machine=given.machine, glibc=glibc,
            version=version,
        )  # fmt: skip
        made = folder
        if not given.folder:
            made = folder.with_name(folder.name + ".tar.gz")
            pack(folder, made)
            shutil.rmtree(folder)
    except (BundleError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{made}\n")
    if int(str(manifest["glibc"])[2:]) > glibc:
        sys.stdout.write(
            f"It needs glibc {manifest['glibc']}, because its Python was built on such a machine; "
            f"for {given.glibc} give a Python that was built on an older one (--python).\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
