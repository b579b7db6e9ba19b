"""Discreet letters: each kind has one that tells neither lender nor figure, and keeps its code or link."""

import re

import pytest

from madoguchi.adapters.letterpress import Letterpress
from madoguchi.adapters.mail import envelope
from madoguchi.domain.letters import FORMS, Channel, Kind
from madoguchi.ports import Message
from tests import people
from tests.adapters.test_letterpress import SAMPLES
from tests.support.post import SENDER, SITE

RULES = people.rules()
PRESS = Letterpress(RULES, SITE)
KINDS = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
# What may stand in a discreet letter although it has digits: codes, the phone, until when something works.
ALLOWED = (SAMPLES["code"], SAMPLES["until"], SAMPLES["token"], RULES.phone.number, "1回")
BRAND = (RULES.brand.name, RULES.brand.company, RULES.brand.registration, "金融", "ファイナンス")
DEBT = ("返済", "借", "振替", "引き落とし", "残高", "利息", "円", "カード", "ATM", "支払")


def discreet(kind, **facts):
    """The discreet letter with sample facts."""
    told = {n: SAMPLES[n] for n in FORMS[kind].facts} | {"name": "佐藤 花子"} | facts
    return PRESS.compose(kind, told, discreet=True)


def all_of(letter):
    """Subject, text and twin together, and the sender."""
    return "\n".join((letter.sender, letter.subject, letter.text, letter.html))


@KINDS
def test_no_kind_tells_a_figure(kind):
    said = all_of(discreet(kind)).replace("h1>", "").replace("utf-8", "")
    for allowed in ALLOWED:
        said = said.replace(allowed, "")
    assert not re.search(r"[0-9０-９]", said), said


@KINDS
def test_no_kind_tells_who_writes_or_that_anything_is_owed(kind):
    letter = discreet(kind)
    said = all_of(letter).replace(SITE, "")
    assert not [word for word in (*BRAND, *DEBT) if word in said]
    assert letter.sender == "会員サイト"


@KINDS
def test_no_kind_repeats_a_fact_but_its_secret(kind):
    form = FORMS[kind]
    unlike = {name: f"〔{name}〕" for name in form.facts - form.secrets - {"until"}}
    assert not [fact for fact in unlike.values() if fact in all_of(discreet(kind, **unlike))]


@KINDS
def test_every_kind_keeps_its_code_or_link(kind):
    letter, whole = discreet(kind), PRESS.compose(kind, SAMPLES | {"name": "佐藤 花子"})
    for name in FORMS[kind].secrets:
        (line,) = [line for line in whole.text.split("\n") if SAMPLES[name] in line]
        assert line in letter.text.split("\n")


@KINDS
def test_no_kind_leads_to_the_sign_in_page(kind):
    assert "/login" not in all_of(discreet(kind))


@pytest.mark.parametrize("kind", [kind for kind in Kind if not FORMS[kind].hinges_on_secret])
def test_what_is_no_code_has_one_subject_and_says_where_the_rest_is(kind):
    letter = discreet(kind)
    assert letter.subject == "お知らせがあります"
    assert "「お知らせの控え」" in letter.text


def test_what_has_a_day_asks_to_be_read_soon():
    assert "お早めに" in discreet(Kind.REMINDER).text
    assert "お早めに" not in discreet(Kind.PAYMENT_RECEIVED).text


def test_an_alarm_whose_link_is_gone_names_the_phone():
    assert RULES.phone.number in discreet(Kind.PASSWORD_CHANGED, token="").text


def test_a_code_by_sms_stays_short():
    assert FORMS[Kind.CODE_TEXT].channel is Channel.TEXT
    assert len(discreet(Kind.CODE_TEXT).text) < 70


def test_the_envelope_is_signed_by_the_neutral_sender_at_the_same_address():
    for kind, name in ((Kind.REMINDER, "会員サイト"), (Kind.CODE, "会員サイト")):
        made = envelope.mail(Message("1.1", "hanako@example.jp", discreet(kind), people.TODAY), SENDER)
        (sender,) = made["From"].addresses
        assert (sender.display_name, sender.addr_spec) == (name, SENDER.addr_spec)
        assert "まどぐち" not in str(made).replace(SITE, "")


def test_other_letters_are_signed_as_always():
    whole = PRESS.compose(Kind.CODE, SAMPLES | {"name": "佐藤 花子"})
    made = envelope.mail(Message("1.1", "hanako@example.jp", whole, people.TODAY), SENDER)
    assert made["From"].addresses[0].display_name == SENDER.display_name
