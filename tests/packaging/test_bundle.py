"""The offline bundle, installed and run where there is no network at all."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bundle

ALONE = ["unshare", "--user", "--map-root-user", "--net"]
DRIVER = Path(__file__).with_name("alone.py")


def alone(*words: object, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """A command in a network namespace of its own: no interface but a loopback that is down."""
    return subprocess.run(
        [*ALONE, *(str(w) for w in words)], capture_output=True, text=True, timeout=timeout
    )


@pytest.fixture(scope="module")
def made(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle as a folder; made once."""
    if shutil.which("unshare") is None or alone("true").returncode:
        pytest.skip("needs unshare and user namespaces")
    out = tmp_path_factory.mktemp("bundle")
    words = [sys.executable, "-m", "tools.bundle", "--out", out, "--wheel", wheel, "--folder"]
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, cwd=bundle.ROOT)
    if done.returncode and ("No matching distribution" in done.stderr or "pip:" in done.stderr):
        pytest.skip(f"needs a package index: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    [folder] = [p for p in out.iterdir() if p.is_dir()]
    return folder


@pytest.mark.bundle
@pytest.mark.timeout(1500)
def test_installed_and_run_without_a_network(made: Path, root: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "opt"
    damaged = made / "README"
    damaged.write_text("x")  # a file that is not in the sums changes nothing
    done = alone("sh", made / "install.sh", "--prefix", prefix)
    assert done.returncode == 0, done.stderr
    # a damaged bundle is refused, and what is installed stays
    wheel = next((made / "wheels").glob("deskcheck-*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"?")
    again = alone("sh", made / "install.sh", "--prefix", prefix)
    assert again.returncode == 1
    assert "damaged" in again.stderr
    sample = root / "datasets" / "sample_hall" / "hall.yaml"
    ran = alone(
        prefix / "venv" / "bin" / "python", DRIVER, prefix / "bin" / "deskcheck", tmp_path, sample
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["outside"] == "unreachable"
    assert said["healthz"] == {"status": "ok"}
    assert said["page"] == 200
    assert said["stylesheet"] == 200
    assert said["hall_add"] == 0
    if any((root / "models" / "weights").glob("*.onnx")):
        assert said["check"] in (0, 1)
        assert "coverage" in said["check_last"]
        # a whole night: 1 because only one of the hall's three cameras has frames here
        assert said["night"] == 1, said["night_said"]
        assert "HALL2" in said["night_said"]
        assert ["D1", "2S-2-(4)"] in said["findings"]
        assert said["pictures"] >= 3
        assert said["pictures_right"]


def test_the_manifest_says_what_it_needs(made: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["python"] == "3.11"
    assert manifest["glibc"].startswith("2.")
    assert any(name.startswith("onnxruntime") for name in manifest["wheels"])
    assert not any("torch" in name for name in manifest["wheels"])


@pytest.mark.parametrize(
    ("machine", "glibc", "first", "never"),
    [
        ("x86_64", 28, "manylinux_2_28_x86_64", "manylinux_2_31_x86_64"),
        ("aarch64", 17, "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"),
    ],
)
def test_only_wheels_that_run_there_are_taken(
    machine: str, glibc: int, first: str, never: str
) -> None:
    tags = bundle.platforms(machine, glibc)
    assert tags[0] == first
    assert never not in tags


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--python", "/nowhere"], "holds no Python 3.11"),
        (["--wheel", "/nowhere.whl"], "no deskcheck wheel"),
        (["--machine", "aarch64" if platform.machine() == "x86_64" else "x86_64"],
         "needs a Python of it"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(
    words: list[str], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deskcheck-1.0-py3-none-any.whl").write_bytes(b"")
    assert bundle.main(["--out", str(tmp_path), *words]) == 1
    assert text in capsys.readouterr().err
