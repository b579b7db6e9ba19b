"""Pages whose modules arrive with their first request."""

from threading import Barrier, Thread

import pytest


def test_a_page_is_there_for_links_before_its_module_is(app):
    listed = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/borrow", "/desk/members/<number>", "/settings/security"} <= listed


def test_two_who_ask_first_are_both_answered(app):
    app.view_functions.pop("lending_terms.show", None)
    together, answers = Barrier(8), []

    def ask():
        client = app.test_client()
        together.wait()
        answers.append(client.get("/lending-terms", base_url="http://localhost").status_code)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8


def test_a_view_that_is_nowhere_is_a_fault_and_no_page(app):
    with pytest.raises(KeyError):
        app.view_functions["home.none"]
