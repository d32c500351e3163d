"""The layout as vision and the rules get it, and the schema that describes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.layout import load_layout
from rules.no_camera import WORDS, private_place
from tests.rules import made
from tools.make_hall_schema import schema_text
from vision.seen import LayoutError


def test_the_schema_in_the_docs_is_made_from_the_code(root: Path) -> None:
    assert (root / "docs" / "hall-schema.json").read_text(encoding="utf-8") == schema_text()


def test_every_field_of_the_schema_says_what_it_is() -> None:
    schema = json.loads(schema_text())
    for name, definition in schema["$defs"].items():
        assert definition.get("description"), name


def test_a_minimal_layout_is_enough() -> None:
    layout = made.hall(
        "schema: 1\nhall: {id: h, name: 厅}\ndesks: [{id: D1}]\ncameras:\n  - id: C1\n    zones:\n"
        "      - {kind: desk_top, desk: D1, polygon: [[0, 0], [1, 0], [1, 1]]}\n"
    )
    view = layout.view("C1")
    assert [z.id for z in view.zones] == ["D1-desk_top"]
    assert view.planes == ()
    assert layout.hall.mode == "trial"


@pytest.mark.parametrize("word", WORDS)
def test_no_camera_of_a_layout_is_where_none_may_be(word: str) -> None:
    text = (
        "schema: 1\nhall: {{id: h, name: 厅}}\ndesks: [{{id: D1}}]\ncameras:\n"
        "  - {{id: {id}, name: {name}, zones: []}}\n"
    )
    for named in ({"id": f"x{word}2", "name": "东"}, {"id": "C1", "name": f"二楼{word.upper()}"}):
        with pytest.raises(LayoutError, match="where a camera is unlawful"):
            made.hall(text.format(**named))
    zone = f"      - {{kind: floor, id: {word}, polygon: [[0, 0.9], [1, 0.9], [1, 1]]}}"
    with pytest.raises(LayoutError, match="where a camera is unlawful"):
        made.hall(extra=zone)


@pytest.mark.parametrize(
    "text",
    ["一号窗口", "CAM1", "wcam", "law-counter", "综合受理区", "exchanging", "更新窗口", "卫健委"],
)
def test_other_places_are_no_private_ones(text: str) -> None:
    assert private_place(text) is None


@pytest.mark.parametrize(
    "text", ["WC", "wc_1", "卫 生 间", "卫\u200b生间", "Rest-Room", "changing 2"]
)
def test_a_private_place_is_known_however_it_is_written(text: str) -> None:
    assert private_place(text) is not None


def test_four_corners_and_a_size_are_a_plane() -> None:
    plane = made.hall().view("C1").planes[0]
    assert (plane.id, plane.kind, plane.desk) == ("D1-top", "desk", "D1")
    assert plane.points_cm == ((0.0, 0.0), (140.0, 0.0), (140.0, 70.0), (0.0, 70.0))
    assert plane.points_norm == made.hall().view("C1").zones[0].polygon_norm


def test_a_measured_plane_comes_before_the_size() -> None:
    points = "".join(
        f"{{at: [{x}, {y}], cm: [{100 * x}, {100 * y}]}}, "
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    )
    extra = f"    planes: [{{id: p, kind: desk, desk: D1, points: [{points}]}}]"
    planes = made.hall(extra=extra).view("C1").planes
    assert [(p.id, p.desk) for p in planes] == [("p", "D1"), ("D2-top", "D2")]


def test_hall_zones_without_an_id_are_places_of_their_own_on_each_camera() -> None:
    extra = "      - {kind: floor, polygon: [[0, 0.9], [1, 0.9], [1, 1]]}"
    layout = made.hall(extra=extra, cameras=("C1", "C2"))
    assert [z.id for _, z in layout.hall_zones()] == ["C1-floor", "C2-floor"]


def test_a_second_zone_of_a_kind_gets_a_number() -> None:
    extra = "      - {kind: seat, desk: D1, polygon: [[0, 0.9], [1, 0.9], [1, 1]]}"
    ids = [z.id for z in made.hall(extra=extra).camera("C1").of("seat", "D1")]
    assert ids == ["D1-seat", "D1-seat-2"]


def test_a_repeated_last_point_closes_the_polygon() -> None:
    extra = "      - {id: f, kind: floor, polygon: [[0, 0.9], [1, 0.9], [1, 1], [0, 0.9]]}"
    zone = made.hall(extra=extra).camera("C1").of("floor", None)[0]
    assert len(zone.polygon_norm) == 3


def test_times_are_texts_and_words_stay_words() -> None:
    layout = made.hall(made.hall_text(hours="{weekly: {mon: 17:30-18:30}}"))
    span = layout.hours.weekly["mon"]
    assert span is not None
    assert (span[0].hour, span[0].minute) == (17, 30)


def test_an_unknown_camera_is_named_with_the_known_ones() -> None:
    with pytest.raises(LayoutError, match="known: C1"):
        made.hall().view("C9")


def test_reference_paths_are_relative_to_the_layout(tmp_path: Path) -> None:
    (tmp_path / "H.yaml").write_text(
        made.hall_text(extra="    reference: {day: ref/a.jpg}"), encoding="utf-8"
    )
    view = load_layout(tmp_path / "H.yaml").view("C1")
    assert view.reference == {"day": str(tmp_path / "ref" / "a.jpg")}
