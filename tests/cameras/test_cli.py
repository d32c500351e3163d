"""``deskcheck camera`` and ``capture``: what they print, how they exit, what they hide."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import build_app
from service.plan import SpotPlan
from tests.cameras.device import PASSWORD, USER, Device, Reply, Shutter
from tests.cameras.made_hall import DAY, YAML, MadeHall

RUN = CliRunner()


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeHall:
    made = MadeHall(tmp_path).set_up()
    made.database.close()
    monkeypatch.setenv("DESKCHECK_CAMERA_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("DESKCHECK_CAMERA_PASSWORD", PASSWORD)
    monkeypatch.setenv("DESKCHECK_MIN_FREE_MB", "0")
    return made


def call(hall: MadeHall, *words: str) -> Result:
    return RUN.invoke(build_app(), [*words, "--data", str(hall.settings.data)])


def test_add_test_list_refuse_reset_remove_and_no_secret_anywhere(
    hall: MadeHall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    shutter = Shutter()
    with Device(lambda _: Reply(body=shutter()), auth="digest") as device:
        url = device.url + "/now.jpg?token=canary-token"
        for words, code, text in (
            (("add", "test", "cam1", url, "--kind", "http", "--user", USER), 0, "已登记"),
            (("test", "test", "cam1"), 0, "320×240"),
            (("list",), 0, "正常"),
            (("plan", "test", "--burst", "3"), 0, "burst: 3"),
        ):
            result = call(hall, "camera", *words)
            assert (result.exit_code, text in result.output) == (code, True), result.output
            said += result.output
        device.refuse_all = True
        result = call(hall, "camera", "test", "test", "cam1")
        assert result.exit_code == 1
        said += result.output + call(hall, "camera", "test", "test", "cam1").output
        assert device.refused == 1
        result = call(hall, "camera", "list")
        assert "停用" in result.output.replace("\n", "")
        said += result.output
        device.refuse_all = False
        assert call(hall, "camera", "reset", "test", "cam1").exit_code == 0
        assert call(hall, "camera", "test", "test", "cam1").exit_code == 0
        assert call(hall, "camera", "remove", "test", "cam1").exit_code == 0
        gone = call(hall, "camera", "test", "test", "cam1")
        assert "no camera 'cam1'" in str(gone.exception)
    for path in hall.settings.data.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes(), path
    assert PASSWORD not in said + caplog.text
    assert "canary-token" not in said + caplog.text


def test_probe(hall: MadeHall) -> None:
    with Device(lambda _: Reply(body=Shutter()()), auth="digest") as device:
        found = call(hall, "camera", "probe", device.url + "/a.jpg", "--user", USER)
        assert found.exit_code == 0, found.output
        assert "deskcheck camera add HALL CAM1" in found.output
        assert "@3 m" in found.output
        assert PASSWORD not in found.output
        url = device.url + "/a.jpg"
        given = call(hall, "camera", "probe", url, "--user", USER, "--distance", "4.5")
        assert "@4.5 m" in given.output
        assert "@3 m" not in given.output
        assert call(hall, "camera", "probe", device.url, "--kind", "x").exit_code == 2
    assert call(hall, "camera", "probe", "http://127.0.0.1:9/").exit_code == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("add", "test", "更衣室", "http://127.0.0.1/", "--kind", "http"), "no camera may be"),
        (("add", "test", "c", "file:///etc/passwd", "--kind", "http"), "scheme"),
        (("add", "test", "c", "http://a:b@127.0.0.1/", "--kind", "http"), "password"),
        (("add", "test", "c", "http://127.0.0.1/", "--kind", "nope"), "unknown"),
        (("add", "nope", "c", "http://127.0.0.1/", "--kind", "http"), "no hall 'nope'"),
        (("add", "test", "c", "http://127.0.0.1/", "--kind", "wvp"), "needs device"),
        (("test", "test", "nope"), "no camera 'nope'"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(
    words: tuple[str, ...], text: str, hall: MadeHall
) -> None:
    result = call(hall, "camera", *words)
    assert result.exit_code == 1
    assert text in str(result.exception)


@pytest.mark.parametrize("place", ["更衣室", "洗手间", "卫生间", "toilet", "changing room"])
def test_no_layout_brings_in_a_camera_where_none_may_be(
    place: str, hall: MadeHall, tmp_path: Path
) -> None:
    for command, hall_id in (("add", "second"), ("import", "test")):
        layout = tmp_path / "private.yaml"
        text = YAML.replace("id: test", f"id: {hall_id}")
        layout.write_text(text.replace("- id: cam1", f"- id: cam1\n    name: 东侧{place}"), "utf-8")
        result = call(hall, "hall", command, str(layout))
        assert result.exit_code == 1
        assert "cameras[0]" in str(result.exception)
        assert "where a camera is unlawful" in str(result.exception)
    assert "second" not in call(hall, "hall", "list").output


def test_every_field_of_the_spot_plan_is_set_and_checked(hall: MadeHall) -> None:
    given = {
        "per_half_day": 3, "burst": 4, "burst_minutes": 9, "before_open": 2, "after_close": 3,
        "p_minutes": 30, "n_minutes": 90, "late_minutes": 15,
    }  # fmt: skip
    assert {*given, "closed_days"} == set(SpotPlan.__dataclass_fields__), "a field without a flag"
    words = [w for k, v in given.items() for w in (f"--{k.replace('_', '-')}", str(v))]
    said = call(hall, "camera", "plan", "test", *words, "--closed-days").output
    kept = dict(line.split(": ") for line in said.splitlines())
    assert kept == {k: str(v) for k, v in {**given, "closed_days": True}.items()}
    # what is not named stays; the other way round too
    assert "closed_days: False" in call(hall, "camera", "plan", "test", "--no-closed-days").output
    said = call(hall, "camera", "plan", "test").output
    assert "p_minutes: 30" in said
    assert "closed_days: False" in said


@pytest.mark.parametrize(
    ("flag", "value", "text"),
    [
        ("--p-minutes", "4", "p_minutes: 4; wanted a whole number 5..240"),
        ("--n-minutes", "481", "n_minutes: 481; wanted a whole number 5..480"),
        ("--late-minutes", "0", "late_minutes: 0; wanted a whole number 1..120"),
    ],
)
def test_a_spot_plan_out_of_bounds_changes_nothing(
    flag: str, value: str, text: str, hall: MadeHall
) -> None:
    before = call(hall, "camera", "plan", "test").output
    refused = call(hall, "camera", "plan", "test", "--burst", "7", flag, value)
    assert refused.exit_code == 1
    assert text in str(refused.exception)
    assert call(hall, "camera", "plan", "test", "--late-minutes", "soon").exit_code == 2
    assert call(hall, "camera", "plan", "test").output == before


def test_capture_exit_status(hall: MadeHall) -> None:
    assert call(hall, "capture").exit_code == 0
    unknown = call(hall, "capture", "--hall", "nope")
    assert unknown.exit_code == 1
    today = call(hall, "capture", "--proof", "2999-01-01")
    assert "not over" in str(today.exception)
    assert (
        "没有抽查计划"
        in call(hall, "capture", "--proof", f"{DAY - timedelta(days=9):%Y-%m-%d}").output
    )
