"""Papers that the law wants in a member's hands, and that go by post where no consent says otherwise.

A member who consented to electronic papers finds them on the site; one who consented to monthly ones gets the
statement instead. Whoever consented to nothing is owed a sheet of paper for each drawdown and each payment.
"""

from __future__ import annotations

from typing import Final

from madoguchi.services.choices import DEFAULTS, NO, PAPER, Choice
from madoguchi.services.office import Office
from madoguchi.store import documents, paper_post
from madoguchi.store.paper_post import PaperToPost

_ON_PAPER: Final = (Choice.DELIVERY.value, DEFAULTS[Choice.DELIVERY], PAPER)
_FOR_EACH: Final = (Choice.MONTHLY.value, DEFAULTS[Choice.MONTHLY], NO)


def put_within(office: Office, contract_id: int, seq: int) -> None:
    """Put the paper of an entry on the list if it goes by post, inside the act that wrote it."""
    paper_post.put(office.store, contract_id, seq, _ON_PAPER, _FOR_EACH)


def to_post(office: Office, after: tuple[int, int] = (0, 0), most: int = 100) -> list[PaperToPost]:
    """Return papers of entries that wait for the post, behind a (contract, entry)."""
    return paper_post.waiting(office.store, after, most)


def note_posted(office: Office, contract_id: int, seq: int, by_whom: str) -> bool:
    """Note that the paper of an entry was posted; False where it does not wait."""
    with office.store.transaction():
        return bool(paper_post.posted(office.store, contract_id, seq, office.now(), by_whom))


def note_all_posted(office: Office, by_whom: str) -> None:
    """Note that everything was posted, papers and documents: how a demo's past ends."""
    with office.store.transaction():
        paper_post.all_posted(office.store, office.now(), by_whom)
        documents.all_posted(office.store, office.now(), by_whom)
