"""Which addresses are open without signing in: the whole list stands here, and the guard shuts all else."""

import ast

from tests.tidy import source

SAFE_ROUTES = {"get"}
UNSAFE_ROUTES = {"post", "put", "patch", "delete"}

# An address joins this list only with a reason for letting in somebody who has not signed in.
PUBLIC = {
    "/",
    "/accessibility",
    "/api/atm/authorise",  # and the next two: the ATM network signs every request (web/signed.py)
    "/api/atm/confirm",
    "/api/atm/reverse",
    "/contact",
    "/desk/login",  # the desk's own way in, and the next two: by a passkey alone
    "/desk/login/passkey",
    "/desk/login/passkey-options",
    "/contact/sent",
    "/documents/check",  # whoever is shown a paper asks whether it is genuine
    "/favicon.ico",
    "/healthz",
    "/help/login",
    "/help/safety",
    "/lending-terms",
    "/login",
    "/login/card",
    "/login/code",  # this and the next four: a right secret came before, as the cookie of the sign-in says
    "/login/code/mail",
    "/login/code/passkey",
    "/login/code/passkey-options",
    "/login/code/text",
    "/login/passkey",
    "/login/passkey-options",
    "/login/web-id",
    "/login/unlock",  # and what follows: whoever is locked out cannot have signed in
    "/login/unlock/card",
    "/login/unlock/web-id",
    "/login/with-code",
    "/login/with-code/passkey",
    "/login/with-code/passkey-options",
    "/login/with-code/text",
    "/logout",  # the page that says that one has signed out; signing out itself is a member's act
    "/lost-card",  # this and the next three: whoever lost a card or sees misuse may be unable to sign in
    "/lost-card/done",
    "/misuse",
    "/misuse/done",
    "/not-me/<token>",  # 「身に覚えがない」, by a link in a letter: it stops, and signs nobody in
    "/notices",
    "/notices/<int:number>",  # what the lender tells everybody; who is nobody in particular is noted nowhere
    "/password/reset",  # this and what follows below it: whoever cannot sign in, and the link by mail
    "/password/reset/<token>",
    "/password/reset/<token>/estimate",
    "/password/reset/done",
    "/password/reset/sent",
    "/privacy",
    "/readyz",  # a proxy asks whether to send anybody here; it says no more than that
    "/repay/callback",  # banks, by their signature; without a good one nothing is taken
    "/repay/transfer",  # repaying is never blocked, by no lock and no lost card
    "/settings/email/confirm/<token>",  # says to sign in; only the member who asked for the link can use it
    "/simulate/interest",
    "/simulate/repayment",
    "/status",
    "/status.atom",
    "/status.ics",
    "/terms",
    "/web-id/register",
    "/web-id/register/<token>",
    "/web-id/register/<token>/estimate",
    "/web-id/register/done",
    "/web-id/register/sent",
}
OPEN_FOLDERS = ("/demo",)  # the testers' door, which production does not have


def routes():
    """Each view with its file, its addresses and the names of its decorators."""
    for path in source.python_files("site/madoguchi/web"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.FunctionDef):
                marks = [mark for mark in node.decorator_list if isinstance(mark, ast.Call)]
                found = [(mark.func.attr, mark.args[0].value, mark) for mark in marks if is_route(mark)]
                if found:
                    yield path, node, found


def is_route(mark):
    """Whether a decorator is `@blueprint.get("/…")` or its kin."""
    return (
        isinstance(mark.func, ast.Attribute)
        and mark.func.attr in {"route"} | SAFE_ROUTES | UNSAFE_ROUTES
        and bool(mark.args)
        and isinstance(mark.args[0], ast.Constant)
    )


def is_open(node):
    """Whether a view carries @public."""
    return any(source.dotted(mark).split(".")[-1] == "public" for mark in node.decorator_list)


def test_every_open_address_stands_on_the_list():
    found = [
        f"{source.shown(path, node)}: {address} is @public but not on the list of public addresses"
        for path, node, marks in routes()
        for _, address, _ in marks
        if is_open(node) and address not in PUBLIC and not address.startswith(OPEN_FOLDERS)
    ]
    assert not found, "\n".join(found)


def test_public_stands_below_the_route():
    found = [
        f"{source.shown(path, node)}: @public above @blueprint.get marks nothing; put it directly above def"
        for path, node, marks in routes()
        if is_open(node)
        and min(m.lineno for m in node.decorator_list if source.dotted(m).endswith("public"))
        < max(mark.lineno for _, _, mark in marks)
    ]
    assert not found, "\n".join(found)


def test_the_method_is_the_act():
    found = [
        f"{source.shown(path, node)}: one view per method; use @blueprint.get and @blueprint.post"
        for path, node, marks in routes()
        if any(name == "route" for name, _, _ in marks)
        or ({name for name, _, _ in marks} & SAFE_ROUTES and {name for name, _, _ in marks} & UNSAFE_ROUTES)
    ]
    assert not found, "\n".join(found)


def test_no_view_asks_which_button_or_method_it_was():
    found = [
        f"{source.shown(path, node)}: request.method in a view; give each method its own view"
        for path, view, _ in routes()
        for node in ast.walk(view)
        if isinstance(node, ast.Attribute) and source.dotted(node) == "request.method"
    ]
    assert not found, "\n".join(found)
