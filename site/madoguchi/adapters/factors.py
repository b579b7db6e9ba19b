"""The second step's outside: sealing at rest, authenticator apps with their QR code, and passkeys.

The libraries are imported when first used: together they would add a third of a second to every start.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from madoguchi.adapters import qr
from madoguchi.ports import NewKey

STEP_SECONDS = 30
STEPS_AROUND = (0, -1, 1)  # a phone's clock may be half a minute off
TIMEOUT_MS = 300_000


class FernetVault:
    """The Vault: AES-128-CBC with HMAC-SHA256 (Fernet), a key for each context."""

    def __init__(self, secret: bytes, old: Sequence[bytes] = ()) -> None:
        self._secret, self._old = secret, tuple(old)

    def seal(self, text: str, context: str) -> str:
        """The text, sealed."""
        return str(_box(self._secret, context).encrypt(text.encode()).decode())

    def open(self, sealed: str, context: str) -> str | None:
        """The text again, by whichever of our keys it was sealed, or None."""
        found = (_opened(secret, sealed, context) for secret in (self._secret, *self._old))
        return next((text for text in found if text is not None), None)

    def resealed(self, sealed: str, context: str) -> str | None:
        """Sealed anew, or None."""
        if _opened(self._secret, sealed, context) is not None:
            return None
        text = self.open(sealed, context)
        return None if text is None else self.seal(text, context)


def _opened(secret: bytes, sealed: str, context: str) -> str | None:
    from cryptography.fernet import InvalidToken

    try:
        return str(_box(secret, context).decrypt(sealed.encode()).decode())
    except InvalidToken:
        return None


def _box(secret: bytes, context: str) -> Any:
    from cryptography.fernet import Fernet

    key = hmac.new(secret, f"vault:{context}".encode(), hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class AuthenticatorApp:
    """The Authenticator, by pyotp and segno; `issuer` is the name that apps show."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def new_secret(self) -> str:
        """A fresh secret of 160 bits."""
        import pyotp

        return str(pyotp.random_base32())

    def step_of(self, secret: str, digits: str, now: datetime) -> int | None:
        """The step whose code this is; all steps around now are compared, whichever is right."""
        import pyotp

        present = int(now.timestamp()) // STEP_SECONDS
        codes = {present + off: pyotp.HOTP(secret).at(present + off) for off in STEPS_AROUND}
        right = [step for step, code in codes.items() if hmac.compare_digest(code, digits)]
        return right[0] if right else None

    def code_at(self, secret: str, now: datetime) -> str:
        """What an app shows at a moment."""
        import pyotp

        return str(pyotp.HOTP(secret).at(int(now.timestamp()) // STEP_SECONDS))

    def picture(self, secret: str, account: str) -> bytes:
        """The QR code that an app reads."""
        import pyotp

        return qr.picture(pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=self._issuer))


class WebAuthn:
    """The Passkeys of one site, by py_webauthn; its address is the only origin that counts."""

    def __init__(self, public_address: str, site_name: str) -> None:
        self._origin, self._name = public_address, site_name
        found = urlsplit(public_address).hostname or ""
        self._host = "" if _is_address(found) else found

    @property
    def host(self) -> str:
        """The RP ID, "" where passkeys cannot be."""
        return self._host

    def registration(self, challenge: bytes, handle: bytes, name: str, known: Sequence[str]) -> str:
        """Options for a passkey that names its owner by itself, so that sign-in needs no identifier."""
        import webauthn
        from webauthn.helpers import structs

        wish = structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        )
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name=self._name,
            user_id=handle,
            user_name=name,
            user_display_name=name,
            challenge=challenge,
            timeout=TIMEOUT_MS,
            authenticator_selection=wish,
            exclude_credentials=_descriptors(known),
        )
        return str(webauthn.options_to_json(options))

    def registered(self, answer: str, challenge: bytes) -> NewKey | None:
        """The new passkey; which maker's it is nobody asks."""
        import webauthn

        try:
            made = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
            )
        except Exception:  # noqa: BLE001 - a stranger's bytes fail in many ways, and all mean no
            return None
        return NewKey(_b64(made.credential_id), _b64(made.credential_public_key), made.sign_count)

    def request(self, challenge: bytes, known: Sequence[str], alone: bool) -> str:
        """Options for using a passkey."""
        import webauthn
        from webauthn.helpers.structs import UserVerificationRequirement as Verify

        options = webauthn.generate_authentication_options(
            rp_id=self._host,
            challenge=challenge,
            timeout=TIMEOUT_MS,
            allow_credentials=_descriptors(known),
            user_verification=Verify.REQUIRED if alone else Verify.PREFERRED,
        )
        return str(webauthn.options_to_json(options))

    def challenge_of(self, answer: str) -> bytes:
        """From the answer's clientDataJSON."""
        try:
            client = json.loads(_bytes(json.loads(answer)["response"]["clientDataJSON"]))
            return _bytes(client["challenge"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return b""

    def credential_of(self, answer: str) -> str:
        """From the answer's id."""
        try:
            found = json.loads(answer)["id"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return ""
        return found if isinstance(found, str) and len(found) <= 1400 else ""

    def proved(self, answer: str, challenge: bytes, key: NewKey, alone: bool) -> int | None:
        """The new counter; a counter that went back means a copied passkey, and is refused."""
        import webauthn

        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
                require_user_verification=alone,
            )
        except Exception:  # noqa: BLE001 - a stranger's bytes fail in many ways, and all mean no
            return None
        return int(found.new_sign_count)


def _descriptors(known: Sequence[str]) -> list[Any]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=_bytes(credential)) for credential in known]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
