"""Read lender.toml once at start into Rules; each fault is told with the key that has it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from madoguchi.domain.attack import AttackRules
from madoguchi.domain.codes import CodeRules, Level
from madoguchi.domain.hours import Hours
from madoguchi.domain.lockout import LockRules
from madoguchi.domain.passwords import PasswordRules
from madoguchi.domain.secrets import LONGEST
from madoguchi.lender import banking, keeping, lending, letters, members, money, service
from madoguchi.lender import maintenance as calendar
from madoguchi.rules import (
    Brand,
    ContactRules,
    DocumentRules,
    LinkRules,
    LostCardRules,
    MessageRules,
    Phone,
    Rules,
    SessionRules,
    SignIn,
    Throttle,
    TransferAccount,
)
from madoguchi.sections import RulesError, Section


def load(file: Path) -> Rules:
    """Read lender.toml; raises RulesError at the first key that is missing, unknown or wrong."""
    try:
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise RulesError(f"{file.name} cannot be read: {fault}") from fault
    top = Section("", tree)
    brand = _brand(top.section("brand"))
    rules = Rules(
        brand=brand,
        phone=_phone(top.section("phone")),
        web_questions=_reading_hours(top.section("web_questions")),
        **_sign_in(top.section("sign_in")),
        throttle=_numbers(Throttle, top.section("throttle"), 1, 1_000_000),
        attack=_attack(top.section("attack")),
        password=_password(top.section("password")),
        links=_links(top.section("links")),
        codes=_codes(top.section("codes")),
        session=_session(top.section("session")),
        product=lending.product(top.section("product")),
        lending_terms=lending.lending_terms(top.section("lending_terms")),
        transfer=_texts(TransferAccount, top.section("transfer")),
        bank_files=banking.bank_files(top.section("bank_files")),
        debit=banking.debit(top.section("debit")),
        bank_pages=money.bank_pages(top.sections("bank_pages")),
        payouts=money.payouts(top.section("payouts")),
        banks=money.banks(top.sections("banks")),
        atm=money.atm(top.section("atm")),
        **_member_services(top, brand),
        contracts=keeping.contracts(top.section("contracts")),
        retention=keeping.retention(top.section("retention")),
    )
    top.done()
    if rules.contracts.card_digits not in rules.sign_in.card_digits:
        raise RulesError("lender.toml: contracts.card_digits must be one of sign_in.card_digits")
    return rules


def _member_services(top: Section, brand: Brand) -> dict[str, Any]:
    return {
        "letters": letters.letters(top.section("letters"), (brand.name, brand.company)),
        "points": members.points(top.section("points")),
        "uploads": service.uploads(top.section("uploads")),
        "applications": service.applications(top.section("applications")),
        "dormant": service.dormant(top.section("dormant")),
        "messages": _numbers(MessageRules, top.section("messages"), 1, 10_000),
        "contact": _numbers(ContactRules, top.section("contact"), 1, 100_000),
        "documents": _numbers(DocumentRules, top.section("documents"), 1, 1000),
        "maintenance": calendar.maintenance(top.section("maintenance")),
        "desk": service.desk(top.section("desk")),
        "lost_card": _numbers(LostCardRules, top.section("lost_card"), 1, 1000),
    }


def _brand(s: Section) -> Brand:
    fictional = s.flag("fictional")
    names = [n for n in Brand.__slots__ if n != "fictional"]
    brand = Brand(fictional=fictional, **{name: s.text(name) for name in names})
    s.done()
    return brand


def _texts(kind: Any, s: Section) -> Any:
    made = kind(**{name: s.text(name) for name in kind.__slots__})
    s.done()
    return made


def _numbers(kind: Any, s: Section, low: int, high: int) -> Any:
    made = kind(**{name: s.number(name, low, high) for name in kind.__slots__})
    s.done()
    return made


def _hours(s: Section) -> Hours:
    hours = Hours(opens=s.clock("opens"), closes=s.clock("closes"))
    if hours.opens >= hours.closes:
        raise s.fault("closes", "must be later than opens")
    s.done()
    return hours


def _reading_hours(s: Section) -> Hours:
    hours = _hours(s)
    return replace(hours, web_from=hours.opens, web_until=hours.closes)


def _phone(s: Section) -> Phone:
    number, note, always = s.text("number"), s.text("note"), s.text("always")
    return Phone(number=number, note=note, always=always, hours=_hours(s))


def _sign_in(s: Section) -> dict[str, Any]:
    ways = SignIn(
        member_number=s.flag("member_number"),
        card_digits=s.numbers("card_digits", 8, 19),
        device_days=s.number("device_days", 1, 400),
        second_step=_LEVELS[s.choice("second_step", tuple(_LEVELS))],
        trust_days=s.number("trust_days", 0, 90),
        step_up_minutes=s.number("step_up_minutes", 1, 60),
    )
    locks = LockRules(
        pin_tries=s.number("pin_tries", 1, 10),
        password_tries=s.number("password_tries", 1, 20),
        waits_seconds=s.numbers("waits_seconds", 0, 604_800),
        pause_after=s.number("pause_after", 1, 100),
        pause_hours=s.number("pause_hours", 1, 168),
        stop_after=s.number("stop_after", 1, 1000),
        forget_days=s.number("forget_days", 1, 90),
        strangers_hold_card=s.flag("strangers_hold_card"),
    )
    if locks.forget_days * 86_400 <= max(locks.waits_seconds):
        raise s.fault("forget_days", "must be longer than the longest of waits_seconds")
    s.done()
    return {"sign_in": ways, "locks": locks}


def _attack(s: Section) -> AttackRules:
    rules: AttackRules = _numbers(AttackRules, s, 1, 100_000)
    if rules.pin_most < rules.pin_cards:
        raise s.fault("pin_most", "must not be below pin_cards")
    if rules.site_most < rules.site_failures:
        raise s.fault("site_most", "must not be below site_failures")
    return rules


def _password(s: Section) -> PasswordRules:
    shortest, longest = s.number("shortest", 8, 64), s.number("longest", 8, LONGEST)
    if longest < shortest:
        raise s.fault("longest", "must not be below shortest")
    rules = PasswordRules(shortest, longest, s.flag("symbols"), tuple(s.text("words").casefold().split()))
    s.done()
    return rules


def _links(s: Section) -> LinkRules:
    rules = LinkRules(
        minutes=s.number("minutes", 5, 1440),
        apart_seconds=s.number("apart_seconds", 0, 3600),
        hour=s.number("hour", 1, 100),
        day=s.number("day", 1, 1000),
        site_hour=s.number("site_hour", 1, 1_000_000),
    )
    s.done()
    return rules


# "sensitive" asks at sensitive acts alone, which are asked about at every level.
_LEVELS = {"sensitive": Level.OFF, "new_device": Level.NEW_DEVICE, "always": Level.ALWAYS}


def _codes(s: Section) -> CodeRules:
    rules = CodeRules(
        minutes=s.number("minutes", 1, 10),
        tries=s.number("tries", 1, 5),
        apart_seconds=s.number("apart_seconds", 0, 3600),
        hour=s.number("hour", 1, 20),
        day=s.number("day", 1, 100),
        networks=s.number("networks", 1, 20),
    )
    s.done()
    return rules


def _session(s: Section) -> SessionRules:
    rules = SessionRules(
        idle_minutes=s.number("idle_minutes", 3, 120),
        absolute_hours=s.number("absolute_hours", 1, 24),
        warn_minutes=s.number("warn_minutes", 1, 60),
    )
    if rules.warn_minutes >= rules.idle_minutes:
        raise s.fault("warn_minutes", "must be shorter than idle_minutes")
    s.done()
    return rules
