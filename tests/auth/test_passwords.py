"""Password rules, hashes, generated passwords."""

from __future__ import annotations

import pytest

from service.auth.passwords import (
    PasswordError,
    check_password_rules,
    generate_password,
    hash_password,
    kinds_of,
    verify_password,
)


@pytest.mark.parametrize(
    ("password", "login", "says"),
    [
        ("Short1-", "li", "至少 10 位"),
        ("alllowercaseletters", "li", "至少三类"),
        ("lowerUPPERonly", "li", "至少三类"),
        ("inspector-2026-A", "inspector", "登录名"),
        ("INSPECTOR-2026-a", "inspector", "登录名"),
        ("aaaaaaaaaaaA1", "li", "重复"),
        ("Aa1-" * 100, "li", "不得超过"),
        ("Good-Pass-2026", "li", None),
        ("政务大厅abc123桌面巡检", "li", None),
    ],
)
def test_the_rules_for_a_new_password(password: str, login: str, says: str | None) -> None:
    if says is None:
        check_password_rules(password, login=login)
        return
    with pytest.raises(PasswordError, match=says):
        check_password_rules(password, login=login)


def test_a_generated_password_meets_the_rules_and_never_repeats() -> None:
    passwords = {generate_password() for _ in range(50)}
    assert len(passwords) == 50
    for password in passwords:
        check_password_rules(password, login="admin")
        assert kinds_of(password) == 4
        assert not set(password) & set("lIO01")


def test_a_hash_is_argon2id_salted_and_verifies_only_its_own() -> None:
    first, second = hash_password("Good-Pass-2026"), hash_password("Good-Pass-2026")
    assert first.startswith("$argon2id$")
    assert first != second
    assert verify_password(first, "Good-Pass-2026")
    assert not verify_password(first, "Good-Pass-2027")
    assert not verify_password("no hash at all", "Good-Pass-2026")
    assert not verify_password(first, "x" * 100_000)
