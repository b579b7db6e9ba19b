"""The desk sees what a member sees: for a reason, read only, for a while, and the member is told."""

from datetime import timedelta

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import audit
from madoguchi.store.audit import Filter
from madoguchi.web.desk import look
from tests import people
from tests.page import Visitor
from tests.support import desk, signing

# Member pages that nobody but the member sees, by decision; a new page stands here or in look.SHOWN.
HIDDEN = (
    "/settings/security/", "/go-on", "/step-up", "/session", "/atm", "/settings/", "/logout", "/misuse",
)  # fmt: skip


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


def begin(at_desk, office, number="100000027", reason="残高のお問い合わせ"):
    """Ichiro's pages, for a new case."""
    people.ichiro(office)
    at_desk.get(f"/desk/members/{number}/look")
    return at_desk.submit(f"/desk/members/{number}/look", case="new", reason=reason)


def test_the_members_home_shows_with_a_banner_at_its_own_address(at_desk, office):
    page = begin(at_desk, office)
    assert page.path == "/home"
    assert "鈴木 一郎さんの画面です" in page.text
    assert "10:15まで" in page.text


def test_the_log_has_its_line_before_the_page_is_seen(at_desk, office):
    begin(at_desk, office)
    at_desk.get("/history")
    lines = audit.found(office, Filter(member_id=None))
    told = [(line.kind, line.facts) for line in lines if line.kind.startswith("looked")]
    assert told[0] == ("looked_at_page", {"path": "/history"})
    assert told[-1] == ("looked_as_member", {"reason": "残高のお問い合わせ"})


def test_a_reason_is_asked_first(at_desk, office):
    page = begin(at_desk, office, reason=" ")
    assert page.status == 422
    assert page.error_of("reason")
    assert at_desk.client.get_cookie("look") is None


def test_every_unsafe_method_is_refused_on_every_page(app, at_desk, office):
    begin(at_desk, office)
    token = at_desk.find("//form[@action='/desk/look/end']//input/@value")[0]
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.rule.startswith("/desk") or rule.arguments:
            continue
        if getattr(app.view_functions[rule.endpoint], "is_public", False):
            continue
        answer = at_desk.client.post(rule.rule, data={"csrf_token": token})
        assert answer.status_code == 403, rule.rule
        assert "ここは見られません" in answer.get_data(as_text=True), rule.rule


def test_every_page_of_members_is_shown_or_hidden_by_decision(app):
    undecided = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.rule.startswith(("/desk", "/demo", "/static"))
        and not getattr(app.view_functions[rule.endpoint], "is_public", False)
        and not look.is_shown(rule.rule)
        and not rule.rule.startswith(HIDDEN)
    ]
    assert undecided == []


@pytest.mark.parametrize("path", ["/settings/security/second-step", "/step-up?for=/home", "/go-on?for=x"])
def test_secrets_are_nobody_elses(at_desk, office, path):
    begin(at_desk, office)
    assert at_desk.get(path).status == 403


def test_nothing_is_written_while_one_looks(at_desk, office):
    begin(at_desk, office)
    office.store.asked.clear()
    at_desk.client.get("/home")
    wrote = [
        sql.split()[:3] for sql in office.store.asked if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")
    ]
    assert {words[1 if words[0] == "UPDATE" else 2] for words in wrote} <= {"audit", "audit_head"}


def test_after_a_quarter_of_an_hour_it_is_over(at_desk, office):
    begin(at_desk, office)
    office.clock.move(timedelta(minutes=10))
    assert at_desk.get("/home").status == 200
    office.clock.move(timedelta(minutes=5))
    assert "見る時間が終わりました" in at_desk.get("/history").text
    assert at_desk.client.get("/home").headers["Location"].startswith("/login")


def test_the_look_is_of_no_use_in_another_browser(app, at_desk, office):
    begin(at_desk, office)
    thief = Visitor(app)
    thief.client.set_cookie("look", at_desk.client.get_cookie("look").value)
    assert thief.client.get("/home").headers["Location"].startswith("/login")
    desk.add(office, "desk2", Role.APPROVER)
    thief.get("/desk/login")
    thief.submit("/desk/login", staff_name="desk2", password=desk.PASSWORD, code=desk.code(office))
    assert "見る時間が終わりました" in thief.get("/history").text


def test_ending_it_leads_back_to_the_desk(at_desk, office):
    begin(at_desk, office)
    at_desk.submit("/desk/look/end")
    assert at_desk.path == "/desk/members"
    assert at_desk.client.get("/home").headers["Location"].startswith("/login")


def test_the_member_is_told_afterwards(app, at_desk, office):
    at_desk.get("/desk/members/100000019/look")
    at_desk.submit("/desk/members/100000019/look", case="new", reason="履歴の見かたのご相談")
    hanako = Visitor(app)
    hanako.get("/login")
    signing.by_card(hanako)
    assert "履歴の見かたのご相談" in hanako.get("/settings/security").text


def test_an_auditor_looks_at_nobodys_pages(visitor, office):
    people.ichiro(office)
    desk.walk_in(visitor, office, "audit1", Role.AUDITOR)
    assert visitor.get("/desk/members/100000027/look").status == 403


def test_a_case_of_somebody_else_is_no_reason(at_desk, office):
    people.ichiro(office)
    at_desk.get("/desk/members/100000027/look")
    page = at_desk.post("/desk/members/100000027/look", case="999", reason="x")
    assert page.status == 422
