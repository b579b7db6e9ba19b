"""What must stand before anybody is served: the newest schema, and in a demo its people."""

from __future__ import annotations

from collections.abc import Callable

from madoguchi.domain.faults import Unfit
from madoguchi.services import demo_books
from madoguchi.services.office import Office
from madoguchi.store import schema


def migrate(office: Office) -> list[str]:
    """Bring the books to the newest schema; returns the migrations that were applied."""
    return schema.migrate(office.store)


def ready(office: Office, say: Callable[[str], None]) -> None:
    """Bring the books up to date; a demo without its people (or with half of them) gets them now.

    Raises Unfit for a production site on the books of a demo.
    """
    applied = migrate(office)
    if office.demo is None:
        if newer := sorted(set(schema.applied(office.store)) - set(schema.names())):
            raise Unfit(
                f"The database was migrated by a newer version ({newer[-1]}): install that, or restore the "
                "backup from before the upgrade"
            )
        if demo_books.stands_in(office):
            raise Unfit(
                "The database holds the demo's invented people: name an empty one by MADOGUCHI_DATA or "
                "MADOGUCHI_DATABASE"
            )
        if applied:
            new = applied == schema.names()
            say(f"The books were made ({applied[-1]})." if new else f"Applied: {', '.join(applied)}.")
        return
    if not demo_books.is_made(office):
        _people(office, say)


def _people(office: Office, say: Callable[[str], None]) -> None:
    from madoguchi.services import demo  # whole lives, which a start on a made demo need not read in

    if demo_books.is_empty(office):
        say("デモのデータを作っています（20秒ほどかかることがあります）")
        demo.make(office, say)
    else:
        say("作りかけのデモを、はじめから作り直しています")
        demo.start_over(office, say)


def rest(office: Office) -> None:
    """Close this thread's connection, so that none is carried into a forked worker."""
    office.store.close()
