"""docs/atm-api.md: its example is sent as it stands, and its words are the API's."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from madoguchi.adapters.atm import HmacSeal
from madoguchi.services import atm
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people

DOC = (people.ROOT / "docs" / "atm-api.md").read_text(encoding="utf-8")
PAIR = re.compile(r"```http\n(.*?)\n```\n\n```json\n(.*?)\n```", re.S)
SNIPPET = re.compile(r"```python\n(.*?)\n```", re.S)
(KEY,) = re.findall(r"With the key `(.*?)`", DOC)


def exchanges():
    """Each request of the example as (path, headers, body) with its answer."""
    for request, answer in PAIR.findall(DOC):
        head, body = request.split("\n\n")
        first, *lines = head.split("\n")
        yield first.removeprefix("POST "), dict(line.split(": ") for line in lines), body, json.loads(answer)


@pytest.fixture
def site(sqlite_url):
    """A site that shares the example's key, at the example's moment, Hanako's machine linked."""
    seconds = {headers["Atm-Timestamp"] for _, headers, _, _ in exchanges()}
    store = Store(sqlite_url)
    office = people.office(store, at=datetime.fromtimestamp(int(seconds.pop()), UTC))
    office = replace(office, atm=HmacSeal(KEY.encode()))
    hanako = people.hanako(office)
    assert atm.link(office, hanako.contract_id, "1234567897") is atm.Linking.LINKED
    yield create_app(office, Face("http://localhost"), people.ROOT).test_client()
    store.close()


def test_the_example_is_answered_as_it_stands(site):
    told = list(exchanges())
    assert len(told) == 4
    for path, headers, body, answer in told:
        got = site.post(path, data=body.encode(), headers=headers)
        assert (got.status_code, got.get_json()) == (200, answer), path


def test_the_snippet_signs_as_the_example_does():
    space = {}
    exec(SNIPPET.findall(DOC)[0], space)
    for path, headers, body, _ in exchanges():
        parts = (headers["Atm-Timestamp"], headers["Atm-Nonce"], body.encode())
        assert space["signature"](KEY.encode(), path, *parts) == headers["Atm-Signature"]


def test_its_numbers_are_the_shipped_lenders():
    rules = people.rules().atm
    assert f"for {rules.link_minutes} minutes" in DOC
    assert f"within {rules.confirm_minutes}\n" in DOC
    assert f"at most {rules.skew_seconds} from" in DOC
