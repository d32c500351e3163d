"""Secrets at rest: camera passwords sealed with AES-256-GCM under a key file.

The key file holds 32 bytes as base64, is made once with mode 0600, and belongs into a different
backup than the database.  What a secret is sealed for (``purpose``, e.g. the camera's id) is bound
in: a sealed text moved to another row does not open.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vision.seen import StoreError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
PREFIX: Final = "v1:"


class Secret:
    """A text that shows itself to nobody: not in repr, str, format, errors or pickles."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; call it only where it leaves for the device."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True)
class Login:
    """User name and password of a device; both may be empty (no login)."""

    user: str = ""
    password: Secret = Secret("")  # noqa: RUF009 - immutable

    @property
    def given(self) -> bool:
        return bool(self.user or self.password)


class Sealer:
    """Seals and opens texts and files under one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise StoreError(f"the key has {len(key)} bytes, wanted {KEY_BYTES}")
        self._aead = AESGCM(key)

    def __repr__(self) -> str:
        return "Sealer(***)"

    def seal(self, secret: Secret, *, purpose: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        body = self._aead.encrypt(nonce, secret.reveal().encode(), purpose.encode())
        return PREFIX + base64.b64encode(nonce + body).decode()

    def seal_bytes(self, data: bytes, *, purpose: str) -> bytes:
        """Nonce and sealed bytes, 28 longer than the data."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, data, purpose.encode())

    def open_bytes(self, sealed: bytes, *, purpose: str) -> bytes:
        """What ``seal_bytes`` was given; StoreError under another key, name or content."""
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            raise StoreError(
                "it does not open: the key file is another one than it was sealed with, or the "
                "file was renamed or changed"
            ) from None

    def open(self, sealed: str, *, purpose: str) -> Secret:
        if not sealed.startswith(PREFIX):
            raise StoreError(f"the sealed secret of {purpose} has an unknown form")
        try:
            raw = base64.b64decode(sealed[len(PREFIX) :], validate=True)
            text = self._aead.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
        except (binascii.Error, InvalidTag, ValueError):
            raise StoreError(
                f"the sealed secret of {purpose} does not open: the key file is another one than "
                "it was sealed with, or the row was changed; enter the password again"
            ) from None
        return Secret(text.decode())


def load_sealer(path: Path, *, create: bool = False) -> Sealer:
    """The sealer of a key file; with ``create`` the file is made when there is none."""
    if create and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = base64.b64encode(os.urandom(KEY_BYTES)) + b"\n"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process was first: its key is the one
        else:
            with os.fdopen(handle, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_bytes()
    except OSError as error:
        raise StoreError(f"key file {path}: {error.strerror}") from None
    if mode & 0o077:
        raise StoreError(f"key file {path} is open to others (mode {mode:o}): chmod 600 {path}")
    try:
        return Sealer(base64.b64decode(text.strip(), validate=True))
    except binascii.Error:
        raise StoreError(f"key file {path} holds no base64 key") from None
