"""Units, cron lines and the container file keep what the docs promise."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import build_app
from service.settings import Settings

HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "User": "deskcheck",
    "UMask": "0077",
}


def unit(path: Path) -> configparser.ConfigParser:
    made = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    # the library's own way to keep capitals, which its types do not know
    made.optionxform = str  # type: ignore[assignment,method-assign]
    made.read_string(path.read_text(encoding="utf-8"))
    return made


def understood(words: list[str]) -> bool:
    """Whether the command line takes these words (nothing is run)."""
    return CliRunner().invoke(build_app(), [*words, "--help"]).exit_code == 0


def test_what_is_not_understood_is_known() -> None:
    assert understood(["capture", "--quiet"])
    assert not understood(["capture", "--nope"])
    assert not understood(["nope"])


def commands(text: str) -> list[list[str]]:
    return [
        re.sub(r"\s*>/dev/null.*", "", found).split()
        for found in re.findall(r"^[^#\n]*/opt/deskcheck/bin/deskcheck (.*)$", text, re.MULTILINE)
    ]


@pytest.mark.parametrize("name", ["deskcheck", "deskcheck-capture", "deskcheck-nightly"])
def test_services_are_hardened_and_start_what_there_is(root: Path, name: str) -> None:
    path = root / "deploy" / "systemd" / f"{name}.service"
    service = unit(path)["Service"]
    assert {key: service.get(key) for key in HARDENED} == HARDENED
    [words] = commands(path.read_text(encoding="utf-8").replace("ExecStart=", ""))
    assert understood(words)


def test_timers_start_a_service_each_and_catch_up(root: Path) -> None:
    folder = root / "deploy" / "systemd"
    for timer in folder.glob("*.timer"):
        assert timer.with_suffix(".service").is_file()
    nightly = unit(folder / "deskcheck-nightly.timer")["Timer"]
    assert nightly["Persistent"] == "true"
    assert Settings.model_fields["nightly_at"].default in nightly["OnCalendar"]
    assert "Asia/Shanghai" in nightly["OnCalendar"]


def test_systemd_takes_the_units(root: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    stand_in = shutil.which("true")
    assert stand_in
    for path in (root / "deploy" / "systemd").iterdir():
        text = re.sub(r"/opt/deskcheck/bin/deskcheck", stand_in, path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    files = sorted(str(p) for p in tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *files],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "deskcheck" in line]
    assert said == []


def test_cron_lines_are_understood(root: Path) -> None:
    text = (root / "deploy" / "cron" / "deskcheck").read_text(encoding="utf-8")
    found = commands(text)
    assert [words[0] for words in found] == ["capture", "nightly", "nightly"]
    assert all(understood(words) for words in found)
    assert all("%" not in line for line in text.splitlines() if not line.startswith("#"))


def test_the_example_environment_names_real_settings(root: Path) -> None:
    text = (root / "deploy" / "deskcheck.env.example").read_text(encoding="utf-8")
    known = {f"DESKCHECK_{name.upper()}" for name in Settings.model_fields}
    found = set(re.findall(r"DESKCHECK_\w+", text))
    assert found
    assert found <= known


def test_the_container_is_unprivileged_and_watched(root: Path) -> None:
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    lines = text.splitlines()
    last = max(i for i, line in enumerate(lines) if line.startswith("FROM"))
    final = lines[last:]
    assert "USER 10001:10001" in final
    assert any(line.startswith("HEALTHCHECK") for line in final)
    assert "/readyz" in text
    assert 'CMD ["deskcheck", "serve"]' in final
    assert "--require-hashes" in text
    assert not re.search(r"(?i)password|secret|token", text)
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    docs = (root / "docs" / "install.md").read_text(encoding="utf-8")
    assert "Not built here" in docs
    assert "--read-only" in docs
