"""What sites wrote to their logs, and the words that may stand in none of them."""

import email
import json
import re
from email import policy

from madoguchi.services import cast
from madoguchi.services.demo_staff import PASSWORD, TEAM

GREETED = "止めるには Ctrl+C"  # the end of what `python run.py` tells the tester in front of the terminal
BEGINS = "\nMadoguchi: "
LINK = re.compile(r"https?://\S+/([A-Za-z0-9_-]{16,})")
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def lines(log):
    """The lines of a log as JSON; between one greeting and that of the next start there are no others."""
    _greeting, *lives = log.read_text(encoding="utf-8").split(GREETED + "\n")
    assert lives, f"{log} has no greeting"
    told = [life.partition(BEGINS)[0] for life in lives]
    return [json.loads(line) for life in told for line in life.splitlines()]


def secrets_of_the_cast():
    """Everything about the invented members and staff that would name them or let somebody in."""
    for who in cast.CAST:
        member = who.member
        yield from (member.number, member.name, member.name_kana, member.name_romaji, member.email)
        yield from (member.phone, member.phone.replace("-", ""), member.birth_date.isoformat())
        yield from (member.address, member.employer, who.card, who.pin, who.web_id, who.password)
        yield from member.name.split()
    yield from (PASSWORD, *(name for name, _role in TEAM))


def secrets_in_mail(data):
    """The codes and the tokens of links in the letters that a site sent."""
    for file in (data / "mail").glob("*.eml"):
        message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        yield from CODE.findall(text)
        yield from LINK.findall(text)


def told(words, secret):
    """Whether a secret stands in words; one of digits counts only where no digit or letter is beside it."""
    if secret.isdigit():
        return re.search(rf"(?<![\w.:-]){secret}(?![\w.])", words) is not None
    return secret in words
