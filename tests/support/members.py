"""Members at the site: signed in through the form, with lives told for one test and statements counted."""

from contextlib import contextmanager
from pathlib import Path

from madoguchi.services import cast
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import retold

ROOT = Path(__file__).resolve().parent.parent.parent


def told(office, story, persona=cast.HANAKO):
    """A persona with the life that a story tells: its argument is the Life."""
    return people.live(office, persona, story)


def signed_in(office, who):
    """A visitor who came in as someone made by tests.people: by Web-ID, or by card without one."""
    visitor, persona = (
        Visitor(create_app(office, Face("http://localhost", compiled=retold.COMPILED), ROOT)),
        who.persona,
    )
    visitor.get("/login")
    if persona.web_id:
        visitor.submit("/login/web-id", web_id=persona.web_id, password=persona.password)
    else:
        visitor.submit("/login/card", card_number=persona.card, pin=persona.pin)
    return visitor


@contextmanager
def statements(store):
    """The statements that the store is asked for inside the block."""
    asked, execute = [], store._execute

    def noted(sql, params):
        asked.append(sql)
        return execute(sql, params)

    store._execute = noted
    try:
        yield asked
    finally:
        del store._execute
