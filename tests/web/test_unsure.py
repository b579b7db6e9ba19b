"""Where a line was cut at the last word, the page does not claim that no money moved."""

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from madoguchi.web.guard import public
from tests import people
from tests.page import Visitor


@pytest.mark.parametrize("unsure", [False, True])
def test_the_page_says_what_is_known_of_the_money(sqlite_url, monkeypatch, unsure):
    app = create_app(people.office(Store(sqlite_url)), Face("http://localhost"), people.ROOT)

    def breaks():
        raise Unavailable("database", unsure=unsure)

    endpoint, _ = app.url_map.bind("localhost").match("/contact")
    monkeypatch.setitem(app.view_functions, endpoint, public(breaks))
    answer = Visitor(app).get("/contact")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert ("お金は動いていません" in answer.text) is not unsure
    assert ("履歴に載っているか" in answer.text) is unsure
