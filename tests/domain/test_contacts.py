"""Postcodes and telephone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import contacts
from madoguchi.domain.contacts import ContactError
from tests import people


@pytest.mark.parametrize(
    "typed", ["1600022", "160-0022", "〒160-0022", "１６０−００２２", " 160 0022 ", "160ー0022"]
)
def test_a_postcode_is_understood_in_any_width_and_grouping(typed):
    assert contacts.postcode(typed) == "160-0022"


@pytest.mark.parametrize("typed", ["", "160002", "16000222", "160-00a2", "1600022²", "②600022"])
def test_what_has_not_seven_digits_is_no_postcode(typed):
    with pytest.raises(ContactError):
        contacts.postcode(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("09000000019", "090-0000-0019"),
        ("０９０ー００００ー００１９", "090-0000-0019"),
        ("090 0000 0019", "090-0000-0019"),
        ("+81 90-0000-0019", "090-0000-0019"),
        ("050-0000-0019", "050-0000-0019"),
        ("03-0000-0019", "03-0000-0019"),
        ("03（0000）0019", "03-0000-0019"),
        ("0300000019", "0300000019"),
        ("0467-00-0019", "0467-00-0019"),
    ],
)
def test_a_number_is_kept_in_one_form(typed, kept):
    assert contacts.phone(typed) == kept
    assert contacts.phone(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "12", "0900000001", "090000000199", "0120-000-000", "110", "90-0000-0019", "090-0000-00a9"]
)
def test_what_is_no_number_of_a_person_is_refused(typed):
    with pytest.raises(ContactError):
        contacts.phone(typed)


@given(st.text(max_size=20))
def test_any_text_is_a_number_in_one_form_or_refused(typed):
    try:
        kept = contacts.phone(typed)
    except ContactError:
        return
    assert contacts.phone(kept) == kept
    assert kept.replace("-", "").isascii()


def test_the_cast_has_contacts_in_the_form_that_is_kept():
    member = people.cast.HANAKO.member
    assert (contacts.postcode(member.postcode), contacts.phone(member.phone)) == (
        member.postcode,
        member.phone,
    )
