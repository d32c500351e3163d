"""TLS of its own: a real service with a self-signed certificate, and a sentence for each fault."""

from __future__ import annotations

import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from service.settings import Settings
from service.tls import faults, require_pair
from tests.service.made_up import empty_database
from tests.web.test_browser import free_port
from vision.seen import InputError

NOW: Final = datetime(2026, 3, 12, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """Files of a self-signed certificate for loopback."""

    certificate: Path
    key: Path


def made(folder: Path, name: str, *, ends: datetime | None = None, password: str = "") -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "deskcheck test")])
    last = ends or datetime.now(UTC) + timedelta(days=90)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(last, datetime.now(UTC)) - timedelta(days=1))
        .not_valid_after(last)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pair = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    pair.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    pair.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    pair.key.chmod(0o600)
    return pair


def settings_of(pair: Pair, data: Path) -> Settings:
    return Settings(data=data, tls_certificate=pair.certificate, tls_key=pair.key)


# ------------------------------------------------------------------ a real service


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "deskcheck.sqlite3").write_bytes(empty_database())
    return folder


def command(data: Path, port: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "service.cli", "serve", "--data", str(data), "--port", str(port),
            "--no-scheduler", *more]  # fmt: skip


@pytest.fixture
def served(tmp_path: Path, data: Path, root: Path) -> Iterator[tuple[str, Pair]]:
    pair, port = made(tmp_path, "hall"), free_port()
    options = ("--tls-certificate", str(pair.certificate), "--tls-key", str(pair.key))
    process = subprocess.Popen(
        command(data, port, *options), cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    yield said, pair
    process.terminate()
    process.communicate(timeout=60)


def opened(address: str, trust: ssl.SSLContext) -> httpx.Response:
    """The log-in page, as soon as the service answers."""
    end = time.monotonic() + 120
    while True:
        try:
            return httpx.get(f"{address}/login", verify=trust, trust_env=False)
        except httpx.ConnectError as error:
            if "refused" not in str(error).casefold() or time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_it_speaks_tls_and_its_cookies_go_no_other_way(served: tuple[str, Pair]) -> None:
    address, pair = served
    assert address.startswith("https://127.0.0.1:")
    trust = ssl.create_default_context(cafile=str(pair.certificate))
    page = opened(address, trust)
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Secure" in page.headers["Set-Cookie"]
    with pytest.raises(httpx.ConnectError, match="self-signed"):
        httpx.get(f"{address}/login", trust_env=False)
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http{address.removeprefix('https')}/login", trust_env=False)


def test_a_wrong_key_stops_it_before_it_listens(tmp_path: Path, data: Path, root: Path) -> None:
    one, other, port = made(tmp_path, "one"), made(tmp_path, "other"), free_port()
    options = ("--tls-certificate", str(one.certificate), "--tls-key", str(other.key))
    done = subprocess.run(
        command(data, port, *options), cwd=root, capture_output=True, text=True, timeout=250
    )
    assert done.returncode == 1
    assert f"{other.key} is not the key of the certificate {one.certificate}" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


# ------------------------------------------------------------------ every fault its sentence


def test_a_pair_that_fits_is_taken_and_none_is_plain_http(tmp_path: Path) -> None:
    pair = made(tmp_path, "hall")
    settings = settings_of(pair, tmp_path)
    assert require_pair(settings) == (pair.certificate, pair.key)
    assert settings.https
    plain = Settings(data=tmp_path)
    assert require_pair(plain) is None
    assert not plain.https
    assert plain.address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("no key", "DESKCHECK_TLS_CERTIFICATE is set, DESKCHECK_TLS_KEY is not"),
        ("no certificate", "DESKCHECK_TLS_KEY is set, DESKCHECK_TLS_CERTIFICATE is not"),
        ("key gone", r"DESKCHECK_TLS_KEY: .*gone\.key can't be read \(No such file"),
        ("certificate gone", r"DESKCHECK_TLS_CERTIFICATE: .*gone\.pem can't be read"),
        ("key is no PEM", r"DESKCHECK_TLS_KEY: .*hall\.key is no PEM file"),
        ("another's key", r"other\.key is not the key of the certificate .*hall\.pem"),
        ("locked", r"locked\.key is locked with a password"),
        ("swapped", "can't be used"),
        ("damaged", "can't be used"),
    ],
)
def test_a_fault_has_its_sentence(tmp_path: Path, fault: str, sentence: str) -> None:
    pair, other = made(tmp_path, "hall"), made(tmp_path, "other")
    certificate: Path | None = pair.certificate
    key: Path | None = pair.key
    if fault == "no key":
        key = None
    elif fault == "no certificate":
        certificate = None
    elif fault == "key gone":
        key = tmp_path / "gone.key"
    elif fault == "certificate gone":
        certificate = tmp_path / "gone.pem"
    elif fault == "key is no PEM":
        pair.key.write_bytes(b"\x30\x82\x01\x02")
    elif fault == "another's key":
        key = other.key
    elif fault == "locked":
        locked = made(tmp_path, "locked", password="Hall-2026")
        certificate, key = locked.certificate, locked.key
    elif fault == "swapped":
        certificate, key = pair.key, pair.certificate
    else:
        pair.certificate.write_bytes(pair.certificate.read_bytes()[:200])
    settings = Settings(data=tmp_path, tls_certificate=certificate, tls_key=key)
    with pytest.raises(InputError, match=sentence):
        require_pair(settings)


@pytest.mark.parametrize(
    ("days", "mode", "said"),
    [
        (60, 0o600, []),
        (10, 0o600, ["ends on 2026-03-22; renew it before"]),
        (-1, 0o600, ["ended on 2026-03-11; browsers refuse it"]),
        (60, 0o640, ["can be read by others than its owner"]),
    ],
)
def test_doctor_says_when_it_ends_and_who_reads_the_key(
    tmp_path: Path, days: int, mode: int, said: list[str]
) -> None:
    pair = made(tmp_path, "hall", ends=NOW + timedelta(days=days))
    pair.key.chmod(mode)
    found = list(faults(settings_of(pair, tmp_path), NOW))
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence
