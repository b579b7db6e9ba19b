"""The composition root: settings in, an Office with its ports out."""

from __future__ import annotations

import hmac
from contextlib import AbstractContextManager
from dataclasses import replace
from email.headerregistry import Address
from pathlib import Path
from typing import Any

from madoguchi.adapters import qr
from madoguchi.adapters.alone import FileLock
from madoguchi.adapters.atm import HmacSeal
from madoguchi.adapters.bank_directory import ZenginDirectory
from madoguchi.adapters.bank_pages import PlayedPage, SignedBankPages
from madoguchi.adapters.banks.simulated import SimulatedBank
from madoguchi.adapters.clock import FixedClock, ShiftedClock, SystemClock
from madoguchi.adapters.common_passwords import CommonPasswords
from madoguchi.adapters.debits.simulated import SimulatedDebits
from madoguchi.adapters.factors import AuthenticatorApp, FernetVault, WebAuthn
from madoguchi.adapters.feeds import LibraryFeeds
from madoguchi.adapters.hashing import Lanes
from madoguchi.adapters.inspection import Inspection
from madoguchi.adapters.letterpress import Letterpress
from madoguchi.adapters.logs import Access
from madoguchi.adapters.machine import ThisMachine
from madoguchi.adapters.mail.files import Files, Texts
from madoguchi.adapters.papers.pdf import PdfPrinter
from madoguchi.adapters.postcodes import PosutoCodes
from madoguchi.adapters.shelf import FolderShelf
from madoguchi.domain.letters import Channel
from madoguchi.domain.retention import Keep
from madoguchi.lender import load
from madoguchi.ports import Carrier, Clock
from madoguchi.ports.backups import Backups
from madoguchi.ports.watch import Watcher
from madoguchi.rules import Rules
from madoguchi.services.office import Demo, Factors, Office, Post
from madoguchi.store.alone import DatabaseLock
from madoguchi.store.db import Store

DEMO_BANK = "/demo/bank/pay"  # the page at which the demo plays the member's bank


def make_office(settings: Any) -> Office:
    """Open the books of these settings (a config.Settings); the demo also gets its movable clock."""
    office = _office(settings)
    office = replace(
        office,
        printer=PdfPrinter(),
        feeds=LibraryFeeds(),
        backups=make_backups(settings, office.store),
        machine=ThisMachine(Path(settings.data)),
        bank_elsewhere=settings.rails == "elsewhere",
        old_secrets=settings.old_secrets,
    )
    key = settings.bank_page_key or hmac.digest(settings.secret, b"bank page", "sha256")
    if office.demo is None:
        ways = SignedBankPages(settings.bank_page, key) if settings.bank_page else None
        return replace(office, bank_pages=ways)
    played = PlayedPage(Path(settings.data) / "bank_page.db", key, office.clock)
    demo = replace(office.demo, bank_page=played)
    return replace(office, demo=demo, bank_pages=SignedBankPages(DEMO_BANK, key))


def _office(settings: Any) -> Office:
    rules = _rules(settings)
    store = Store(settings.database)
    hasher = Lanes(settings.pepper, old=settings.old_peppers)
    if settings.metrics:
        from madoguchi.adapters.metrics import watch_lane

        hasher.watch(watch_lane)
    press, sender = Letterpress(rules, settings.public_address), _sender(settings, rules)
    factors = make_factors(settings.secret, settings.public_address, rules, settings.old_secrets)
    alone = make_alone(settings, store, "round")
    atm = HmacSeal(*settings.atm_keys) if settings.atm_keys else None
    directory = ZenginDirectory({bank.code: bank.name for bank in rules.banks.values() if bank.name})
    rails: dict[str, Any] = {"atm": atm, "directory": directory, "postcodes": PosutoCodes()}
    rails |= {"shelf": FolderShelf(Path(settings.data) / "shelf"), "inspector": Inspection(rules.uploads)}
    if settings.rails == "files":
        rails |= _by_files(settings, rules, directory)
    if settings.production:
        post = Post(press, _carriers(settings, sender))
        clock: Clock = SystemClock()
        if settings.rails == "simulated":  # a rehearsal: nobody's money moves
            bank = SimulatedBank(Path(settings.data) / "bank.db", clock)
            rails |= {"bank": bank, "debits": SimulatedDebits(Path(settings.data) / "debits.db")}
        common = CommonPasswords()
        return Office(
            store, rules, clock, hasher, settings.secret, common, factors, None, post, alone, **rails
        )
    moved = ShiftedClock(Path(settings.data) / "clock", settings.clock)
    folder = Path(settings.data) / "mail"
    mailbox = Files(folder, sender)
    bank = SimulatedBank(Path(settings.data) / "bank.db", moved)
    debits = SimulatedDebits(Path(settings.data) / "debits.db")
    demo = Demo(moved, FixedClock, mailbox, bank, qr.picture, debits=debits)
    post = Post(press, {Channel.MAIL: mailbox, Channel.TEXT: Texts(folder, sender)})
    common, rails = CommonPasswords(), {"bank": bank, "bank_books": bank, "debits": debits} | rails
    return Office(store, rules, moved, hasher, settings.secret, common, factors, demo, post, alone, **rails)


def _rules(settings: Any) -> Rules:
    """This lender; a demo that runs by the real clock is not shut by the calendar, whoever looks when."""
    rules = load(settings.lender)
    if settings.production or settings.clock is not None:
        return rules
    return replace(rules, maintenance=replace(rules.maintenance, weekly=(), yearly=()))


def _by_files(settings: Any, rules: Rules, directory: ZenginDirectory) -> dict[str, Any]:
    """The lender's bank, reached by files in both directions."""
    from madoguchi.adapters.banks.zengin import ZenginBank
    from madoguchi.adapters.debits.folder import DebitFolder

    transfers = ZenginBank(Path(settings.data) / "transfers.db", rules.bank_files, directory)
    debits = DebitFolder(Path(settings.data) / "debits")
    return {"bank": transfers, "bank_books": transfers, "transfers": transfers, "debits": debits}


def teach_limits() -> None:
    """Make the sqlite:// storage known to the `limits` library, which only a tried secret needs."""
    from madoguchi.adapters import limits_storage  # noqa: F401 - importing it is what registers it


def make_alone(settings: Any, store: Store, purpose: str) -> AbstractContextManager[Any]:
    """What keeps all others that work on these books out: books in a file are one machine's."""
    if store.sqlite:
        return FileLock(Path(settings.data) / f"{purpose}.lock")
    return DatabaseLock(store, purpose)


def make_backups(settings: Any, store: Store) -> Backups:
    """How backups of a site with these settings are made and restored."""
    from madoguchi.adapters.backups.archive import TarArchives
    from madoguchi.adapters.backups.postgres import PostgresTools

    data, keep = Path(settings.data), Keep(*settings.backup_keep)
    alone = make_alone(settings, store, "backup")
    return Backups(TarArchives(settings.backup_key), PostgresTools(), alone, data, settings.backup_dir, keep)


def make_watchers(settings: Any) -> tuple[Watcher, ...]:
    """Who is told of each request: nobody, the log, the figures. Libraries load only where needed."""
    watchers: list[Watcher] = [Access(SystemClock().now)] if settings.log == "json" else []
    if settings.metrics:
        from madoguchi.adapters import metrics

        metrics.clear(Path(settings.data) / "metrics")
        watchers.append(metrics.Figures())
    return tuple(watchers)


def make_factors(secret: bytes, public_address: str, rules: Rules, old: tuple[bytes, ...] = ()) -> Factors:
    """What the second step needs, for a site at this address; `old` are secrets that still open."""
    name = rules.brand.name
    return Factors(FernetVault(secret, old), AuthenticatorApp(name), WebAuthn(public_address, name))


def _sender(settings: Any, rules: Rules) -> Address:
    return Address(rules.brand.company, addr_spec=settings.mail_from)


def _carriers(settings: Any, sender: Address) -> dict[Channel, Carrier]:
    """What is set up; a channel without a carrier is offered to nobody. Libraries load only where needed."""
    carriers: dict[Channel, Carrier] = {}
    if smtp := settings.smtp:
        from madoguchi.adapters.mail.smtp import Server, SmtpMailer

        server = Server(smtp.host, smtp.port, smtp.security, smtp.user, smtp.password)
        carriers[Channel.MAIL] = SmtpMailer(server, sender)
    if sms := settings.sms:
        from madoguchi.adapters.text.gateway import Gateway, GatewayTexts

        carriers[Channel.TEXT] = GatewayTexts(Gateway(sms.url, sms.body, sms.authorization))
    return carriers
