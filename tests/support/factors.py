"""Members with a second step: turned on, with an app, with codes read from the mailbox."""

import json
from dataclasses import replace

import pyotp

from madoguchi.domain.codes import Level
from madoguchi.ports import NewKey
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


class PaperKeys:
    """A Passkeys port whose authenticators are words: an answer holds when its key is the one on file."""

    host = "localhost"

    def registration(self, challenge, handle, name, known):
        """The challenge alone."""
        return challenge.hex()

    def request(self, challenge, known, alone):
        """The challenge alone."""
        return challenge.hex()

    def registered(self, answer, challenge):
        """The key as the answer says it."""
        said = json.loads(answer)
        return NewKey(said["id"], said["key"], said["count"])

    def challenge_of(self, answer):
        """As the answer says it."""
        return bytes.fromhex(json.loads(answer)["challenge"])

    def credential_of(self, answer):
        """As the answer says it."""
        return json.loads(answer)["id"]

    def proved(self, answer, challenge, key, alone):
        """Right for the key on file and a counter that went on."""
        said = json.loads(answer)
        right = said["key"] == key.public_key and said["count"] > key.sign_count
        return said["count"] if right else None


def answer(challenge, credential="phone", key="secret", count=1):
    """What a browser says for a passkey."""
    return json.dumps({"challenge": challenge, "id": credential, "key": key, "count": count})


def on_paper(office):
    """The same office with paper passkeys."""
    return replace(office, factors=replace(office.factors, passkeys=PaperKeys()))
