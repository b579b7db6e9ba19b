"""A name, lost contacts and a death take two people; each leaves its history and tells who can be told."""

import pytest

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.rights import State, states_of
from madoguchi.domain.staff import Role
from madoguchi.services import (
    audit,
    counter,
    details,
    four_eyes,
    letters,
    locks,
    mail_change,
    person_acts,
    verify,
)
from madoguchi.services.contracts import suspend
from madoguchi.services.deed import DEAD
from madoguchi.services.desk_acts import ACTS
from madoguchi.services.details import Detail
from madoguchi.services.four_eyes import Cannot, Done
from madoguchi.services.person_acts import CONTACTS, DIED, MAIL, NOT_BOUNCED, RENAME, UNDIED
from madoguchi.store import cases, contracts, credentials, finding, mandates
from madoguchi.store.audit import Filter
from madoguchi.store.mandates import Account
from tests import people
from tests.support import desk
from tests.support.deeds import People
from tests.support.mailbox import letters as written
from tests.support.post import Bag, with_carriers
from tests.support.together import at_once

PAPERS = {"document": "運転免許証", "place": "本店の窓口"}
NEW_NAME = PAPERS | {"name": "高橋 花子", "name_kana": "タカハシ ハナコ", "name_romaji": "Takahashi Hanako"}
NEW_CONTACTS = PAPERS | {"phone": "090-0000-0001", "email": "hanako2@example.jp", "app": ""}
DEATH = PAPERS | {"died_on": "2026-11-01", "heirs": "長女 090-0000-0002"}


@pytest.fixture
def hanako(office):
    """佐藤 花子."""
    return people.hanako(office)


@pytest.fixture
def two(office):
    """An operator and an approver."""
    return desk.colleague(office, "desk1"), desk.colleague(office, "desk2", Role.APPROVER)


def done(office, two, act, facts, number="100000019"):
    """What approving a new request comes to."""
    who = person_acts.person(office, number)
    request = person_acts.ask(office, act, who, facts, "店頭", two[0])
    return four_eyes.approve(office, ACTS, request, two[1])


def test_the_new_name_is_on_file_and_the_old_one_in_the_history(office, hanako, two):
    assert done(office, two, RENAME, NEW_NAME) == Done()
    change = details.past(office, hanako.member_id, Detail.NAME)[0]
    assert (change.was["name"], change.became["name"]) == ("佐藤 花子", "高橋 花子")
    assert finding.of_person(office.store, "タカハシ ハナコ", hanako.persona.member.birth_date)
    assert written(office, "name_changed")
    assert audit.found(office, Filter(kind="name_changed"))[0].facts["document"] == "運転免許証"


def test_the_same_name_once_more_cannot_be_and_stays_open(office, hanako, two):
    done(office, two, RENAME, NEW_NAME)
    assert isinstance(done(office, two, RENAME, NEW_NAME), Cannot)
    assert len(written(office, "name_changed")) == 1


def test_new_contacts_end_what_the_lost_ones_opened_and_tell_the_old_address(office, hanako, two):
    assert done(office, two, CONTACTS, NEW_CONTACTS) == Done()
    on_file = details.on_file(office, hanako.member_id)
    assert (on_file.phone, on_file.email) == ("090-0000-0001", "hanako2@example.jp")
    told = {one["kind"]: one["to"] for one in written(office)}
    assert told["mail_changed_old"] == "hanako@example.jp"
    assert told["mail_changed_new"] == "hanako2@example.jp"


def test_a_death_ends_signing_in_borrowing_and_letters_and_opens_a_case(office, hanako, two):
    assert done(office, two, DIED, DEATH) == Done()
    row = contracts.read(office.store, hanako.contract_id)
    assert {State.SUSPENDED, State.HELD} <= states_of(row.states)
    card, why, web_id, _ = credentials.doors(office.store, hanako.contract_id)
    assert (card, why, web_id) == ("held", "death", "locked")
    found = cases.of_member(office.store, hanako.member_id, 10)
    assert [case.kind for case in found] == ["heirs"]
    before = len(written(office))
    with office.store.transaction():
        letters.write(office, person_acts.Kind.PASSWORD_CHANGED, {"at": office.now()},
                      member_id=hanako.member_id)  # fmt: skip
    assert len(written(office)) == before
    assert list(verify.differences(office)) == []


def test_a_death_noted_for_the_wrong_person_is_taken_back(office, hanako, two):
    before = contracts.read(office.store, hanako.contract_id).states
    done(office, two, DIED, DEATH)
    assert done(office, two, UNDIED, PAPERS) == Done()
    assert contracts.read(office.store, hanako.contract_id).states == before
    assert credentials.doors(office.store, hanako.contract_id)[0:3] == ("active", "death", "active")
    assert details.on_file(office, hanako.member_id).email == "hanako@example.jp"
    assert isinstance(done(office, two, UNDIED, PAPERS), Cannot)


def test_taking_it_back_leaves_a_suspension_for_another_reason(office, hanako, two):
    suspend(office, hanako.contract_id, "調査", "desk1")
    done(office, two, DIED, DEATH)
    done(office, two, UNDIED, PAPERS)
    assert State.SUSPENDED in states_of(contracts.read(office.store, hanako.contract_id).states)


def test_a_death_ends_the_mandate(office, hanako, two):
    with office.store.transaction():
        account = Account("0001", "001", 1, "0000019", "ｻﾄｳ ﾊﾅｺ")
        mandate = mandates.add(office.store, hanako.contract_id, account, office.now())
        mandates.answered(office.store, mandate, mandates.ACTIVE, office.now())
    done(office, two, DIED, DEATH)
    assert mandates.read(office.store, mandate).state == "ended"


def test_a_death_is_noted_once(office, hanako, two):
    done(office, two, DIED, DEATH)
    assert isinstance(done(office, two, DIED, DEATH | {"died_on": "2026-11-02"}), Cannot)


def test_the_same_request_that_still_waits_is_one(office, hanako, two):
    who = person_acts.person(office, "100000019")
    found = at_once(office, 2, lambda: person_acts.ask(office, RENAME, who, NEW_NAME, "店頭", two[0]))
    assert found[0] == found[1]


NEW_MAIL = {"email": "hanako2@example.jp", "asked": "お名前", "shared": ""}


def test_mail_that_comes_back_is_listed_until_two_people_set_it_right(office, hanako, two):
    office = with_carriers(office, Bag(), Bag())
    letters.bounced(office, "hanako@example.jp")
    assert [one.number for one in person_acts.bounced(office)] == ["100000019"]
    phone = details.on_file(office, hanako.member_id).phone
    assert done(office, two, MAIL, NEW_MAIL) == Done()
    assert person_acts.bounced(office) == []
    assert audit.found(office, Filter(kind="mail_set_right"))[0].facts["asked"] == "お名前"
    told = {one["kind"]: one["to"] for one in written(office)}
    assert (told["mail_changed_old"], told["mail_changed_text"]) == ("hanako@example.jp", phone)


def test_an_address_that_gets_its_mail_is_not_changed_by_phone(office, hanako, two):
    assert done(office, two, MAIL, NEW_MAIL) == Cannot(NOT_BOUNCED)
    assert details.on_file(office, hanako.member_id).email == "hanako@example.jp"


@pytest.mark.parametrize(("act", "facts"), [(MAIL, NEW_MAIL), (CONTACTS, NEW_CONTACTS)])
def test_another_members_address_needs_a_word_that_both_share_it(office, hanako, two, act, facts):
    people.ichiro(office)
    letters.bounced(office, "hanako@example.jp")
    facts = facts | {"email": "Ichiro@example.jp"}
    assert done(office, two, act, facts) == Cannot(mail_change.TAKEN)
    assert done(office, two, act, facts | {"shared": "はい"}) == Done()
    assert details.on_file(office, hanako.member_id).email == "Ichiro@example.jp"


def test_the_lost_phone_is_told_of_new_contacts(office, hanako, two):
    office = with_carriers(office, Bag(), Bag())
    phone = details.on_file(office, hanako.member_id).phone
    assert done(office, two, CONTACTS, NEW_CONTACTS) == Done()
    assert [one["to"] for one in written(office, "phone_changed_text")] == [phone]


def test_what_the_desk_is_told_names_the_member_and_the_papers(office, hanako, two):
    who = person_acts.person(office, "100000019")
    number = person_acts.ask(office, DIED, who, DEATH, "店頭", two[0])
    told = dict(DIED.told(office, four_eyes.read(office, number)))
    assert told["会員番号"] == "100000019"
    assert told["確かめた書類"] == "運転免許証（本店の窓口）"


OPENS = [DeskAct.TELL_NUMBER, DeskAct.UNLOCK, DeskAct.RELEASE, DeskAct.RESUME, DeskAct.PIN_RESET,
         DeskAct.REISSUE, DeskAct.LIFT_STOP]  # fmt: skip


@pytest.mark.parametrize("act", OPENS)
def test_what_a_death_shut_no_act_of_the_desk_opens(office, hanako, act):
    at = People(office)
    done(office, (at.operator, at.approver), DIED, DEATH)
    before = credentials.doors(office.store, hanako.contract_id)
    assert at.begin(act, hanako, card_number="9990110200000019") == Cannot(DEAD)
    assert credentials.doors(office.store, hanako.contract_id) == before


def test_what_was_asked_for_before_a_death_is_not_done_after_it(office, hanako):
    at = People(office)
    asked = at.begin(DeskAct.PIN_RESET, hanako)
    done(office, (at.operator, at.approver), DIED, DEATH)
    assert four_eyes.approve(office, ACTS, asked.request_id, at.approver) == Cannot(DEAD)


@pytest.mark.parametrize(("act", "facts"), [(RENAME, NEW_NAME), (CONTACTS, NEW_CONTACTS), (MAIL, NEW_MAIL)])
def test_nothing_of_a_dead_member_is_changed_though_it_was_asked_for_before(office, hanako, two, act, facts):
    who = person_acts.person(office, "100000019")
    waits = person_acts.ask(office, act, who, facts, "店頭", two[0])
    done(office, two, DIED, DEATH)
    assert four_eyes.approve(office, ACTS, waits, two[1]) == Cannot(DEAD)
    assert details.on_file(office, hanako.member_id).email == ""


def test_a_death_stops_the_screen_at_the_counter(office, hanako):
    at = People(office)
    at.both(DeskAct.PIN_RESET, hanako)
    done(office, (at.operator, at.approver), DIED, DEATH)
    assert counter.open_of(office, hanako.contract_id) is None


def test_taking_a_death_back_leaves_a_hold_and_a_lock_that_were_there_before(office, hanako, two):
    locks.hold_card(office, hanako.contract_id)
    locks.lock_password(office, hanako.member_id)
    done(office, two, DIED, DEATH)
    assert credentials.doors(office.store, hanako.contract_id)[1] == "death"
    done(office, two, UNDIED, PAPERS)
    assert credentials.doors(office.store, hanako.contract_id)[0:3] == ("held", "guessing", "locked")
    assert list(verify.differences(office)) == []
