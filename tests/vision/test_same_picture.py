"""One picture under many stamps is one picture; another picture never is."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings, strategies as st

from tests.cameras.pictures import jpeg, png, stamped
from vision.same_picture import picture_sha256


@pytest.mark.parametrize("picture", [jpeg(1), png(1)])
def test_stamps_change_nothing(picture: bytes) -> None:
    plain = picture_sha256(picture)
    assert plain == hashlib.sha256(picture).hexdigest()
    for stamp in ("", "a", "2026-03-11 09:30:00", "x" * 5000):
        made = stamped(picture, stamp)
        assert made != picture
        assert picture_sha256(made) == plain


def test_other_pixels_are_another_picture() -> None:
    pictures = [jpeg(1), jpeg(2), png(1), png(2), jpeg(1, 640, 480)]
    assert len({picture_sha256(p) for p in pictures}) == len(pictures)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n"]),
)
def test_any_bytes_have_a_hash(body: bytes, head: bytes) -> None:
    assert len(picture_sha256(head + body)) == 64


def test_half_a_file_counts_byte_by_byte() -> None:
    whole = jpeg(1)
    assert len({picture_sha256(whole[:cut]) for cut in range(1, len(whole), 997)}) == len(
        range(1, len(whole), 997)
    )
