"""Which answers go compressed, and that no length tells a guess beside a secret (BREACH)."""

import re
from dataclasses import replace
from statistics import mean

import pytest

from madoguchi.services import cast
from madoguchi.web import squeeze
from tests import people
from tests.support.members import signed_in
from tests.support.signing import known

GZIP = {"Accept-Encoding": "gzip"}
NUMBER = "738405192"  # a member number whose digits all differ
GUESSED = (2, 3, 4, 5)  # which of its digits are guessed, the others being known
TRIES = 60  # answers for each guess: the mask of the token blurs each length by two bytes


@pytest.fixture
def ken(plain_office):
    """Ken, signed in: 70 entries, which take three pages."""
    return signed_in(plain_office, people.ken(plain_office, entries=70))


@pytest.fixture
def watched(plain_office):
    """A member whose number an eavesdropper wants, and whose browser they lead where they like."""
    persona = replace(cast.HANAKO, member=replace(cast.HANAKO.member, number=NUMBER))
    return signed_in(plain_office, people.newcomer(plain_office, persona))


def is_packed(who, path, **headers):
    """Whether an answer comes compressed to a browser that asks for it."""
    answer = who.client.get(path, headers=GZIP | headers)
    assert len(who.client.get(path, headers=headers).data) >= squeeze.LEAST, f"{path} is short anyhow"
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.mark.parametrize(
    "path", ["/home", "/history", "/settings", "/simulate/repayment", "/terms", "/documents"]
)
def test_a_members_pages_go_compressed_under_their_plain_addresses(ken, path):
    assert is_packed(ken, path)
    assert is_packed(ken, path, **{"HX-Request": "true"})


@pytest.mark.parametrize(
    "path",
    ["/history?min=5", "/history?pages=2", "/history?sum=all&min=5", "/history?x", "/history/5",
     "/simulate/repayment?principal=300000", "/home?5", "/documents?kind=", "/no-such-page"],
)  # fmt: skip
def test_nor_under_any_other_that_could_bring_a_guess(ken, path):
    assert not is_packed(ken, path)


def test_the_next_rows_go_compressed_since_their_place_is_sealed_and_never_repeated(ken):
    ken.get("/history?sum=all")
    link = ken.find("string(//a[@id='more']/@href)")
    place = re.search(r"after=([^&]+)", link)[1]
    for headers in ({}, {"HX-Request": "true"}):
        assert is_packed(ken, link, **headers)
        assert place not in ken.client.get(link, headers=headers).text
    assert not is_packed(ken, link + "&min=5")


def test_an_answer_to_a_form_never(ken):
    ken.get("/contact")
    answer = ken.client.post("/logout", headers=GZIP, data={"csrf_token": "x"})
    assert answer.status_code == 400
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/login", "/login?next=/home", "/simulate/repayment?principal=5", "/no/page?5"]
)
def test_a_strangers_pages_go_compressed_whatever_they_bring(stranger, path):
    assert is_packed(stranger, path)
    stranger.get("/login")  # the cookie of a visit names nobody
    assert is_packed(stranger, path)


def test_a_browser_that_keeps_a_card_number_is_no_strangers(app):
    came_back = known(app)
    assert is_packed(came_back, "/login")
    assert not is_packed(came_back, "/login?next=/home")


def test_a_link_of_a_letter_may_know_somebody(stranger):
    assert not is_packed(stranger, "/web-id/register/made-up")


def lengths(watched, place, digit):
    """How long pages are that repeat the known number with a guess at one place, one for each try."""
    guess = f"会員番号 {NUMBER[:place]}{digit}{NUMBER[place + 1 :]}"
    return [
        len(watched.client.get("/history", query_string={guess: ""}, headers=GZIP).data) for _ in range(TRIES)
    ]


def test_compressed_by_force_a_page_betrays_each_digit_by_its_length(watched, monkeypatch):
    """The attack itself, on a page that names the unknown condition beside the member's number."""
    monkeypatch.setattr(squeeze, "_tells_nothing", lambda _asked: True)
    for place in GUESSED:
        costs = {digit: mean(lengths(watched, place, digit)) for digit in "0123456789"}
        assert min(costs, key=costs.get) == NUMBER[place]
        assert sorted(costs.values())[1] - min(costs.values()) > 0.5, "it saves two bytes, more or less"


def test_as_it_is_every_guess_is_answered_at_the_same_length(watched):
    assert NUMBER in watched.client.get("/history?x").text
    for place in GUESSED:
        assert len({length for digit in "0123456789" for length in lengths(watched, place, digit)}) == 1


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        ("gzip", True),
        ("br, gzip;q=0.8", True),
        ("gzip;q=0.05, br", True),
        ("gzip;q=0", False),
        ("identity, gzip; q=0.0, br", False),
        ("br", False),
        ("", False),
    ],
)
def test_a_browser_that_names_gzip_to_say_no_is_believed(accept, taken):
    assert squeeze.takes_gzip(accept) is taken
