"""Every setting, with a title and a sentence; read from ``DESKCHECK_*`` and the command line.

There is no default secret and no default password: the secret is drawn on first use and kept in
the data folder, readable by its owner only.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from vision.seen import InputError, StoreError

SECRET_BYTES: Final = 32


class Settings(BaseSettings):
    """The service's settings; unknown keyword arguments are refused."""

    model_config = SettingsConfigDict(
        env_prefix="DESKCHECK_", extra="forbid", frozen=True, env_ignore_empty=True
    )

    data: Path = Field(
        default=Path("deskcheck-data"),
        title="Data folder",
        description="Holds the database, the masked evidence and each hall's inbox.",
    )
    database_url: str | None = Field(
        default=None,
        title="Database",
        description="SQLAlchemy address; left out: SQLite in the data folder.",
        repr=False,
    )
    host: str = Field(
        default="127.0.0.1",
        title="Listen address",
        description="Where the web page listens; other than loopback wants TLS, own or a proxy's.",
    )
    port: int = Field(
        default=8000, ge=1, le=65535, title="Listen port", description="TCP port of the web page."
    )
    tls_certificate: Path | None = Field(
        default=None,
        title="TLS certificate",
        description="PEM file, its chain behind it; with the key `serve` speaks TLS itself.",
    )
    tls_key: Path | None = Field(
        default=None,
        title="TLS key",
        description="PEM file of the certificate's private key, without a password, mode 0600.",
    )
    cookie_secure: bool = Field(
        default=False,
        title="Secure cookies",
        description="Send cookies over TLS only; switch on behind a TLS proxy (own TLS does).",
    )
    session_idle_minutes: int = Field(
        default=30, ge=1, title="Idle time-out", description="A session unused for so long ends."
    )
    session_hours: int = Field(
        default=12, ge=1, title="Session length", description="A session ends after so long anyway."
    )
    separate_admins: bool = Field(
        default=False,
        title="三员分立",
        description="System, security and audit administrators apart; see access.md.",
    )
    login_tries: int = Field(
        default=5, ge=1, title="Log-in tries", description="Wrong passwords before a lock-out."
    )
    lockout_minutes: int = Field(
        default=15, ge=1, title="Lock-out", description="How long a lock-out lasts."
    )
    queue_cap: int = Field(
        default=200,
        ge=1,
        title="Queue cap",
        description="Findings shown per hall and night; the rest is kept and counted.",
    )
    second_look_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        title="Second looks",
        description="Share of decided findings that come back blind to another inspector.",
    )
    pass_look_share: float = Field(
        default=0.01,
        ge=0,
        le=1,
        title="Looks at what passed",
        description="Share of a night's 合格 that is shown to look for what was missed.",
    )
    pass_look_most: int = Field(
        default=10,
        ge=0,
        le=500,
        title="Looks at what passed, at most",
        description="Of a hall and night.",
    )
    case_days: int = Field(
        default=3,
        ge=1,
        le=60,
        title="Time to mend",
        description="Working days that a case's deadline is proposed after it is assigned.",
    )
    recurrence_days: int = Field(
        default=30,
        ge=0,
        title="Recurrence",
        description="A case of a desk and clause closed at most so many days ago has come back.",
    )
    memory_days: int = Field(
        default=30,
        ge=0,
        title="Memory of dismissed things",
        description="A dismissed thing of the same place and look isn't asked again for so long.",
    )
    model: str | None = Field(
        default=None,
        title="Model",
        description="Name of a shipped model or path of an ONNX file; left out: what `model use` "
        "chose, else the shipped one.",
    )
    pack: Path | None = Field(
        default=None,
        title="Rule pack",
        description="A rule pack file; left out: the shipped pack in force on the day.",
    )
    lock_stale_seconds: int = Field(
        default=120,
        ge=5,
        title="Stale lock",
        description="A run that gave no sign of life for so long may be taken over.",
    )
    media_quality: int = Field(
        default=92, ge=50, le=100, title="Picture quality", description="JPEG quality of evidence."
    )
    thumb_px: int = Field(
        default=320, ge=64, le=1024, title="Thumbnail", description="Longer side of a thumbnail."
    )

    camera_networks: str = Field(
        default="10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7",
        title="Camera networks",
        description="Networks that cameras may be in, by commas; nothing else is connected to.",
    )
    camera_key: Path | None = Field(
        default=None,
        title="Camera key file",
        description="Seals camera passwords; left out: camera.key in the data folder.",
    )
    capture_at_once: int = Field(
        default=48, ge=1, le=512, title="Cameras at once", description="Cameras asked in parallel."
    )
    min_free_mb: int = Field(
        default=1024,
        ge=0,
        title="Free space",
        description="Capture stops while the disk has less free space than so many MB.",
    )

    seal_stills: bool = Field(
        default=True,
        title="Sealed originals",
        description="Unmasked stills in the data folder's inbox are encrypted as they arrive.",
    )
    stills_key: Path | None = Field(
        default=None,
        title="Key file of originals",
        description="Seals unmasked stills; left out: stills.key in the data folder.",
    )
    keep_originals_days: int = Field(
        default=7,
        ge=1,
        title="Originals",
        description="Days that unmasked stills stay in the inbox after their day was judged.",
    )
    keep_frames_days: int = Field(
        default=30,
        ge=1,
        title="Masked frames",
        description="Days that masked whole frames without a finding are kept.",
    )
    keep_dismissed_days: int = Field(
        default=14,
        ge=0,
        title="Dismissed evidence",
        description="Days that the pictures of a dismissed finding are kept after the verdict.",
    )
    keep_closed_days: int = Field(
        default=1096,
        ge=30,
        title="Evidence of ended cases",
        description="Days that a case's pictures are kept after it was closed, rejected or struck.",
    )

    scheduler: bool = Field(
        default=True,
        title="Built-in scheduler",
        description="`serve` captures and judges by itself; off where timers or cron do it.",
    )
    nightly_at: str = Field(
        default="00:30",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        title="Nightly run",
        description="When the night is judged, Asia/Shanghai; before 06:00 it is the day before's.",
    )

    message_webhook: SecretStr | None = Field(
        default=None,
        title="企业微信 webhook",
        description="Address of a group robot that gets each night's summary; left out: none.",
    )
    smtp_host: str | None = Field(
        default=None, title="Mail server", description="Sends each night's summary; left out: none."
    )
    smtp_port: int = Field(
        default=465, ge=1, le=65535, title="Mail port", description="TCP port of the mail server."
    )
    smtp_security: Literal["tls", "starttls", "none"] = Field(
        default="tls",
        title="Mail encryption",
        description="`tls`, `starttls`, or `none` (then no password is sent).",
    )
    smtp_user: str = Field(
        default="", title="Mail user", description="Login at the mail server, where it wants one."
    )
    smtp_password: SecretStr | None = Field(
        default=None, title="Mail password", description="Password at the mail server."
    )
    mail_from: str = Field(
        default="", title="Mail sender", description="Sender address of the summary."
    )
    mail_to: str = Field(
        default="", title="Mail recipients", description="Recipients of the summary, by commas."
    )

    metrics_token: SecretStr | None = Field(
        default=None,
        title="Metrics token",
        description="Bearer token for `/metrics`; left out: only callers on this machine.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", title="Log level", description="How much the log says."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", title="Log form", description="One JSON object a line, or text for people."
    )

    @property
    def url(self) -> str:
        """The database address in force."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{self.data.absolute() / 'deskcheck.sqlite3'}"

    @property
    def media(self) -> Path:
        """The folder of masked evidence."""
        return self.data / "media"

    @property
    def inbox(self) -> Path:
        """The folder that holds one inbox a hall."""
        return self.data / "inbox"

    @property
    def https(self) -> bool:
        """Whether browsers come by TLS: the service's own, or a proxy's."""
        return self.cookie_secure or self.tls_certificate is not None

    @property
    def address(self) -> str:
        """Where the service listens, as a browser is told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_certificate else 'http'}://{host}:{self.port}"

    def secret(self) -> str:
        """The installation's secret; drawn on first use, then always the same."""
        path = self.data / "secret.key"
        try:
            return _read_secret(path)
        except FileNotFoundError:
            pass
        self.data.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".secret.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails where another process was first: then its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return _read_secret(path)


def _read_secret(path: Path) -> str:
    text = path.read_text(encoding="ascii").strip()
    if len(text) < 2 * SECRET_BYTES:
        raise StoreError(
            f"{path}: the secret is damaged ({len(text)} characters); restore it from a backup, or "
            "delete the file so that a new one is drawn (everybody then logs in again)."
        )
    return text


def settings_markdown() -> str:
    """The table of settings in ``docs/operations.md``."""
    lines = ["| variable | default | what |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        text = f"{field.title}. {field.description}"
        lines.append(f"| `DESKCHECK_{name.upper()}` | {default} | {text} |")
    return "\n".join(lines) + "\n"


def load_settings(*, data: Path | None = None, **given: object) -> Settings:
    """Settings from the environment, with what the command line gave in front.

    Where neither names a model, the one that the data folder was told to use is taken.
    """
    values = {k: v for k, v in given.items() if v is not None}
    if data is not None:
        values["data"] = data
    try:
        settings = Settings(**values)  # type: ignore[arg-type]  # pydantic checks each
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        env = "DESKCHECK_" + name.upper().removeprefix("DESKCHECK_")
        raise InputError(
            f"Setting {env}: {first['msg']} (given: {first.get('input')!r})."
        ) from None
    if settings.model is not None:
        return settings
    from service.chosen_model import chosen_model

    return settings.model_copy(update={"model": chosen_model(settings.data)})


def data_folder(given: Path | None = None) -> Path:
    """The data folder alone, before anything in it is read."""
    return given or Path(os.environ.get("DESKCHECK_DATA") or Settings.model_fields["data"].default)
