"""The probe of every kind, against its real server: what it prints can be pasted and run."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rules.layout import HallLayout, load_layout
from service.cameras import store
from service.cameras.make import check_config
from service.cameras.probe import Found, probe
from service.cameras.protocol import KINDS, CameraConfig, Surroundings
from service.cli import build_app
from tests.cameras.conftest import RtspPorts
from tests.cameras.device import PASSWORD, USER, Device, Reply
from tests.cameras.made_hall import MadeHall
from tests.cameras.pictures import jpeg
from tests.cameras.test_kinds import NAMES, setup_of
from vision.seen import InputError

RUN = CliRunner()
HEAD = "schema: 1\nhall: {id: test, name: 测试大厅}\ndesks: [{id: A1}]\n"


def pasted(found: Found, camera: str, folder: Path) -> HallLayout:
    """The printed piece in a layout, read as any layout is."""
    path = folder / "pasted.yaml"
    path.write_text(HEAD + found.yaml(camera), encoding="utf-8")
    return load_layout(path)


def test_every_kind_is_probed_here() -> None:
    assert {name.split()[0] for name in NAMES} == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_fits_the_layout_and_is_a_command(
    name: str, tmp_path: Path, request: pytest.FixtureRequest, around: Surroundings
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with setup_of(name, drop, request) as setup:
        given = setup.config
        found = asyncio.run(
            probe(
                given.url, given.login, around, kind=given.kind, channel=given.channel,
                options=given.options,
            )
        )  # fmt: skip
        assert found.trouble == ""
        assert found.still is not None
        still = found.still
        assert f"分辨率 resolution: {still.width}×{still.height}" in "\n".join(found.lines())
        view = pasted(found, "CAM1", tmp_path).view("CAM1")
        assert view.camera == "CAM1"
        added = added_by(found, tmp_path)
        assert (added.kind, added.url, added.channel) == (given.kind, given.url, given.channel)
        assert dict(added.options) == dict(given.options)
        assert PASSWORD not in found.add_line("CAM1") + repr(found)


def added_by(found: Found, folder: Path) -> CameraConfig:
    """Run the printed command on a hall; gives the camera as it was kept."""
    hall = MadeHall(folder / "hall", networks="127.0.0.0/8,192.168.0.0/16")
    hall.set_up()
    words = shlex.split(found.add_line("CAM1"))
    assert words[:4] == ["deskcheck", "camera", "add", "HALL"]
    env = {
        "DESKCHECK_CAMERA_NETWORKS": hall.networks,
        "DESKCHECK_CAMERA_PASSWORD": PASSWORD if found.config.login.given else "",
    }
    data = ["--data", str(hall.settings.data)]
    done = RUN.invoke(build_app(), ["camera", "add", "test", *words[4:], *data], env=env)
    assert done.exit_code == 0, done.output + repr(done.exception)
    with hall.database.read() as session:
        row = store.camera_of(session, "test", "CAM1")
        config = store.config_of(row, store.sealer_of(hall.settings) if row.sealed else None)
    hall.database.close()
    return config


@pytest.mark.parametrize("camera", ["CAM1", "0012", "on", "1e3", "前台东侧", "~"])
def test_any_id_survives_being_pasted(camera: str, tmp_path: Path) -> None:
    found = Found(CameraConfig("", "probe", "http", "http://10.0.0.1/"), None)
    check_config(CameraConfig("h", camera, "http", "http://10.0.0.1/"))
    assert pasted(found, camera, tmp_path).knows_camera(camera)


# --------------------------------------------------------------------------- RTSP, by the command


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_rtsp_by_the_command(
    codec: str, rtsp: RtspPorts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kind is known by its scheme; resolution, codec and the pieces to paste are printed."""
    monkeypatch.setenv("DESKCHECK_CAMERA_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("DESKCHECK_CAMERA_PASSWORD", PASSWORD)
    url = f"rtsp://127.0.0.1:{rtsp.closed}/{codec}"
    words = ["camera", "probe", url, "--user", USER, "--id", "CAM7", "--data", str(tmp_path)]
    done = RUN.invoke(build_app(), words)
    assert done.exit_code == 0, done.output
    assert "种类 kind: rtsp" in done.output
    assert f"编码 codec: {'hevc' if codec == 'h265' else 'h264'}" in done.output
    assert "@5 m: 横放" in done.output
    assert f"deskcheck camera add HALL CAM7 {url} --kind rtsp" in done.output
    assert PASSWORD not in done.output
    piece = done.output.split("# HALL.yaml\n")[1].split("\ndeskcheck camera add")[0]
    path = tmp_path / "hall.yaml"
    path.write_text(HEAD + piece, encoding="utf-8")
    assert load_layout(path).knows_camera("CAM7")


def test_rtsp_with_a_wrong_password_is_one_refused_login(
    rtsp: RtspPorts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKCHECK_CAMERA_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("DESKCHECK_CAMERA_PASSWORD", "wrong-canary")
    url = f"rtsp://127.0.0.1:{rtsp.closed}/h264"
    done = RUN.invoke(
        build_app(), ["camera", "probe", url, "--user", USER, "--data", str(tmp_path)]
    )
    assert done.exit_code == 1
    assert "refused the login" in done.output
    assert "wrong-canary" not in done.output


def test_an_id_that_may_not_be_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with Device(lambda _: Reply(body=jpeg(1))) as device:
        words = [
            "camera",
            "probe",
            device.url + "/a.jpg",
            "--id",
            "更衣室",
            "--data",
            str(tmp_path),
        ]
        done = RUN.invoke(build_app(), words)
        assert isinstance(done.exception, InputError)
        assert "no camera may be" in str(done.exception)
        assert not device.requests
