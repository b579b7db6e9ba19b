"""The deployment's settings, read strictly from MADOGUCHI_* variables; nothing else reads the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from config_bank_page import bank_page
from config_letters import LOOPBACK, SettingError, Sms, Smtp, mail_from, sms, smtp
from config_operations import KNOWN as OPERATIONS
from config_operations import operations
from config_production import refuse

ROOT = Path(__file__).resolve().parent
RAILS = ("simulated", "files", "elsewhere")  # played; by files of this machine; by those of another one


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two machines running the same lender."""

    production: bool
    data: Path  # folder of the database, the limiter's counters, the demo's mail
    database: str  # sqlite:///… or postgresql://…
    limiter: str  # sqlite:///… or redis://…
    secret: bytes = field(repr=False)  # keys sessions, CSRF tokens and blind indexes
    pepper: bytes = field(repr=False)  # keys PINs before hashing, so that the table alone is worth nothing
    public_address: str  # https://… as members type it; mail links and passkeys use it
    trusted_proxies: int  # how many proxies in front may be believed about the address
    lender: Path
    host: str
    port: int
    clock: datetime | None  # where the demo's clock starts
    smtp: Smtp | None = None  # None: letters wait in the queue (the demo writes them into files)
    mail_from: str = "madoguchi@example.jp"  # the bare address that letters come from
    rails: str = "simulated"  # how the lender's bank is reached: one of RAILS
    sms: Sms | None = None  # None: SMS is not offered (the demo writes them into files)
    bank_page: str = ""  # https://… where members pay at their bank; "": not offered (the demo has its own)
    bank_page_key: bytes = field(default=b"", repr=False)  # signs orders and answers; shared with the banks
    atm_keys: tuple[bytes, ...] = field(default=(), repr=False)  # shared with the ATM network; none: no ATMs
    backup_dir: Path | None = None  # None: nobody makes backups by itself
    backup_key: str = field(default="", repr=False)  # "": backups are not sealed
    backup_keep: tuple[int, int, int] = (7, 5, 12)  # days, weeks, months of which one is kept
    log: str = "plain"  # json: a line for each request and event; plain: events in words
    metrics: tuple[str, int] | None = None  # a private address and port
    old_secrets: tuple[bytes, ...] = field(default=(), repr=False)  # before `secret`, the newest first
    old_peppers: tuple[bytes, ...] = field(default=(), repr=False)  # the same of `pepper`
    rehearsal: bool = False  # production on rails where no money moves
    debug: str = ""  # the variable that would show the inside of the site to strangers

    @property
    def secure(self) -> bool:
        """Whether members arrive over https (then cookies are Secure and named __Host-)."""
        return self.public_address.startswith("https://")


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """Read every MADOGUCHI_* variable; raise SettingError naming the first that is wrong or unknown."""
    unknown = sorted(k for k in env if k.startswith("MADOGUCHI_") and k not in KNOWN)
    if unknown:
        raise SettingError(f"{unknown[0]} is not a setting. Known ones: {', '.join(sorted(KNOWN))}")
    production = _choice(env, "MADOGUCHI_ENV", "demo", ("demo", "production")) == "production"
    data = Path(env.get("MADOGUCHI_DATA") or ROOT / "var").resolve()
    port = _number(env, "MADOGUCHI_PORT", 8000, 65535)
    return Settings(
        production=production,
        data=data,
        database=env.get("MADOGUCHI_DATABASE") or f"sqlite:///{data / 'madoguchi.db'}",
        limiter=env.get("MADOGUCHI_LIMITER") or f"sqlite:///{data / 'limits.db'}",
        secret=_secret(env, "MADOGUCHI_SECRET", production, data),
        pepper=_secret(env, "MADOGUCHI_PEPPER", production, data),
        public_address=_address(env, production, port),
        trusted_proxies=_number(env, "MADOGUCHI_TRUSTED_PROXIES", 0, 5),
        lender=Path(env.get("MADOGUCHI_LENDER") or ROOT / "lender.toml"),
        host=env.get("MADOGUCHI_HOST") or "127.0.0.1",
        port=port,
        clock=moment(env["MADOGUCHI_CLOCK"]) if env.get("MADOGUCHI_CLOCK") else None,
        smtp=smtp(env["MADOGUCHI_SMTP"]) if env.get("MADOGUCHI_SMTP") else None,
        mail_from=mail_from(env),
        sms=sms(env),
        **bank_page(env),
        rails=_choice(env, "MADOGUCHI_RAILS", "files" if production else "simulated", RAILS),
        atm_keys=_atm_keys(env, production, data),
        **operations(env, production),
        debug=next((name for name in ("FLASK_DEBUG", "PYTHONDEVMODE") if _is_on(env.get(name))), ""),
    )


def check(settings: Settings) -> Settings:
    """Refuse combinations that would be unsafe; raises SettingError."""
    if settings.production:
        refuse(settings)
    if settings.rails == "elsewhere" and (not settings.production or settings.database.startswith("sqlite:")):
        raise SettingError(
            "MADOGUCHI_RAILS=elsewhere is for the other machines on a PostgreSQL when one of them has the "
            "bank's files; unset it"
        )
    for name, real in (("MADOGUCHI_SMTP", settings.smtp), ("MADOGUCHI_SMS_URL", settings.sms)):
        if real and not settings.production:
            raise SettingError(f"{name} sends real letters; the demo keeps its own, so unset it there")
    if settings.trusted_proxies and settings.host not in LOOPBACK and not settings.host.startswith("unix:"):
        raise SettingError(
            "MADOGUCHI_TRUSTED_PROXIES believes X-Forwarded-For, so the server may listen on loopback only: "
            "set MADOGUCHI_HOST=127.0.0.1 and let the proxy connect there"
        )
    return settings


def with_arguments(settings: Settings, **changes: object) -> Settings:
    """The same settings with what was given on the command line; checked again."""
    said = {name: value for name, value in changes.items() if value is not None}
    return check(replace(settings, **said))  # type: ignore[arg-type]


KNOWN = {
    "MADOGUCHI_ENV",
    "MADOGUCHI_DATA",
    "MADOGUCHI_DATABASE",
    "MADOGUCHI_LIMITER",
    "MADOGUCHI_SECRET",
    "MADOGUCHI_PEPPER",
    "MADOGUCHI_PUBLIC_ADDRESS",
    "MADOGUCHI_TRUSTED_PROXIES",
    "MADOGUCHI_LENDER",
    "MADOGUCHI_HOST",
    "MADOGUCHI_PORT",
    "MADOGUCHI_CLOCK",
    "MADOGUCHI_SMTP",
    "MADOGUCHI_MAIL_FROM",
    "MADOGUCHI_RAILS",
    "MADOGUCHI_BANK_PAGE",
    "MADOGUCHI_BANK_PAGE_KEY",
    "MADOGUCHI_SMS_URL",
    "MADOGUCHI_SMS_BODY",
    "MADOGUCHI_SMS_AUTHORIZATION",
    "MADOGUCHI_ATM_KEYS",
    *OPERATIONS,
}


def moment(text: str) -> datetime:
    """An aware moment such as 2026-11-20T10:00+09:00; raises SettingError when it is naive or no time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise SettingError(
            f"the clock must be a moment with its zone, such as 2026-11-20T10:00+09:00, not {text!r}"
        )
    return found


def _is_on(value: str | None) -> bool:
    return (value or "").lower() not in ("", "0", "false", "no")


def _choice(env: Mapping[str, str], key: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(key) or default
    if value not in allowed:
        raise SettingError(f"{key} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _number(env: Mapping[str, str], key: str, default: int, highest: int) -> int:
    text = env.get(key) or str(default)
    if not (text.isascii() and text.isdigit() and int(text) <= highest):
        raise SettingError(f"{key} must be a whole number from 0 to {highest}, not {text!r}")
    return int(text)


def _secret(env: Mapping[str, str], key: str, production: bool, data: Path) -> bytes:
    """From the variable; in the demo alone, made once and kept beside the data."""
    if text := env.get(key):
        if len(text) < 32:
            raise SettingError(f"{key} must have at least 32 characters, such as from: openssl rand -hex 32")
        return text.encode()
    if production:
        raise SettingError(
            f"{key} is missing; make one with: openssl rand -hex 32, and keep it out of the database's backup"
        )
    file = data / key.removeprefix("MADOGUCHI_").lower()
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text().strip().encode()


def _atm_keys(env: Mapping[str, str], production: bool, data: Path) -> tuple[bytes, ...]:
    """One key, or two with a comma between while one replaces the other; the demo makes its own."""
    text = env.get("MADOGUCHI_ATM_KEYS", "")
    keys = tuple(key.strip().encode() for key in text.split(",")) if text else ()
    if any(len(key) < 32 for key in keys):
        raise SettingError(
            "MADOGUCHI_ATM_KEYS must hold keys of at least 32 characters: openssl rand -hex 32"
        )
    return keys or (() if production else (_secret({}, "MADOGUCHI_ATM_KEY", production, data),))


def _address(env: Mapping[str, str], production: bool, port: int) -> str:
    text = (env.get("MADOGUCHI_PUBLIC_ADDRESS") or "").rstrip("/")
    if not text:
        if production:
            raise SettingError("MADOGUCHI_PUBLIC_ADDRESS is missing: the https:// address that members type")
        return f"http://localhost:{port}"
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or parts.path or not (parts.scheme == "https" or local):
        raise SettingError(
            f"MADOGUCHI_PUBLIC_ADDRESS must be https://host (http on loopback only), not {text!r}"
        )
    return text
