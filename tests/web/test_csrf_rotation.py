"""A page that was open while the secret was replaced can still be sent."""

from dataclasses import replace

from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.signing import by_card

NEW = b"another secret for tests, 32 signs"


def moved(office, visitor, *old):
    """The same browser at the same site after the restart with another secret."""
    office = replace(office, secret=NEW, old_secrets=old)
    visitor.client.application = create_app(office, Face("http://localhost"), people.ROOT)


def test_a_form_with_a_token_of_the_old_secret_is_taken_while_that_is_named(office):
    visitor = Visitor(create_app(office, Face("http://localhost"), people.ROOT))
    visitor.get("/login")
    moved(office, visitor, people.SECRET)
    by_card(visitor)
    assert visitor.path == "/home"


def test_and_not_once_it_is_no_longer(office):
    visitor = Visitor(create_app(office, Face("http://localhost"), people.ROOT))
    visitor.get("/login")
    moved(office, visitor)
    by_card(visitor, follow=False)
    assert visitor.page.status == 400
