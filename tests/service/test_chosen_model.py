"""`deskcheck model use`: a data folder's own model, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models import registry
from service.chosen_model import FILE, model_for
from service.cli import build_app
from service.settings import load_settings
from tests.models.test_registry import sidecar
from tests.models.tiny_onnx import write_model
from vision.seen import ModelError


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("DESKCHECK_DATA", str(folder))
    monkeypatch.delenv("DESKCHECK_MODEL", raising=False)
    return folder


def use(*arguments: str) -> str:
    result = CliRunner().invoke(build_app(), ["model", "use", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def used() -> list[str]:
    lines = CliRunner().invoke(build_app(), ["model", "list", "--json"]).stdout.splitlines()
    return [row["name"] for row in map(json.loads, lines) if row["used"]]


def test_a_chosen_model_is_what_every_command_works_with(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert used() == [registry.DEFAULT]
    assert use("deskcheck-n-int8").endswith("deskcheck-n-int8\n")
    assert load_settings().model == "deskcheck-n-int8"
    assert model_for(None).name == "deskcheck-n-int8"
    assert used() == ["deskcheck-n-int8"]
    # what is said aloud comes first
    assert model_for("deskcheck-n").name == "deskcheck-n"
    monkeypatch.setenv("DESKCHECK_MODEL", "deskcheck-n")
    assert model_for(None).name == "deskcheck-n"
    monkeypatch.delenv("DESKCHECK_MODEL")
    use()
    assert not (data / FILE).exists()
    assert used() == [registry.DEFAULT]


@pytest.mark.usefixtures("data")
def test_a_file_of_ones_own_is_known_by_its_hash(tmp_path: Path) -> None:
    path = sidecar(write_model(tmp_path / "hawk.onnx"))
    use(str(path))
    assert model_for(None).name == "hawk"
    assert used() == ["hawk"]
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ModelError, match=r"hawk.onnx: its sha256 is .* was chosen"):
        load_settings()
    path.unlink()
    with pytest.raises(ModelError, match="which is not there; choose again"):
        load_settings()
    use("deskcheck-n")  # a broken choice is mended by the same command
    assert model_for(None).name == "deskcheck-n"


def test_what_does_not_fit_is_not_chosen(data: Path, tmp_path: Path) -> None:
    path = sidecar(write_model(tmp_path / "hawk.onnx"), sha256="0" * 64)
    with pytest.raises(ModelError, match="its sha256 is"):
        use(str(path))
    with pytest.raises(ModelError, match="There is no model 'owl'"):
        use("owl")
    assert not (data / FILE).exists()


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_choice_that_cannot_be_read_says_how_to_mend_it(data: Path, text: str) -> None:
    data.mkdir()
    (data / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="no readable choice of a model"):
        load_settings()
