"""Each night's summary to people: by a 企业微信 group robot, by mail; none unless configured.

What is sent holds counts, camera ids and hall names, never a picture, a person or a finding.
"""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final, Protocol

import httpx

from service.settings import Settings
from vision.seen import DeskcheckError, InputError

TIMEOUT_S: Final = 15.0
BACK_OFF_S: Final = (2.0, 10.0, 30.0)
WECOM_BYTES: Final = 2048
"""企业微信 takes no longer text."""
WECOM_BUSY: Final = frozenset({-1, 45009, 45033})
"""Its codes for: busy, called too often, too many at once."""


class MessageError(DeskcheckError):
    """A message was not taken; ``again``: it may be later."""

    def __init__(self, text: str, *, again: bool) -> None:
        super().__init__(text)
        self.again = again


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its first line says what is wrong, if anything is."""

    first: str
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join((self.first, *self.lines))


class Way(Protocol):
    """A way to people."""

    name: str

    def send(self, message: Message) -> None:
        """Send it, or raise MessageError."""
        ...


class WeCom:
    """企业微信群机器人: one POST, an ``errcode`` in the answer."""

    name = "企业微信"

    def __init__(self, url: str) -> None:
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL:
            parsed = httpx.URL("")
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise InputError("Setting DESKCHECK_MESSAGE_WEBHOOK is no http or https address.")
        self._url = parsed

    def send(self, message: Message) -> None:
        body = {"msgtype": "text", "text": {"content": cut(message.text, WECOM_BYTES)}}
        try:
            answer = httpx.post(self._url, json=body, timeout=TIMEOUT_S, follow_redirects=False)
        except httpx.HTTPError as error:
            # its own text may show the address, and with it the key
            raise MessageError(
                f"{self.name}: {self._url.host} can't be reached ({type(error).__name__})",
                again=True,
            ) from None
        if answer.status_code != 200:
            raise MessageError(
                f"{self.name}: {self._url.host} answered HTTP {answer.status_code}",
                again=answer.status_code in (408, 429) or answer.status_code >= 500,
            )
        try:
            code = int(answer.json()["errcode"])
        except (ValueError, KeyError, TypeError):
            raise MessageError(
                f"{self.name}: {self._url.host} answered something else than 企业微信 does",
                again=False,
            ) from None
        if code:
            raise MessageError(
                f"{self.name}: not taken, errcode {code}; look at the robot's address and its "
                "security settings",
                again=code in WECOM_BUSY,
            )


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out."""

    host: str
    port: int
    security: str
    user: str
    password: str


class Mail:
    """SMTP, with TLS unless told otherwise."""

    name = "邮件"

    def __init__(self, server: MailServer, sender: str, to: Sequence[str]) -> None:
        if not sender or not to:
            raise InputError(
                "A mail server is set, but DESKCHECK_MAIL_FROM or DESKCHECK_MAIL_TO is missing."
            )
        if server.password and server.security == "none":
            raise InputError(
                "DESKCHECK_SMTP_SECURITY=none would show the mail password to the network; use "
                "tls or starttls, or leave the password out."
            )
        self._server, self._sender, self._to = server, sender, list(to)
        self._letter(Message("probe"))  # an address that no header takes is said at once

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage()
        try:
            letter["Subject"] = " ".join(message.first.split())[:200]
            letter["From"] = self._sender
            letter["To"] = ", ".join(self._to)
        except (ValueError, IndexError):
            raise InputError(
                "DESKCHECK_MAIL_FROM or DESKCHECK_MAIL_TO holds no mail address."
            ) from None
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain="deskcheck")
        letter.set_content(message.text + "\n")
        return letter

    def send(self, message: Message) -> None:
        server = self._server
        try:
            with self._connect() as smtp:
                if server.security == "starttls":
                    smtp.starttls(context=ssl.create_default_context())
                if server.user:
                    smtp.login(server.user, server.password)
                smtp.send_message(self._letter(message))
        except smtplib.SMTPAuthenticationError:
            raise MessageError(
                f"{self.name}: {server.host} refused the login", again=False
            ) from None
        except smtplib.SMTPRecipientsRefused:
            raise MessageError(
                f"{self.name}: {server.host} refused every recipient", again=False
            ) from None
        except smtplib.SMTPResponseException as error:
            raise MessageError(
                f"{self.name}: {server.host} answered {error.smtp_code}",
                again=400 <= error.smtp_code < 500,
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise MessageError(
                f"{self.name}: {server.host} can't be reached ({type(error).__name__})", again=True
            ) from None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(host, port, timeout=TIMEOUT_S)


def cut(text: str, most_bytes: int) -> str:
    """A text of no more than so many bytes; whole lines are left out at its end, and that said."""
    if len(text.encode()) <= most_bytes:
        return text
    more = "\n……"
    room = most_bytes - len(more.encode())
    kept = text.encode()[:room].decode(errors="ignore")
    return (kept.rsplit("\n", 1)[0] if "\n" in kept else kept) + more


def ways_of(settings: Settings) -> list[Way]:
    """The configured ways; none by default."""
    ways: list[Way] = []
    if settings.message_webhook is not None:
        ways.append(WeCom(settings.message_webhook.get_secret_value()))
    if settings.smtp_host:
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
        server = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user,
            password,
        )
        to = [t.strip() for t in settings.mail_to.split(",") if t.strip()]
        ways.append(Mail(server, settings.mail_from, to))
    return ways


def send_all(
    ways: Iterable[Way],
    message: Message,
    *,
    sleep: Callable[[float], None] = time.sleep,
    back_off_s: Sequence[float] = BACK_OFF_S,
) -> list[str]:
    """Send by every way, each tried again a few times; gives a sentence for each that failed."""
    failed: list[str] = []
    for way in ways:
        for wait in (*back_off_s, None):
            try:
                way.send(message)
            except MessageError as error:
                if wait is None or not error.again:
                    failed.append(f"The summary was not sent: {error}.")
                    break
                sleep(wait)
            else:
                break
    return failed
