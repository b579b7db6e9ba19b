"""How letters leave the house: the settings of mail and SMS, and the fault of every wrong setting."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SettingError(ValueError):
    """A setting is missing or wrong; the sentence says which and what would be right."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where mail is handed in; `security` is tls (from the first byte), starttls, or none (loopback only)."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sms:
    """Where SMS are handed in. `body` is JSON whose texts hold {to} or {to_e164}, and {text}."""

    url: str
    body: dict[str, Any]
    authorization: str = field(default="", repr=False)


SMTP_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
SMTP_SECURITY = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "none"}


def smtp(text: str) -> Smtp:
    """From smtps://user:password@host:465; the sentence of a fault never repeats the password."""
    try:
        parts = urlsplit(text)
        port = parts.port or SMTP_PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = urlsplit(""), 0
    if not port or parts.scheme not in SMTP_PORTS or not parts.hostname or parts.path + parts.query:
        raise SettingError(
            "MADOGUCHI_SMTP must be smtps://user:password@host:465 or smtp+starttls://user:password@host:587 "
            "(write @ / ? # in the password as %40 %2F %3F %23)"
        )
    if parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
        raise SettingError("MADOGUCHI_SMTP may be smtp:// (not encrypted) on loopback only; use smtps://")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, port, SMTP_SECURITY[parts.scheme], user, password)


def sms(env: Mapping[str, str]) -> Sms | None:
    """None without a gateway; the sentence of a fault never repeats what may be secret."""
    url = env.get("MADOGUCHI_SMS_URL") or ""
    if not url:
        if env.get("MADOGUCHI_SMS_BODY") or env.get("MADOGUCHI_SMS_AUTHORIZATION"):
            raise SettingError("MADOGUCHI_SMS_URL is missing: the address of the gateway that takes SMS")
        return None
    try:
        parts = urlsplit(url)
        sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        sound = sound and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise SettingError(
            "MADOGUCHI_SMS_URL must be https://host/path (http on loopback only), without user and password; "
            "a key goes into MADOGUCHI_SMS_AUTHORIZATION"
        )
    key = env.get("MADOGUCHI_SMS_AUTHORIZATION") or ""
    if not (key.isascii() and (key.isprintable() or not key)):
        raise SettingError("MADOGUCHI_SMS_AUTHORIZATION must be one header's value, such as: Bearer KEY")
    return Sms(url, _sms_body(env.get("MADOGUCHI_SMS_BODY") or '{"to": "{to}", "text": "{text}"}'), key)


def mail_from(env: Mapping[str, str]) -> str:
    text = env.get("MADOGUCHI_MAIL_FROM") or ""
    if not text and env.get("MADOGUCHI_SMTP"):
        raise SettingError("MADOGUCHI_MAIL_FROM is missing: the bare address that letters come from")
    if text and not re.fullmatch(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text, re.ASCII):
        raise SettingError(
            f"MADOGUCHI_MAIL_FROM must be one bare address such as info@example.jp, not {text!r}"
        )
    return text or "madoguchi@example.jp"


def _sms_body(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if not (isinstance(body, dict) and "{text}" in text and ("{to}" in text or "{to_e164}" in text)):
        raise SettingError(
            "MADOGUCHI_SMS_BODY must be a JSON object whose texts hold {to} (090…) or {to_e164} (+8190…), "
            "and {text}"
        )
    return body
