"""An authenticator app: a secret is proposed, and taken into use once its owner shows a code of it."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.domain.codes import read
from madoguchi.services import factor_news
from madoguchi.services.office import Office
from madoguchi.store import codes as tries
from madoguchi.store import second_step as rows


@dataclass(frozen=True, slots=True)
class Proposal:
    """A secret to be put into an app, in base32 and in groups of four for typing."""

    secret: str

    @property
    def grouped(self) -> str:
        """As a person types it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def propose(office: Office, member_id: int) -> None:
    """Make a secret; one that was proposed before and never shown to be known is forgotten."""
    sealed = office.factors.vault.seal(office.factors.authenticator.new_secret(), context(member_id))
    with office.store.transaction():
        rows.propose_totp(office.store, member_id, sealed)


def proposed(office: Office, member_id: int) -> Proposal | None:
    """The secret that waits to be shown to be known."""
    secret = secret_of(office, member_id, rows.means(office.store, member_id).totp_new)
    return Proposal(secret) if secret else None


def picture(office: Office, member_id: int, account: str) -> bytes | None:
    """The QR code of the proposed secret as SVG; `account` is what the app writes beside it."""
    found = proposed(office, member_id)
    return office.factors.authenticator.picture(found.secret, account) if found else None


def accept(office: Office, member_id: int, typed: str) -> bool:
    """Take the proposed secret into use if a code of it was typed; an older app's codes stop at once."""
    with office.store.transaction():
        tries.hold(office.store, member_id)
        sealed = rows.means(office.store, member_id).totp_new
        secret, understood = secret_of(office, member_id, sealed), read(typed)
        if not (sealed and secret and understood and understood.digits):
            return False
        step = office.factors.authenticator.step_of(secret, understood.digits, office.now())
        if step is None or not rows.accept_totp(office.store, member_id, sealed, step):
            return False
        factor_news.changed(office, member_id, "認証アプリを登録しました")
        return True


def remove(office: Office, member_id: int) -> bool:
    """Forget the app; False when there was none."""
    with office.store.transaction():
        removed = rows.remove_totp(office.store, member_id)
        if removed:
            factor_news.changed(office, member_id, "認証アプリの登録を消しました")
        return removed


def demo_code(office: Office, member_id: int) -> str | None:
    """What an app with the member's secret would show by the demo's clock; None outside of the demo.

    No phone follows a clock that testers move. A secret that is proposed comes before the one in use.
    """
    if office.demo is None:
        return None
    means = rows.means(office.store, member_id)
    secret = secret_of(office, member_id, means.totp_new or means.totp)
    return office.factors.authenticator.code_at(secret, office.now()) if secret else None


def secret_of(office: Office, member_id: int, sealed: str | None) -> str | None:
    """The secret itself; None without one, or sealed by another deployment's key."""
    return office.factors.vault.open(sealed, context(member_id)) if sealed else None


def context(member_id: int) -> str:
    """What a sealed secret of an app is sealed for."""
    return f"totp:{member_id}"
