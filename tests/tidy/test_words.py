"""Words that may stand in one place only; a failure names the better way."""

import ast

from tests.tidy import source

# Call → (the files that may use it, the better way).
CALLS = {
    "datetime.now": ({"adapters/clock.py"}, "ask ports.clock.now()"),
    "datetime.utcnow": ((), "ask ports.clock.now()"),
    "datetime.today": ((), "ask business_date(clock)"),
    "date.today": ({"adapters/clock.py"}, "ask business_date(clock)"),
    "time.time": ((), "ask ports.clock.now(), or measure with time.monotonic()"),
    "render_template": ({"web/render.py"}, "answer with render.page(...)"),
    "render_template_string": ((), "make a template and answer with render.page(...)"),
    "print": ((), "say it with click.echo in a command, or log it"),
    "eval": ((), "parse it"),
    "exec": ((), "write it out"),
    "os.getenv": ((), "read it in config.py and hand it down"),
}
ENDINGS = {
    ".commit": ({"store/db.py"}, "let `with store.transaction():` in the service commit"),
    ".rollback": ({"store/db.py"}, "raise; the transaction rolls back"),
    ".atomic": ({"store/db.py"}, "open one `with store.transaction():` in the service"),
}
# Both frame.py print what our own templates rendered, words.py digits and escaped names.
MARKUP = {"web/escape.py", "web/frame.py", "web/desk/frame.py", "web/words.py"}


def test_words_stand_where_they_belong():
    found = [fault for path in source.python_files("site") for fault in misplaced(path)]
    assert not found, "\n".join(found)


def misplaced(path):
    """A sentence for every call that stands in the wrong file."""
    here = path.relative_to(source.PACKAGE).as_posix()
    for name, node in source.calls(path):
        for word, (allowed, better) in CALLS.items():
            if (name == word or name.endswith("." + word)) and here not in allowed:
                yield f"{source.shown(path, node)}: {word}( stands here; {better}"
        for ending, (allowed, better) in ENDINGS.items():
            if name.endswith(ending) and here not in allowed:
                yield f"{source.shown(path, node)}: {ending}( stands here; {better}"


def test_only_config_reads_the_environment():
    found = [
        source.shown(path, node)
        for path in source.python_files("site")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Attribute) and source.dotted(node) == "os.environ"
    ]
    assert not found, f"{found}: read MADOGUCHI_* in config.py and hand the value down"


def test_the_domain_knows_no_inexact_number():
    found = [
        f"{source.shown(path, node)}: money and rates are int or Fraction, never float"
        for path in source.python_files("site/madoguchi/domain")
        for node in ast.walk(source.tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert not found, "\n".join(found)


def test_only_text_of_our_own_is_left_unescaped():
    """`Markup("<b>{}</b>").format(name)` escapes what is filled in; `Markup(name)` does not."""
    found = [
        f"{source.shown(path, node)}: Markup( trusts what was computed; write Markup('…{{}}…').format(value)"
        for path in source.python_files("site")
        for name, node in source.calls(path)
        if name.split(".")[-1] == "Markup"
        and not all(isinstance(value, ast.Constant) for value in node.args)
        and path.relative_to(source.PACKAGE).as_posix() not in MARKUP
    ]
    assert not found, "\n".join(found)


def test_a_moment_is_never_made_without_a_zone():
    found = [
        f"{source.shown(path, node)}: fromtimestamp/strptime makes a naive moment; give it a zone"
        for path in source.python_files("site")
        for name, node in source.calls(path)
        if name.endswith((".utcfromtimestamp", ".strptime"))
    ]
    assert not found, "\n".join(found)


def test_every_handler_of_errors_says_which():
    found = [
        f"{source.shown(path, node)}: `except:` hides even Ctrl-C; name the exception"
        for path in source.python_files()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not found, "\n".join(found)
