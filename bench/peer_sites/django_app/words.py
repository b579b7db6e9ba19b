"""The filters of the Django peer's templates."""

from django import template

from bench.peer_sites import shared

register = template.Library()
register.filter("yen", shared.yen)
register.filter("signed", shared.signed)
register.filter("in_words", shared.day)
register.filter("clock", shared.clock)
register.filter("phone", lambda number: number.replace("-", ""))
register.filter("minutes", lambda moment: moment.isoformat(timespec="minutes"))
