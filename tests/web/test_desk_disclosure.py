"""A member's copy of all that is held: after papers were looked at, once, with no secret in it."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest

from madoguchi.services import audit
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk

PAGE = "/desk/members/100000035/disclosure"
PAPERS = {"document": "運転免許証", "place": "本店の窓口", "reason": "ご本人からの請求"}


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk, and 高橋 美咲 with some transactions."""
    people.misaki(office)
    return desk.walk_in(visitor, office)


def taken(at_desk):
    """The file, as whoever has the page of the waiting copy gets it."""
    page = at_desk.get(PAGE)
    token = page.find("//main//input[@name='csrf_token']/@value")[0]
    return at_desk.client.post(f"{PAGE}/1", data={"csrf_token": token})


def archive(at_desk):
    """The copy that was made, opened."""
    at_desk.get(PAGE)
    at_desk.submit(PAGE, **PAPERS)
    return ZipFile(io.BytesIO(taken(at_desk).get_data()))


def test_the_copy_holds_the_member_the_transactions_and_the_papers(at_desk):
    found = archive(at_desk)
    tree = json.loads(found.read("all.json"))
    assert tree["member"][0]["name"] == "高橋 美咲"
    assert tree["entry"]
    assert "取引：" in found.read("はじめに.txt").decode()
    pdfs = [name for name in found.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == len(tree["paper"])
    assert found.read(pdfs[0]).startswith(b"%PDF")


def test_no_secret_is_in_it(at_desk, office):
    text = archive(at_desk).read("all.json").decode()
    secrets = [row[0] for row in office.store.rows("SELECT pin_hash FROM card WHERE pin_hash IS NOT NULL")]
    secrets += [row[0] for row in office.store.rows("SELECT password_hash FROM web_id")]
    assert not [one for one in secrets if one in text]
    assert "argon2" not in text


def test_a_cell_that_a_spreadsheet_would_calculate_is_made_safe(at_desk, office):
    with office.store.transaction():
        office.store.write("UPDATE member SET employer = '=1+1' WHERE number = '100000035'")
    assert "'=1+1" in archive(at_desk).read("tables/会員.csv").decode("utf-8-sig")


def test_it_is_handed_over_once_and_noted(at_desk, office):
    archive(at_desk)
    page = at_desk.get(PAGE)
    assert page.find("//button[contains(., '用意する')]")
    token = page.find("//main//input[@name='csrf_token']/@value")[0]
    assert at_desk.client.post(f"{PAGE}/1", data={"csrf_token": token}).status_code == 303
    kinds = [line.kind for line in audit.found(office, Filter()) if line.kind.startswith("disclosure")]
    assert kinds == ["disclosure_taken", "disclosure_made"]


def test_papers_are_asked_and_time_runs_out(at_desk, office):
    at_desk.get(PAGE)
    assert at_desk.submit(PAGE, **PAPERS | {"document": ""}).error_of("document")
    at_desk.submit(PAGE, **PAPERS)
    with office.store.transaction():
        office.store.write("UPDATE disclosure SET expires = made_at")
    assert at_desk.get(PAGE).find("//button[contains(., '用意する')]")


def test_anothers_copy_is_not_to_be_had(at_desk):
    at_desk.get(PAGE)
    at_desk.submit(PAGE, **PAPERS)
    token = at_desk.get(PAGE).find("//main//input[@name='csrf_token']/@value")[0]
    other = PAGE.replace("100000035", "100000019")
    assert at_desk.client.post(f"{other}/1", data={"csrf_token": token}).status_code == 303


def test_the_retention_page_tells_who_goes_and_when(at_desk, office):
    page = at_desk.get("/desk/retention")
    assert "いまのところ、いません" in page.text
    people.sho(office)
    office.clock.move(timedelta(minutes=1))
    assert "10年" in at_desk.get("/desk/retention").text
