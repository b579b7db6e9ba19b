"""Numbers for the eye: how long a line, a function, a module, a template may be; and each says what it is."""

import ast
import re

from tests.tidy import source

LINE, FUNCTION, MODULE, TEMPLATE = 110, 40, 250, 80
PROSE = re.compile(r"[^\x00-\x7f]+")
ONE_SENTENCE = re.compile(r"\S.*[.。!?]$")
DOCUMENTED = ("domain", "services", "store", "adapters", "jobs")
MEDIAN_OF_FUNCTIONS = 12  # long ones are exceptions, not the habit


def functions(path):
    """Every function and method of a file."""
    return [
        node
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines_of(node):
    """How many lines a function takes, its docstring included."""
    return node.end_lineno - node.lineno + 1


def test_no_line_is_longer_than_the_eye():
    found = [
        f"{source.shown(path)}:{number} has {len(line)} characters, at most {LINE}"
        for path in [*source.python_files(), source.ROOT / "Makefile"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE
    ]
    assert not found, "\n".join(found)


def test_no_line_of_a_template_holds_too_much_markup():
    """Japanese prose does not count: breaking it would put a visible gap between two words."""
    found = [
        f"{source.shown(path)}:{number} has {len(markup)} characters of markup; break inside a tag (≤ {LINE})"
        for path in source.template_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(markup := PROSE.sub("", line)) > LINE
    ]
    assert not found, "\n".join(found)


def test_no_function_is_longer_than_a_screen():
    found = [
        f"{source.shown(path, node)} {node.name} has {lines_of(node)} lines; name a step of it (≤ {FUNCTION})"
        for path in source.python_files()
        for node in functions(path)
        if lines_of(node) > FUNCTION
    ]
    assert not found, "\n".join(found)


def test_functions_are_short_by_habit():
    sizes = sorted(lines_of(node) for path in source.python_files("site") for node in functions(path))
    assert sizes[len(sizes) // 2] <= MEDIAN_OF_FUNCTIONS
    assert sizes[len(sizes) * 9 // 10] <= 25, "nine functions in ten have at most 25 lines"


def test_no_module_is_longer_than_one_thought():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in source.python_files()}
    found = [f"{source.shown(path)} has {size} lines, at most {MODULE}: split it by what it is about"
             for path, size in sizes.items() if size > MODULE]  # fmt: skip
    assert not found, "\n".join(found)


def test_no_template_is_longer_than_a_page_of_paper():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in source.template_files()}
    found = [f"{source.shown(path)} has {size} lines, at most {TEMPLATE}: include a piece or call a macro"
             for path, size in sizes.items() if size > TEMPLATE]  # fmt: skip
    assert not found, "\n".join(found)


def test_every_module_opens_with_one_sentence():
    found = [
        f"{source.shown(path)} does not open with a sentence that says what it is"
        for path in source.python_files()
        if not ONE_SENTENCE.match(
            (ast.get_docstring(source.tree(path)) or "").split("\n\n")[0].replace("\n", " ")
        )
    ]
    assert not found, "\n".join(found)


def test_everything_public_below_the_web_says_what_it_does():
    found = [
        f"{source.shown(path, node)} {node.name} has no docstring: say units, ranges, errors"
        for layer in DOCUMENTED
        for path in source.python_files(f"site/madoguchi/{layer}")
        for node in public_things(source.tree(path))
        if not ast.get_docstring(node)
        and path.parent.name != "migrations"  # its name and sentence say it all
    ]
    assert not found, "\n".join(found)


def public_things(tree):
    """Functions and classes at the top of a module, and the methods of those classes, that others may use."""
    top = [node for node in tree.body if is_public(node)]
    methods = [
        node for owner in top if isinstance(owner, ast.ClassDef) for node in owner.body if is_public(node)
    ]
    return [*top, *methods]


def is_public(node):
    """Whether others call this by its name; an overload only spells out types."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
        return False
    return not any(source.dotted(mark).endswith("overload") for mark in node.decorator_list)
