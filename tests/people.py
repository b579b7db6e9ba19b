"""The cast for tests: the demo's people, made by real acts on a clock that stands still at TODAY."""

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from madoguchi.adapters import qr
from madoguchi.adapters.atm import HmacSeal
from madoguchi.adapters.bank_directory import ZenginDirectory
from madoguchi.adapters.bank_pages import SignedBankPages
from madoguchi.adapters.banks.simulated import SimulatedBank
from madoguchi.adapters.clock import FixedClock
from madoguchi.adapters.common_passwords import CommonPasswords
from madoguchi.adapters.debits.simulated import SimulatedDebits
from madoguchi.adapters.feeds import LibraryFeeds
from madoguchi.adapters.hashing import Lanes
from madoguchi.adapters.inspection import Inspection
from madoguchi.adapters.papers.pdf import PdfPrinter
from madoguchi.adapters.postcodes import PosutoCodes
from madoguchi.adapters.shelf import FolderShelf
from madoguchi.adapters.wiring import make_factors
from madoguchi.lender import load
from madoguchi.ports import JAPAN
from madoguchi.services import cast, demo_lives
from madoguchi.services.life import Life
from madoguchi.services.office import Demo, Office
from tests.support import retold

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime(2026, 11, 20, 10, 0, tzinfo=JAPAN)  # a Friday
PEPPER = b"pepper for tests only, 32 letters"
SECRET = b"secret for tests only, 32 letters"
BANK_PAGE_KEY = b"bank page key for tests, 32 letters"
ATM_KEY = b"key of the ATM network for tests only"
SITE = "http://localhost"
DIRECTORY = ZenginDirectory({"0000": "みなと中央銀行（架空）"})
CHEAP = {"memory_kib": 8, "passes": 1}  # argon2's least: tests count comparisons, not milliseconds


@dataclass(frozen=True)
class Made:
    """A member of the cast in a database: ids, and what to sign in with."""

    member_id: int
    contract_id: int
    persona: cast.Persona

    @property
    def number(self):
        """The member number."""
        return self.persona.member.number


@cache
def rules():
    """The shipped lender, read once."""
    return load(ROOT / "lender.toml")


def office(store, at=TODAY, rules_=None, demo=False):
    """An Office on a FixedClock with a cheap hasher; move time by `office.clock.move(timedelta(...))`."""
    clock = FixedClock(at)
    debits = SimulatedDebits(_beside(store) / "debits.db") if demo else None
    bank = SimulatedBank(_beside(store) / "bank.db", clock) if demo else None
    extra = Demo(clock, FixedClock, bank=bank, qr=qr.picture, debits=debits) if demo else None
    law, hasher = rules_ or rules(), Lanes(PEPPER, **CHEAP)
    factors = make_factors(SECRET, SITE, law)
    rails = {"atm": HmacSeal(ATM_KEY), "directory": DIRECTORY, "debits": debits, "postcodes": PosutoCodes()}
    rails |= {"shelf": FolderShelf(_beside(store) / "shelf"), "inspector": Inspection(law.uploads)}
    ways = {
        "printer": PdfPrinter(),
        "feeds": LibraryFeeds(),
        "bank_pages": SignedBankPages("/demo/bank/pay", BANK_PAGE_KEY),
    }
    return Office(store, law, clock, hasher, SECRET, CommonPasswords(), factors, extra, **rails, **ways)


def _beside(store):
    """A folder beside the books where these are a file, for the demo's banks."""
    return Path(store.url.removeprefix("sqlite:///")).parent if store.sqlite else Path(tempfile.mkdtemp())


def live(office_, persona, story):
    """Tell a story of a persona up to the office's now; returns who was made."""
    life = Life(office_, FixedClock(office_.now() - timedelta(days=366 * 13)), persona)
    story(life)
    return Made(life.member_id, life.contract_id, persona)


def _cast(office_, persona, story, *told):
    """The same for one of the cast, whose life is told once in a run to all who begin with blank books."""
    if office_.rules is not rules():
        return live(office_, persona, lambda life: story(life, *told))
    key = (persona.member.number, told, office_.now(), office_.demo is None, type(office_.hasher))
    return retold.once(office_.store, key, lambda: live(office_, persona, lambda life: story(life, *told)))


def hanako(office_):
    """佐藤 花子: 14 months, about 230,000 yen owed, due day 25."""
    return _cast(office_, cast.HANAKO, demo_lives.hanako)


def ichiro(office_):
    """鈴木 一郎: new, nothing borrowed, no Web-ID."""
    return _cast(office_, cast.ICHIRO, demo_lives.ichiro)


def misaki(office_):
    """高橋 美咲: overdue since the latest 5th at least five days back."""
    return _cast(office_, cast.MISAKI, demo_lives.misaki)


def ken(office_, entries=60, years=1):
    """田中 健: as many entries as asked over as many years (3,000 over 12 in the demo)."""
    return _cast(office_, cast.KEN, demo_lives.ken, entries, years)


def sakura(office_):
    """伊藤 さくら: password locked and card on hold."""
    return _cast(office_, cast.SAKURA, demo_lives.sakura)


def sho(office_):
    """渡辺 翔: closed 30 days ago."""
    return _cast(office_, cast.SHO, demo_lives.sho)


def yui(office_):
    """山本 結衣: suspended."""
    return _cast(office_, cast.YUI, demo_lives.yui)


def daisuke(office_):
    """中村 大輔: 640 yen left."""
    return _cast(office_, cast.DAISUKE, demo_lives.daisuke)


def full_cast(office_):
    """Everybody, by the persona's key; Ken with 60 entries."""
    makers = (hanako, ichiro, misaki, ken, sakura, sho, yui, daisuke)
    made = [make(office_) for make in makers]
    return {who.persona.key: who for who in made}


def newcomer(office_, persona=cast.ICHIRO, days=3, **changes):
    """A persona with a contract some days old and nothing borrowed, a Web-ID if the persona has one."""
    who = replace(persona, **changes) if changes else persona
    return live(office_, who, lambda life: life.open(days))
