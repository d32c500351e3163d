"""Which addresses this program may speak to: a guard against being sent into places by a URL.

Only ``http``, ``https``, ``rtsp`` and ``rtsps``; only allowed networks; a name is resolved once,
and the address that was checked is the address that is connected to, so a name that answers
differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit, urlunsplit

from vision.seen import InputError

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

DEFAULT_PORT: Final = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}
PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
MAX_URL: Final = 2048

_NAME: Final = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")
_QUERY_SECRET: Final = re.compile(
    r"(?i)\b(secret|token|access_?token|api-?key|pass(?:word|wd)?|pwd|user(?:name)?|auth|sign)=[^&#\s\"']+"
)
_USERINFO: Final = re.compile(r"(?<=://)[^/@\s\"']+@")


class AddressError(InputError):
    """An address is not allowed; the text names it (without its credentials) and the mend."""


def redact(text: str) -> str:
    """The text without any name and password in URLs and without secret-like query values."""
    return _QUERY_SECRET.sub(r"\1=***", _USERINFO.sub("***@", text))


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Parse ``192.168.0.0/16``-like texts; AddressError names the one that is wrong."""
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ipaddress.ip_network(text.strip()))
        except ValueError as error:
            raise AddressError(
                f"camera network {text!r}: {error}; write it like 10.1.0.0/16"
            ) from None
    return tuple(found)


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """All addresses the system knows for a name."""
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: ``host`` as written, ``address`` the one to connect to."""

    url: str = field(repr=False)
    scheme: str
    host: str
    port: int
    address: str

    @property
    def pinned_url(self) -> str:
        """The same URL with the checked address in the host's place."""
        parts = urlsplit(self.url)
        host = f"[{self.address}]" if ":" in self.address else self.address
        return urlunsplit(
            SplitResult(parts.scheme, f"{host}:{self.port}", parts.path, parts.query, "")
        )


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """Checks every URL before anything connects; ``allowed`` is the whole list, nothing implied."""

    allowed: tuple[Network, ...] = networks(PRIVATE)
    resolver: Resolver = system_resolver
    schemes: frozenset[str] = frozenset(DEFAULT_PORT)

    @staticmethod
    def of(texts: Sequence[str] = PRIVATE, *, resolver: Resolver = system_resolver) -> AddressGuard:
        return AddressGuard(networks(texts), resolver)

    def split(self, url: str) -> SplitResult:
        """Check the form only: scheme, host, port, no control characters, no name and password."""
        if len(url) > MAX_URL:
            raise AddressError(f"camera address is longer than {MAX_URL} characters")
        if any(ord(c) <= 32 or ord(c) == 127 for c in url) or "\\" in url:
            raise AddressError("camera address holds a space, control character or backslash")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise AddressError(f"camera address {redact(url)!r} is no URL") from None
        if parts.scheme.lower() not in self.schemes:
            raise AddressError(
                f"camera address {redact(url)!r}: scheme {parts.scheme or '(none)'!r} is not "
                f"allowed; use {', '.join(sorted(self.schemes))}"
            )
        if parts.username is not None or parts.password is not None:
            raise AddressError(
                f"camera address {redact(url)!r} carries a user name or password; give them "
                "separately, so that they are kept encrypted"
            )
        host = parts.hostname
        if not host or (":" not in host and not _NAME.fullmatch(host)):
            raise AddressError(f"camera address {redact(url)!r} has no usable host name")
        if port == 0:
            raise AddressError(f"camera address {redact(url)!r}: port 0 is none")
        return parts

    def permits(self, address: str) -> bool:
        """Whether an IP address lies in an allowed network (mapped IPv4 counts as IPv4)."""
        try:
            parsed: Address = ipaddress.ip_address(address.split("%")[0])
        except ValueError:
            return False
        if isinstance(parsed, ipaddress.IPv6Address):
            inner = parsed.ipv4_mapped
            if inner is not None:
                parsed = inner
        return any(parsed.version == net.version and parsed in net for net in self.allowed)

    async def check(self, url: str) -> Target:
        """Resolve once and check every answer: one answer outside the list refuses the name."""
        parts = self.split(url)
        scheme = parts.scheme.lower()
        host = str(parts.hostname)
        port = parts.port or DEFAULT_PORT[scheme]
        try:
            answers = await self.resolver(host, port)
        except OSError:
            raise AddressError(f"camera host {host!r} has no address: name not known") from None
        if not answers:
            raise AddressError(f"camera host {host!r} has no address")
        for answer in answers:
            if not self.permits(answer):
                raise AddressError(
                    f"camera host {host!r} ({answer}) lies outside the allowed networks "
                    f"({', '.join(str(n) for n in self.allowed)}); an administrator may add its "
                    "network to the setting camera_networks"
                )
        return Target(url, scheme, host, port, str(answers[0]))
