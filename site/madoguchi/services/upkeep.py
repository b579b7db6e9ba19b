"""What must stand before anybody is served: the newest schema, and in a demo its people."""

from __future__ import annotations

from collections.abc import Callable

from madoguchi.services import demo
from madoguchi.services.office import Office
from madoguchi.store import schema


def migrate(office: Office) -> list[str]:
    """Bring the books to the newest schema; returns the migrations that were applied."""
    return schema.migrate(office.store)


def ready(office: Office, say: Callable[[str], None]) -> None:
    """Bring the books up to date; a demo without its people (or with half of them) gets them now."""
    migrate(office)
    if office.demo is None or demo.is_made(office):
        return
    if demo.is_empty(office):
        say("デモのデータを作っています（20秒ほどかかることがあります）")
        demo.make(office, say)
    else:
        say("作りかけのデモを、はじめから作り直しています")
        demo.start_over(office, say)


def rest(office: Office) -> None:
    """Close this thread's connection, so that none is carried into a forked worker."""
    office.store.close()
