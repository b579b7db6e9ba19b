"""Points as tests earn and spend them."""

from datetime import timedelta

from madoguchi.domain.bulletins import NewNotice
from madoguchi.services import notices, points, points_spend
from madoguchi.store import points as rows

KEY = "a-key-of-some-form-1"


def entries(office, who):
    """(kind, amount, balance) of each entry, in order."""
    found = rows.stream(office.store, who.member_id, who.member_id)
    return [(entry.kind.value, entry.amount, entry.balance) for entry in found]


def join(office, who):
    """Take part."""
    return points.join(office, who.member_id, who.contract_id)


def earn(office, who, amount, cause="gift"):
    """Have points for a test, by the act that takes in an income document."""
    with office.store.transaction():
        return points.earn_within(office, who.member_id, rows.Kind.INCOME_DOCUMENT, amount, cause)


def rich(office, who, amount=2000):
    """Take part, with points for everything."""
    join(office, who)
    earn(office, who, amount)
    return who


def spend(office, who, name="free-7", key=KEY):
    """Buy a reward."""
    reward = office.rules.points.reward(name)
    return points_spend.spend(office, who.member_id, who.contract_id, reward, key)


def notice(
    office, title="年末年始の電話", points=0, body="お休みします。\n\nネットは使えます。", days=30, begins=0
):
    """Publish a notice; returns its number."""
    first = office.business_day() + timedelta(days=begins)
    made = NewNotice(title, body, first, first + timedelta(days=days), points)
    return notices.publish(office, made, "広報").number
