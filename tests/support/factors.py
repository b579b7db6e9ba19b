"""Members with a second step: turned on, with an app, with codes read from the mailbox."""

import pyotp

from madoguchi.domain.codes import Level
from madoguchi.services import second_step, totp
from tests.support.mailbox import letters


def turn_on(office, who, level=Level.NEW_DEVICE):
    """Turn the second step on; returns the recovery codes."""
    return second_step.choose(office, who.member_id, level)


def mailed(office, kind="code"):
    """The code in the newest letter."""
    return letters(office, kind)[0]["code"]


def wrong(code):
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06}"


def with_app(office, who):
    """Register an authenticator app; returns it, to be asked for codes by `app.at(moment)`."""
    totp.propose(office, who.member_id)
    app = pyotp.TOTP(totp.proposed(office, who.member_id).secret)
    assert totp.accept(office, who.member_id, app.at(office.now()))
    return app
