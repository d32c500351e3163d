"""The service's own certificate: tried before anything listens, a sentence for each fault."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509

from service.settings import Settings
from vision.seen import InputError

ENDS_SOON: Final = timedelta(days=14)


def require_pair(settings: Settings) -> tuple[Path, Path] | None:
    """The certificate and its key, tried together; None where neither is set."""
    certificate, key = settings.tls_certificate, settings.tls_key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        there, missing = ("KEY", "CERTIFICATE") if certificate is None else ("CERTIFICATE", "KEY")
        raise InputError(
            f"DESKCHECK_TLS_{there} is set, DESKCHECK_TLS_{missing} is not: TLS wants both; give "
            f"--tls-{missing.casefold()} FILE as well, or neither."
        )
    for name, file in (("CERTIFICATE", certificate), ("KEY", key)):
        try:
            text = file.read_bytes()
        except OSError as error:
            raise InputError(
                f"DESKCHECK_TLS_{name}: {file} can't be read ({error.strerror}); name a PEM file "
                "that the service's user may read."
            ) from None
        if b"-----BEGIN" not in text:
            raise InputError(
                f"DESKCHECK_TLS_{name}: {file} is no PEM file; convert it, for example with "
                "`openssl x509 -inform der` (certificate) or `openssl pkey -inform der` (key)."
            )
    _try(certificate, key)
    return certificate, key


def _try(certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    locked: list[None] = []

    def no_password() -> str:
        locked.append(None)
        return ""

    try:
        context.load_cert_chain(certificate, key, password=no_password)
    except (ssl.SSLError, OSError, ValueError) as error:
        if locked:
            raise InputError(
                f"DESKCHECK_TLS_KEY: {key} is locked with a password, which nobody types when the "
                "service starts; store it without one (`openssl pkey -in OLD -out NEW`), mode 0600."
            ) from None
        if getattr(error, "reason", "") == "KEY_VALUES_MISMATCH":
            raise InputError(
                f"DESKCHECK_TLS_KEY: {key} is not the key of the certificate {certificate}; name "
                "the key that this certificate was asked for with."
            ) from None
        raise InputError(
            f"DESKCHECK_TLS_CERTIFICATE, DESKCHECK_TLS_KEY: {certificate} and {key} can't be used "
            f"({getattr(error, 'reason', None) or error}); give the certificate, its chain behind "
            "it, and its private key as PEM."
        ) from None


def faults(settings: Settings, now: datetime) -> Iterator[str]:
    """What ``doctor`` says of the certificate: that it has ended or will, and who reads the key."""
    pair = require_pair(settings)
    if pair is None:
        return
    certificate, key = pair
    ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    if ends <= now:
        yield f"The certificate {certificate} ended on {ends:%Y-%m-%d}; browsers refuse it: renew."
    elif ends - now < ENDS_SOON:
        yield f"The certificate {certificate} ends on {ends:%Y-%m-%d}; renew it before."
    if key.stat().st_mode & 0o077:
        yield f"The key {key} can be read by others than its owner; set its mode to 0600."
