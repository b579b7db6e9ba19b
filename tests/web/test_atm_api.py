"""The API of the ATM network: nothing unsigned, old, repeated or misshapen gets through, nothing is a 500."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.adapters.atm import HmacSeal
from madoguchi.domain.faults import Unavailable
from madoguchi.services import atm_gate
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.support.atm import Network, linked, message, question
from tests.support.money import rows, standing

AUTHORISE, CONFIRM, REVERSE = (f"/api/atm/{word}" for word in ("authorise", "confirm", "reverse"))
NAMED = {"transaction": "never-asked-1"}


@pytest.fixture
def office(sqlite_url):
    """The shipped lender on a blank database."""
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()


@pytest.fixture
def network(office):
    """The network's line to the site."""
    return Network(create_app(office, Face("http://localhost"), people.ROOT), office)


def test_a_withdrawal_from_first_to_last_word(office, network):
    ichiro = people.ichiro(office)
    asked = message(question(ichiro, linked(office, ichiro), 20_000))
    told = {"transaction": asked["transaction"], "kind": "withdrawal", "amount": 20_000, "fee": 220}
    named = {"transaction": asked["transaction"]}
    assert network.post(AUTHORISE, asked) == (200, told | {"result": "approved"})
    assert network.post(CONFIRM, named) == (200, told | {"result": "confirmed"})
    assert network.post(AUTHORISE, asked) == (200, told | {"result": "confirmed"})
    assert network.post(REVERSE, named) == (200, told | {"result": "reversed"})
    assert standing(office, ichiro).principal == 0


def test_a_refusal_says_its_code_and_what_to_ask_next(office, network):
    hanako = people.hanako(office)
    asked = message(question(hanako, linked(office, hanako), 20_000, pin="0000"))
    status, told = network.post(AUTHORISE, asked)
    assert (status, told["result"], told["code"], told["ask"]) == (200, "refused", "T-11", "pin")


@pytest.mark.parametrize("path", [AUTHORISE, CONFIRM, REVERSE])
def test_a_signature_by_another_key_is_refused(office, network, path):
    office_of_thief = replace(office, atm=HmacSeal(b"a key that nobody here knows of at all"))
    thief = Network(network._client.application, office_of_thief)
    assert thief.post(path, NAMED) == (401, {"error": "signature"})


@pytest.mark.parametrize("path", [AUTHORISE, CONFIRM, REVERSE])
def test_without_headers_it_is_no_request_at_all(network, path):
    answer = network._client.post(path, json=NAMED)
    assert (answer.status_code, answer.get_json()) == (400, {"error": "shape"})


def test_a_signature_over_other_words_is_refused(office, network):
    assert network.post(CONFIRM, NAMED, signature="a" * 64) == (401, {"error": "signature"})


@pytest.mark.parametrize(("off", "status"), [(60, 404), (-60, 404), (61, 401), (-61, 401)])
def test_a_clock_that_is_off_by_more_than_a_minute_is_refused_and_told_the_time(office, network, off, status):
    seconds = int(office.now().timestamp()) + off
    got, told = network.post(CONFIRM, NAMED, seconds=seconds)
    assert got == status
    assert status == 404 or (told["error"], told["now"]) == ("clock", "2026-11-20T10:00:00+09:00")


def test_a_request_that_was_seen_is_refused(network):
    assert network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice")[0] == 404
    assert network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice") == (401, {"error": "replayed"})


def test_a_nonce_is_kept_for_longer_than_any_allowed_clock(office, network):
    network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice")
    atm_gate.sweep(office)
    assert network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice")[0] == 401


def test_a_forger_uses_up_no_nonces(office, network):
    network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice", signature="a" * 64)
    assert network.post(CONFIRM, NAMED, nonce="the-same-nonce-twice")[0] == 404


def test_a_key_is_changed_without_a_pause(office):
    old, new = people.ATM_KEY, b"the key that comes after the old one"
    for keys, status in (((new, old), 404), ((new,), 401)):
        changed = replace(office, atm=HmacSeal(*keys))
        line = Network(create_app(changed, Face("http://localhost"), people.ROOT), office)
        assert line.post(CONFIRM, NAMED, nonce=f"nonce-for-{len(keys)}-keys")[0] == status


def test_conflicts_and_unknown_numbers_have_their_status(office, network):
    ichiro = people.ichiro(office)
    asked = message(question(ichiro, linked(office, ichiro), 20_000))
    network.post(AUTHORISE, asked)
    assert network.post(AUTHORISE, asked | {"amount": 30_000}) == (409, {"error": "conflict"})
    assert network.post(CONFIRM, NAMED) == (404, {"error": "unknown_transaction"})


def test_misshapen_fields_are_named(network):
    status, told = network.post(CONFIRM, {"transaction": "x"})
    assert (status, told["error"], told["field"]) == (400, "malformed", "transaction")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"body": b" " * 5000}, 413),
        ({"body": b"x" * 70_000}, 413),
        ({"query_string": {"a": "1"}}, 400),
    ],
)
def test_what_no_network_sends_is_turned_away(network, how, status):
    assert network.post(CONFIRM, NAMED, **how)[0] == status


def test_a_form_is_no_message(network):
    answer = network._client.post(CONFIRM, data={"transaction": "never-asked-1"})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/api/atm/none", "/api/"])
def test_what_is_not_there_is_told_in_json(network, path):
    assert network.post(path, NAMED) == (404, {"error": "not_found"})


def test_reading_is_no_method_here(network):
    answer = network._client.get(AUTHORISE)
    assert (answer.status_code, answer.get_json()) == (405, {"error": "method"})


def test_a_session_opens_nothing_and_is_not_needed(office, network):
    network._client.set_cookie("session", "made-up")
    assert network.post(CONFIRM, NAMED)[0] == 404


def test_no_answer_is_ever_stored(network):
    assert network._client.post(CONFIRM, json=NAMED).headers["Cache-Control"] == "no-store"


class FullLane:
    """A Hasher whose lane is full."""

    def verify(self, *_told, **_how):
        """Nothing is compared."""
        raise Unavailable("hashing")


def test_what_cannot_be_answered_now_may_be_asked_again(office, network):
    ichiro = people.ichiro(office)
    asked = message(question(ichiro, linked(office, ichiro), 20_000))
    busy = create_app(replace(office, hasher=FullLane()), Face("http://localhost"), people.ROOT)
    assert Network(busy, office).post(AUTHORISE, asked, nonce="n" * 20) == (503, {"error": "unavailable"})
    assert network.post(AUTHORISE, asked)[1]["result"] == "approved"


def test_no_pin_and_no_number_of_a_card_stays_behind(office, network):
    hanako = people.hanako(office)
    network.post(AUTHORISE, message(question(hanako, linked(office, hanako), 20_000)))
    (row,) = office.store.rows("SELECT * FROM atm_use")
    assert not {hanako.persona.pin, hanako.persona.card} & {str(value) for value in row}


def test_a_site_without_a_network_has_no_such_address(office):
    app = create_app(replace(office, atm=None), Face("http://localhost"), people.ROOT)
    assert app.test_client().post(CONFIRM, json=NAMED).status_code == 404
    assert app.test_client().get("/atm").status_code == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner, max_size=5),
    max_leaves=15,
)
FIELDS = ("transaction", "machine", "number", "company", "kind", "amount", "pin")


@pytest.fixture(scope="module")
def fuzzed(sqlite_blanks, tmp_path_factory):
    """A site whose books take whatever comes, and a member who has linked a machine."""
    with sqlite_blanks.url(tmp_path_factory.mktemp("fuzz")) as url:
        made = people.office(Store(url))
        who = people.ichiro(made)
        app = create_app(made, Face("http://localhost"), people.ROOT)
        yield made, who, Network(app, made), message(question(who, linked(made, who), 500))
        made.store.close()


@given(path=st.sampled_from((AUTHORISE, CONFIRM, REVERSE)), field=st.sampled_from(FIELDS), value=JSON)
def test_signed_nonsense_in_one_field_is_never_a_fault(fuzzed, path, field, value):
    _office, _who, network, asked = fuzzed
    told = asked | {field: value} if path == AUTHORISE else {"transaction": value}
    assert network.post(path, told)[0] in (200, 400, 404, 409)


@given(path=st.sampled_from((AUTHORISE, CONFIRM, REVERSE)), body=st.binary(max_size=300) | JSON)
def test_signed_nonsense_as_a_whole_is_never_a_fault(fuzzed, path, body):
    office, who, network, _asked = fuzzed
    told = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert network.post(path, None, body=told)[0] in (400, 413)
    assert rows(office, who) == []


@given(
    headers=st.fixed_dictionaries(
        {name: st.text("abcdef0123456789-_ äあ\t", max_size=70) for name in ("Atm-Nonce", "Atm-Signature")}
    ),
    seconds=st.text("0123456789.-", max_size=14),
)
def test_nonsense_in_the_headers_is_turned_away(fuzzed, headers, seconds):
    _office, _who, network, _asked = fuzzed
    sent = {name: value.encode("utf-8").decode("latin-1").strip() for name, value in headers.items()}
    answer = network._client.post(CONFIRM, json=NAMED, headers=sent | {"Atm-Timestamp": seconds})
    assert answer.status_code in (400, 401)
