"""The project's own files as trees, for the tests that hold the law."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "site"
PACKAGE = SITE / "madoguchi"
TEMPLATES = ROOT / "templates"
OURS = ("site", "tests", "tools", "bench")


def python_files(*folders):
    """Every Python file of ours, or only those under some folders of the repository."""
    found = [path for folder in folders or OURS for path in (ROOT / folder).rglob("*.py")]
    return sorted(found + ([] if folders else list(ROOT.glob("*.py"))))


def template_files():
    """Every template, pages and mails."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt", ".svg", ".xml"))


@cache
def tree(path):
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path, node=None):
    """A file and line as an editor opens them."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None else name


def module_name(path):
    """`madoguchi.domain.money` for site/madoguchi/domain/money.py."""
    parts = path.relative_to(SITE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(name):
    """The layer a module of ours stands in: a folder's name, or the module's own at the top."""
    return name.split(".")[1] if "." in name else ""


def imports(path):
    """Each imported module with its node, those inside functions too; `from a import b` may give `a.b`."""
    known = {module_name(file) for file in python_files("site")}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in known else node.module), node


def calls(path):
    """Each call as dotted words, such as `datetime.now`, with its node."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node):
    """`a.b.c` for an attribute chain; what cannot be named is `?`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
