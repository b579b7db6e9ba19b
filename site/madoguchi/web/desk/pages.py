"""The desk's pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web.desk import (
    audit,
    figures,
    look,
    members,
    publish,
    publish_coupons,
    publish_notices,
    publish_outages,
    rails,
    rails_debits,
    rails_payments,
    requests,
    sign_in,
)

DESK: tuple[ModuleType, ...] = (
    sign_in, members, look, requests,
    publish, publish_notices, publish_coupons, publish_outages,
    rails, rails_debits, rails_payments,
    figures, audit,
)  # fmt: skip
