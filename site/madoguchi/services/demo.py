"""The demo: its people made by real acts on a moved clock, its age, and starting over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta

from madoguchi.ports import JAPAN, Delivered
from madoguchi.services import (
    cast,
    debit_round,
    demo_lives,
    demo_news,
    demo_staff,
    paper_post,
    reminders,
    rounds,
    statements,
    totp,
    uploads,
)
from madoguchi.services.cast import Persona
from madoguchi.services.demo_books import MARK
from madoguchi.services.life import Life
from madoguchi.services.office import Demo, Office
from madoguchi.store import schema, stamps
from madoguchi.store.second_step import with_totp

STORIES: tuple[tuple[Persona, Callable[[Life], None]], ...] = (
    (cast.HANAKO, demo_lives.hanako),
    (cast.ICHIRO, demo_lives.ichiro),
    (cast.MISAKI, demo_lives.misaki),
    (cast.KEN, demo_lives.ken),
    (cast.SAKURA, demo_lives.sakura),
    (cast.SHO, demo_lives.sho),
    (cast.YUI, demo_lives.yui),
    (cast.DAISUKE, demo_lives.daisuke),
)

Say = Callable[[str], None]


def make(office: Office, say: Say) -> None:
    """Make the people on empty books, saying what happens; raises RuntimeError outside the demo."""
    demo = _demo(office)
    with office.alone:
        with office.store.transaction():
            stamps.put(office.store, MARK, office.now())
        demo_staff.make(office)
        for persona, story in STORIES:
            say(f"{persona.member.name}さんの取引を記帳しています")
            start = office.now() - timedelta(days=366 * (demo_lives.KEN_YEARS + 1))
            story(Life(office, demo.past(start), persona))
        demo_news.publish(office)
        for closed in rounds.close_days(office):
            say(f"{closed.day:%Y年%m月%d日}までを締めました")
        statements.issue_last_month(office)  # rounds of the past were not run: nobody has any yet
        paper_post.note_all_posted(office, "窓口")
        _ask_banks(office)


def start_over(office: Office, say: Say) -> None:
    """Throw everything away, set the clock back to its start and make the people again."""
    demo = _demo(office)
    with office.alone:
        if not schema.pending(office.store):
            uploads.empty(office)
        schema.wipe(office.store)
        demo.clock.restart()
        if demo.mailbox:
            demo.mailbox.empty()
        if demo.debits:
            demo.debits.empty()
        if demo.bank_page:
            demo.bank_page.forget()
        if demo.bank:
            demo.bank.empty()
        schema.migrate(office.store)
        make(office, say)


def move_clock(office: Office, by: timedelta) -> int:
    """Move the demo's clock forward, run the round of each passed day, and return how many there were."""
    clock, closed = _demo(office).clock, 0
    with office.alone:
        # A day at a time, and by the hours of reminders: what a day asks of banks and members is asked on it.
        for step in _days_of(office.now(), by, reminders.hours(office)):
            clock.move(step)
            closed += sum(1 for _ in rounds.close_days(office))
            _ask_banks(office)
            reminders.run(office)
    return closed


def _days_of(start: datetime, by: timedelta, hours: Iterable[int]) -> Iterator[timedelta]:
    """The stretches from a moment to each midnight and each of these hours in Japan, and to the end."""
    now, end, clocks = start, start + by, sorted({0, *hours})
    while now < end:
        today = now.astimezone(JAPAN).date()
        stops = [datetime.combine(today, time(hour), JAPAN) for hour in clocks]
        stops.append(datetime.combine(today + timedelta(days=1), time(0), JAPAN))
        then = min(end, next(stop for stop in stops if stop > now))
        yield then - now
        now = then


def _ask_banks(office: Office) -> None:
    for _ in debit_round.run(office):
        pass


def mail(office: Office, most: int) -> list[Delivered]:
    """The letters in the demo's mailbox, the newest first; none where there is no mailbox."""
    mailbox = _demo(office).mailbox
    return mailbox.newest(most) if mailbox else []


def app_codes(office: Office) -> dict[str, str]:
    """What members' authenticator apps would show by the demo's clock, by member number."""
    _demo(office)
    codes = [(number, totp.demo_code(office, member_id)) for number, member_id in with_totp(office.store)]
    return {number: code for number, code in codes if code}


def _demo(office: Office) -> Demo:
    if office.demo is None:
        raise RuntimeError("this is no demo")
    return office.demo
