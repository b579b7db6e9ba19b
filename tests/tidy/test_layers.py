"""Who may import whom; a failure names the better way."""

import sys

from tests.tidy import source

# Layer: what it may import of ours, and which libraries. The standard library is open to all but `domain`.
OURS = {
    "": set(),
    "domain": {"domain"},
    "ports": {"domain"},
    "rules": {"domain"},
    "sections": {"domain", "rules"},
    "lender": {"lender", "domain", "rules", "sections"},
    "store": {"store", "domain"},
    "services": {"services", "store", "domain", "ports", "rules"},
    "adapters": {"adapters", "ports", "domain", "rules"},
    "jobs": {"jobs", "services", "domain", "ports", "rules"},
    "web": {"web", "jobs", "services", "domain", "ports", "rules"},
}
LIBRARIES = {
    "domain": {"jpholiday", "jaconv"},
    "store": {"peewee", "playhouse", "apsw"},
    "jobs": {"click"},
    "web": {"flask", "werkzeug", "jinja2", "markupsafe", "htmx_flask", "flask_wtf", "wtforms"}
    | {"flask_limiter", "limits"},
}  # fmt: skip
ANYTHING = {"adapters"}  # each adapter brings the library of its outsider
COMPOSITION_ROOT = {"adapters/wiring.py"}  # puts everything together, so it may know everything
CLOCKS_AND_OUTSIDE = {"os", "time", "random", "socket", "subprocess", "threading", "pathlib", "io", "logging"}

BETTER = {
    "domain": "take it as an argument",
    "ports": "say what is needed as a protocol",
    "store": "let the service decide and hand plain values down",
    "services": "ask the store for rows, or a port for the outside",
    "adapters": "let the service call the adapter through its port",
    "web": "ask a service, which answers with frozen dataclasses",
    "jobs": "call a service",
}


def test_each_layer_imports_only_what_stands_below_it():
    assert not list(wrong_directions())


def wrong_directions():
    """A sentence for every import against the table."""
    for path in source.python_files("site"):
        if path.relative_to(source.PACKAGE).as_posix() in COMPOSITION_ROOT:
            continue
        layer = source.layer_of(source.module_name(path))
        for name, node in source.imports(path):
            if not may(layer, name):
                better = BETTER.get(layer, "move it to a lower layer")
                yield f"{source.shown(path, node)}: {layer} may not import {name}; {better}"


def may(layer, name):
    """Whether a module of this layer may import the module of this name."""
    top = name.split(".")[0]
    if top == "madoguchi":
        return source.layer_of(name) in OURS[layer]
    if top in sys.stdlib_module_names:
        return layer != "domain" or top not in CLOCKS_AND_OUTSIDE
    return layer in ANYTHING or top in LIBRARIES.get(layer, ())


def test_every_layer_is_known_to_this_table():
    found = {source.layer_of(source.module_name(path)) for path in source.python_files("site")}
    assert found <= set(OURS), (
        f"say here what {found - set(OURS)} may import, and in docs/architecture.md why"
    )


def test_no_two_modules_import_each_other_in_a_ring():
    ring = find_ring(graph())
    assert not ring, "an import ring: " + " → ".join(ring) + "; move what both need into a third module below"


def graph():
    """Module → the modules of ours that it imports when it is loaded."""
    names = {source.module_name(path): path for path in source.python_files("site")}
    top = {name: {id(node) for node in source.tree(path).body} for name, path in names.items()}
    return {
        name: {other for other, node in source.imports(path) if other in names and id(node) in top[name]}
        - {name}
        for name, path in names.items()
    }


def find_ring(edges):
    """One ring as a list of names, or an empty list; a package's __init__ counts only as itself."""
    done, stack = set(), []

    def visit(name):
        if name in stack:
            return [*stack[stack.index(name) :], name]
        if name in done:
            return []
        stack.append(name)
        for other in sorted(edges[name]):
            if ring := visit(other):
                return ring
        done.add(stack.pop())
        return []

    return next((ring for name in sorted(edges) if (ring := visit(name))), [])


def test_the_source_folder_is_no_package():
    made = source.SITE / "__init__.py"
    assert not made.exists(), "site/__init__.py would shadow Python's own `site`; delete it"


def test_git_keeps_the_source_folder():
    ignored = (source.ROOT / ".gitignore").read_text().split()
    assert not {"site", "site/", "/site", "/site/"} & set(ignored), ".gitignore hides the source tree site/"
