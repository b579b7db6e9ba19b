"""The desk opens to its own people by its own door, and each page to the roles that hold its right."""

from datetime import timedelta

import pytest

from madoguchi.domain.staff import RIGHTS, Right, Role
from tests.support import desk, signing

NUMBER = 999_999


@pytest.fixture
def at_desk(visitor, office):
    """Signs in as one of a role."""

    def enter(role=Role.OPERATOR):
        return desk.walk_in(visitor, office, role.value, role)

    return enter


def desk_rules(app):
    """Every address of the desk with its methods and what its view asks."""
    for rule in app.url_map.iter_rules():
        if rule.rule == "/desk" or rule.rule.startswith("/desk/"):
            yield rule, app.view_functions[rule.endpoint]


def address(rule):
    """An address of this rule with numbers that nobody has."""
    values = {
        name: NUMBER if "int" in type(c).__name__.lower() else "none" for name, c in rule._converters.items()
    }
    return rule.rule if not values else _filled(rule, values)


def _filled(rule, values):
    path = rule.rule
    for value in values.values():
        start = path.index("<")
        end = path.index(">") + 1
        path = path[:start] + str(value) + path[end:]
    return path


def test_every_page_of_the_desk_names_a_right_or_says_that_it_is_for_anyone_there(app):
    silent = [
        rule.rule
        for rule, view in desk_rules(app)
        if not any(hasattr(view, mark) for mark in ("is_public", "needs_right", "for_anyone_here"))
    ]
    assert silent == []


def test_nobody_who_is_not_signed_in_at_the_desk_sees_anything(app, visitor):
    for rule, view in desk_rules(app):
        if getattr(view, "is_public", False):
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = visitor.client.open(address(rule), method=method)
            assert answer.status_code == 303, rule.rule
            assert answer.headers["Location"].startswith("/desk/login"), rule.rule


def test_a_member_who_is_signed_in_is_a_stranger_at_the_desk(visitor, office):
    signing.by_card(visitor)
    assert visitor.client.get("/desk/home").headers["Location"] == "/desk/login?next=/desk/home"


def test_a_colleague_is_a_stranger_to_members_pages(at_desk):
    visitor = at_desk()
    assert visitor.client.get("/home").headers["Location"].startswith("/login")


@pytest.mark.parametrize("role", Role)
def test_each_role_enters_just_the_pages_whose_right_it_holds(app, at_desk, role):
    visitor = at_desk(role)
    for rule, view in desk_rules(app):
        right = getattr(view, "needs_right", None)
        if right is None:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = visitor.client.open(address(rule), method=method)
            shut = answer.status_code == 403 and "この画面は開けません" in answer.get_data(as_text=True)
            assert shut != (right in RIGHTS[role]), (rule.rule, method, answer.status_code)


def test_no_role_that_acts_reads_the_audit_log_and_the_auditor_acts_on_nothing():
    assert Right.AUDIT not in RIGHTS[Role.OPERATOR] | RIGHTS[Role.APPROVER]
    assert RIGHTS[Role.AUDITOR] == {Right.SEE_MEMBERS, Right.FIGURES, Right.AUDIT}


def test_signing_in_goes_on_to_the_page_that_was_wished(visitor, office):
    desk.add(office, role=Role.AUDITOR)
    visitor.get("/desk/audit?kind=signed_in")
    visitor.submit("/desk/login", staff_name="ｄｅｓｋ１", password=desk.PASSWORD, code=desk.code(office))
    assert visitor.heading == "記録"


@pytest.mark.parametrize(
    "wished", ["/home", "//evil.example", "/desk/../home", "/desk/logout", "/desk/login"]
)
def test_signing_in_leads_nowhere_else(visitor, office, wished):
    desk.add(office)
    visitor.get("/desk/login", next=wished)
    visitor.submit("/desk/login", staff_name="desk1", password=desk.PASSWORD, code=desk.code(office))
    assert visitor.path == "/desk/home" or wished == "/desk/../home"


def test_a_wrong_try_says_one_thing_and_keeps_the_name_alone(visitor, office):
    desk.add(office)
    visitor.get("/desk/login")
    page = visitor.submit("/desk/login", staff_name="desk1", password="x", code="123456")
    assert page.status == 422
    assert page.errors
    assert page.find("//input[@name='staff_name']/@value") == ["desk1"]
    assert page.find("//input[@name='password']/@value") == []


def test_too_many_tries_are_told_when_to_come_back(visitor, office):
    desk.add(office)
    visitor.get("/desk/login")
    for _ in range(5):
        page = visitor.submit("/desk/login", staff_name="desk1", password="x", code="123456")
    assert page.status == 429
    assert page.headers["Retry-After"] == "60"
    assert "10:01" in page.text


def test_signing_out_and_the_end_of_time_lead_back_to_the_door(at_desk, office):
    visitor = at_desk()
    visitor.get("/desk/home")
    token = visitor.client.get_cookie("desk").value
    visitor.submit("/desk/logout")
    assert visitor.heading == "社内の窓口にログイン"
    visitor.client.set_cookie("desk", token)
    assert visitor.client.get("/desk/home").status_code == 303


def test_extending_begins_the_idle_time_anew(at_desk, office):
    visitor = at_desk()
    office.clock.move(timedelta(minutes=14))
    visitor.get("/desk/home")
    assert "10:29" in visitor.text
    office.clock.move(timedelta(minutes=10))
    visitor.submit("/desk/extend")
    office.clock.move(timedelta(minutes=14))
    assert visitor.get("/desk/home").status == 200


def test_the_auditor_filters_the_log_and_proves_it(at_desk):
    visitor = at_desk(Role.AUDITOR)
    page = visitor.get("/desk/audit", kind="signed_in")
    assert len(page.find("//tbody/tr")) == 1
    assert "当てはまる記録はありません" in visitor.get("/desk/audit", by_whom="nobody").text
    assert visitor.get("/desk/audit", since="2026-02-31").status == 422
    visitor.get("/desk/audit")
    assert "つながっています" in visitor.submit("/desk/audit/proof").text
