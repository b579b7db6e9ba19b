"""A contract opened at the desk: asked for with the papers seen, approved by a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.money import format_yen
from madoguchi.domain.numbers import card_number, member_number
from madoguchi.domain.product import MONTH_END, FixedDays, rate_for_limit
from madoguchi.domain.rates import format_rate
from madoguchi.domain.screening import Bounds, Obstacle, obstacles
from madoguchi.services import audit, contracts, counter, four_eyes, letters, mail_change
from madoguchi.services.account_check import names_of
from madoguchi.services.audit import Noted
from madoguchi.services.contracts import Card, Opened
from madoguchi.services.counter import Purpose
from madoguchi.services.four_eyes import Act
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import counter as tickets
from madoguchi.store import desk_requests, finding, members, numbers
from madoguchi.store.desk_requests import Request
from madoguchi.store.mandates import Account
from madoguchi.store.members import NewMember

WORD: Final = "open_contract"
MEMBERS, CARDS = "member", "card"  # the series


@dataclass(frozen=True, slots=True)
class Application:
    """What is asked for; money in yen, `income_paper` "" where none was looked at.

    `document` and `place` are the kind of identity paper and where it was looked at, never its number.
    """

    name: str
    name_kana: str
    name_romaji: str
    birth_date: date
    postcode: str
    address: str
    phone: str
    email: str
    employer: str
    annual_income: int
    other_debts: int
    income_paper: str
    limit: int
    due_day: int
    first: bool
    account: Account | None
    document: str
    place: str
    shared: bool = False  # whether it is known that another member has the same mail address


@dataclass(frozen=True, slots=True)
class Asked:
    """It waits for a second person under this number."""

    request: int


@dataclass(frozen=True, slots=True)
class Unfit:
    """It cannot be asked for, and nothing was written."""

    obstacles: Sequence[Obstacle]


def bounds(office: Office) -> Bounds:
    """Return what this lender lends at all."""
    terms = office.rules.lending_terms
    unit, youngest = office.rules.contracts.limit_unit, office.rules.contracts.youngest
    return Bounds(terms.limit_lowest, terms.limit_highest, unit, youngest)


def screened(office: Office, wish: Application) -> Sequence[Obstacle]:
    """Return what stands against a contract."""
    money = wish.limit, wish.annual_income, wish.other_debts, bool(wish.income_paper)
    return obstacles(wish.birth_date, office.business_day(), *money, bounds(office))


def due_days(office: Office) -> Sequence[int]:
    """Return the due days on offer, 31 for the month's end and 0 for a cycle."""
    rule = office.rules.product.due
    return rule.days if isinstance(rule, FixedDays) else (0,)


def same_person(office: Office, kana: str, born: date) -> list[str]:
    """Return the numbers of members with this name in kana who were born on this day."""
    return finding.of_person(office.store, kana, born)


def ask(office: Office, wish: Application, reason: str, who: Colleague) -> Asked | Unfit:
    """Ask for a contract; the very same wish of the same colleague that still waits is one request."""
    if found := screened(office, wish):
        return Unfit(found)
    facts = facts_of(wish)
    with office.store.transaction():
        numbers.hold(office.store, MEMBERS)  # two presses of a button come one after the other
        for waiting in four_eyes.waiting(office):
            if waiting.act == WORD and waiting.asked_by == who.id and waiting.facts == facts:
                return Asked(waiting.id)
        return Asked(four_eyes.ask_within(office, ACT.word, None, facts, reason, who))


def facts_of(wish: Application) -> dict[str, Any]:
    """An application as a request keeps it."""
    return asdict(wish) | {"birth_date": wish.birth_date.isoformat()}


def read_facts(facts: dict[str, Any]) -> Application:
    """The same back."""
    account = Account(**facts["account"]) if facts["account"] else None
    born = date.fromisoformat(facts["birth_date"])
    return Application(**facts | {"birth_date": born, "account": account})


def told(office: Office, request: Request) -> Sequence[tuple[str, str]]:
    """Return what whoever decides has to know; nothing of a person once it was taken away."""
    if "name" not in request.facts:
        return [("内容", "個人の情報は、保存の期間が過ぎたため消しました")]
    wish = read_facts(request.facts)
    rate = rate_for_limit(office.rules.product, wish.limit)
    same = same_person(office, wish.name_kana, wish.birth_date)
    number = members.number_of_contract(office.store, request.contract_id) if request.contract_id else ""
    rows = [
        ("会員番号", number),
        ("お名前", f"{wish.name}（{wish.name_kana}）"),
        ("生年月日", f"{wish.birth_date:%Y年%-m月%-d日}"),
        ("ご住所", f"〒{wish.postcode} {wish.address}"),
        ("ご連絡先", " ".join(filter(None, (wish.phone, wish.email)))),
        ("メール", "ほかの会員と共用" if wish.shared else ""),
        ("勤務先・年収", f"{wish.employer} {format_yen(wish.annual_income)}円"),
        ("他社の借入", f"{format_yen(wish.other_debts)}円"),
        ("収入の書類", wish.income_paper or "なし"),
        ("利用限度額・利率", f"{format_yen(wish.limit)}円 年{format_rate(rate)}%"),
        ("返済日", due_words(wish.due_day)),
        ("初めての契約", "はい" if wish.first else "いいえ"),
        ("振込先", _account(office, wish.account)),
        ("本人確認", f"{wish.document}（{wish.place}）"),
        ("同じお名前・生年月日の会員", "" if number else "、".join(same)),
    ]
    return [(name, value) for name, value in rows if value]


def perform(office: Office, request: Request, who: Colleague) -> str | None:
    """Open the contract inside the act that approves it; a sentence where it cannot be opened now."""
    wish = read_facts(request.facts)
    if screened(office, wish):
        return "いまの条件では契約を始められません。内容を確かめて、もう一度依頼してください。"
    if not wish.shared and mail_change.is_taken(office, wish.email):
        return mail_change.TAKEN
    opened = _open(office, wish)
    desk_requests.note_contract(office.store, request.id, opened.contract_id)
    found = tickets.card_of(office.store, opened.contract_id)
    assert found, "a contract is opened with a card"
    counter.open_ticket_within(office, opened.contract_id, found[0], Purpose.NEW, who)
    letters.write(office, Kind.WELCOME, {"at": office.now()}, member_id=opened.member_id, now=office.now())
    facts: dict[str, Any] = {"request": request.id, "document": wish.document, "place": wish.place}
    audit.note_within(office, Noted.CONTRACT_OPENED, who.name, member_id=opened.member_id, **facts)
    return None


def _open(office: Office, wish: Application) -> Opened:
    names = (
        "name", "name_kana", "birth_date", "name_romaji", "email", "phone", "postcode", "address", "employer",
        "annual_income", "other_debts",
    )  # fmt: skip
    member = NewMember(_next_member(office), **{name: getattr(wish, name) for name in names})
    to = wish.account
    row = (to.bank_code, to.branch_code, to.kind, to.number, to.holder_kana) if to else None
    card = Card(_next_card(office), None)
    opened = contracts.open_within(
        office, member, wish.limit, wish.due_day, card, account=row, first=wish.first
    )
    assert isinstance(opened, Opened), "the series is held, and the number was free"
    return opened


def _next_member(office: Office) -> str:
    """The next member number that nobody has; the series is held until the act ends."""
    serial = max(numbers.hold(office.store, MEMBERS) + 1, office.rules.contracts.member_from)
    while members.number_taken(office.store, member_number(serial)):
        serial += 1
    numbers.took(office.store, MEMBERS, serial)
    return member_number(serial)


def _next_card(office: Office) -> str:
    rules, serial = office.rules.contracts, numbers.hold(office.store, CARDS) + 1
    while numbers.card_taken(office.store, card_number(rules.card_prefix, serial, rules.card_digits)):
        serial += 1
    numbers.took(office.store, CARDS, serial)
    return card_number(rules.card_prefix, serial, rules.card_digits)


def due_words(day: int) -> str:
    """A due day in words."""
    if day == MONTH_END:
        return "毎月末日"
    return f"毎月{day}日" if day else "決まった日数ごと"


def _account(office: Office, account: Account | None) -> str:
    if account is None:
        return "なし"
    bank, branch = names_of(office, account.bank_code, account.branch_code)
    return f"{bank} {branch} {account.number} {account.holder_kana}"


ACT: Final = Act(WORD, "契約を始める", told, perform)
