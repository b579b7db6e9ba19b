"""Papers of drawdowns and payments go by post unless the member consented to other ways."""

import pytest

from madoguchi.services import delivery, documents, paper_post
from madoguchi.store import paper_post as rows
from tests import people
from tests.support.money import draw, pay


@pytest.fixture
def hanako(office):
    """Hanako, with all papers of her past posted."""
    made = people.hanako(office)
    paper_post.note_all_posted(office, "desk1")
    return made


def waiting(office):
    """The entries whose papers wait."""
    return [one.seq for one in paper_post.to_post(office)]


def test_a_paper_waits_until_somebody_posts_it(office, hanako):
    entry = pay(office, hanako, 9_000).entry
    (one,) = paper_post.to_post(office)
    assert (one.seq, one.amount, one.member_number) == (entry.seq, 9_000, hanako.number)
    assert one.address
    assert paper_post.note_posted(office, hanako.contract_id, entry.seq, "desk1")
    assert not paper_post.note_posted(office, hanako.contract_id, entry.seq, "desk1")
    assert waiting(office) == []


@pytest.mark.parametrize(("electronic", "monthly"), [(True, False), (False, True), (True, True)])
def test_a_consent_takes_papers_off_the_post_and_its_end_brings_them_back(
    office, hanako, electronic, monthly
):
    delivery.choose(office, hanako.member_id, electronic=electronic, monthly=monthly)
    pay(office, hanako, 9_000)
    assert waiting(office) == []
    delivery.choose(office, hanako.member_id, electronic=False, monthly=False)
    entry = pay(office, hanako, 9_000, "p2").entry
    assert waiting(office) == [entry.seq]


def test_the_paper_of_an_act_that_was_corrected_is_not_posted_and_its_follower_is(office, hanako):
    first = pay(office, hanako, 9_000).entry
    late = pay(office, hanako, 1_000, "p2", on=first.value_date - first.value_date.resolution)
    assert first.seq not in waiting(office)
    assert set(waiting(office)) == {late.entry.seq, *(entry.seq for entry in late.corrected)}


def test_pages_of_the_list_follow_one_another(office, hanako):
    seqs = [draw(office, hanako, 1_000, f"d{n}").entry.seq for n in range(3)]
    first = rows.waiting(office.store, (0, 0), 2)
    rest = rows.waiting(office.store, (first[-1].contract_id, first[-1].seq), 2)
    assert [one.seq for one in first + rest] == seqs
    assert documents.to_post(office) == []
