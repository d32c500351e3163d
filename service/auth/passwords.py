"""Passwords: argon2id hashes, the rules for a good one, and generated ones."""

from __future__ import annotations

import secrets
import string
import threading
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vision.seen import InputError

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 256
"""Longer ones are refused: hashing a megabyte is an attack, no password."""
MIN_KINDS: Final = 3

_READABLE: Final = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
_SIGNS: Final = "-_.+"

_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Argon2 takes 64 MiB each time: a burst of log-ins waits in line and can't fill the memory."""


class PasswordError(InputError):
    """A new password breaks the rules; the text names the rule.

    ``template`` and ``values`` make the sentence again in another language.
    """

    def __init__(self, template: str, **values: int) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    with _AT_ONCE:
        return _hasher().hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Whether the password is the one behind the stored hash; a broken hash never is."""
    if len(password) > MAX_LENGTH:
        return False
    try:
        with _AT_ONCE:
            return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the stored hash was made with weaker settings than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def dummy_hash() -> str:
    """A hash of nobody's password: an unknown login takes as long as a known one."""
    return hash_password(secrets.token_urlsafe(32))


def kinds_of(password: str) -> int:
    """How many of lower case, upper case, digits, and other signs it holds."""
    return (
        any(c in string.ascii_lowercase for c in password)
        + any(c in string.ascii_uppercase for c in password)
        + any(c.isdigit() for c in password)
        + any(not c.isascii() or not c.isalnum() for c in password)
    )


def check_password_rules(password: str, *, login: str) -> None:
    """Raise PasswordError with the first rule that a new password breaks."""
    if len(password) < MIN_LENGTH:
        raise PasswordError(
            "密码至少 {least} 位,现为 {given} 位。", least=MIN_LENGTH, given=len(password)
        )
    if len(password) > MAX_LENGTH:
        raise PasswordError("密码不得超过 {most} 位。", most=MAX_LENGTH)
    if kinds_of(password) < MIN_KINDS:
        raise PasswordError("密码须含小写字母、大写字母、数字、其他符号中的至少三类。")
    if login and login.casefold() in password.casefold():
        raise PasswordError("密码不得包含登录名。")
    if len(set(password)) < MIN_LENGTH // 2:
        raise PasswordError("密码中重复的字符过多。")


def generate_password(length: int = 16) -> str:
    """A random password that meets the rules and can be read aloud (no l, I, O, 0, 1)."""
    while True:
        body = [secrets.choice(_READABLE) for _ in range(length - 2)]
        for _ in range(2):
            body.insert(1 + secrets.randbelow(len(body) - 1), secrets.choice(_SIGNS))
        password = "".join(body)
        if kinds_of(password) == 4:
            return password
