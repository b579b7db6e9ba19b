"""The list of addresses, from which a start knows pages that it has not imported, says what the views say."""

from madoguchi.web import later
from madoguchi.web.blueprints import EVERYWHERE
from tests.tidy import source
from tools import addresses


def test_the_list_is_what_the_views_declare():
    assert later.LIST.read_text(encoding="utf-8") == addresses.text(), "run `python -m tools.addresses`"


def test_every_module_with_pages_is_in_it():
    web = source.PACKAGE / "web"
    with_pages = {
        ".".join(path.relative_to(web).with_suffix("").parts)
        for path in web.rglob("*.py")
        if "Blueprint(" in path.read_text(encoding="utf-8") and path.name != "later.py"
    }
    assert with_pages == set(EVERYWHERE)


def test_a_blueprint_brings_nothing_but_views():
    # Hooks and handlers of a blueprint would begin to work when its first page is asked for, not before.
    for module in EVERYWHERE:
        blueprint = later.blueprint_of(module)
        hooks = (
            blueprint.before_request_funcs,
            blueprint.after_request_funcs,
            blueprint.teardown_request_funcs,
            blueprint.error_handler_spec,
        )
        assert not any(hook.get(None) for hook in hooks), module
