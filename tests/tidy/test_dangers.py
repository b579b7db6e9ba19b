"""What no module and no script of the site does: run commands or code, unpack objects, write markup."""

import ast
import re

from tests.tidy import source

# Module → why nobody needs it.
NEVER = {
    "subprocess": "nothing outside is run",
    "pty": "nothing outside is run",
    "pickle": "it runs what it reads",
    "marshal": "it runs what it reads",
    "shelve": "it runs what it reads",
    "xml": "no XML is read",
    "lxml": "no XML is read",
    "yaml": "no YAML is read",
    "code": "code is written, not read",
    "urllib.request": "it follows redirections; use http.client",
}
# File → what it may use all the same, and why.
SPARED = {
    "adapters/backups/postgres.py": (
        "subprocess",
        "pg_dump and pg_restore: words as a list, no shell, no input",
    ),
}
CALLS = ("os.system", "os.popen", "os.execv", "hashlib.md5", "hashlib.sha1", "hashlib.new", "compile")
MARKUP = re.compile(
    r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
)


def test_no_module_runs_commands_or_unpacks_what_others_made():
    found = [
        f"{source.shown(path, node)}: {name}: {NEVER[known]}"
        for path in source.python_files("site")
        for name, node in source.imports(path)
        for known in NEVER
        if name == known or name.startswith(known + ".")
        if SPARED.get(path.relative_to(source.PACKAGE).as_posix(), ("",))[0] != known
    ]
    assert not found, "\n".join(found)


def test_no_call_runs_a_command_or_hashes_weakly():
    found = [
        f"{source.shown(path, node)}: {name}("
        for path in source.python_files("site")
        for name, node in source.calls(path)
        if name in CALLS
    ]
    assert not found, "\n".join(found)


def test_no_pattern_is_made_of_what_somebody_typed():
    found = [
        source.shown(path, node)
        for path in source.python_files("site/madoguchi/web")
        for name, node in source.calls(path)
        if name.startswith("re.") and not is_constant(node.args[0])
    ]
    assert not found, f"{found}: a pattern is a constant"


def is_constant(node):
    """Whether the pattern of a call is written out, or put together from names of constants."""
    if isinstance(node, ast.JoinedStr):
        names = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(name, ast.Name) and name.id.isupper() for name in names)
    return isinstance(node, ast.Constant)


def test_our_scripts_write_text_and_never_markup():
    for file in (source.ROOT / "static").glob("*.js"):
        if not file.name.startswith("htmx-"):
            assert not MARKUP.findall(file.read_text(encoding="utf-8")), file.name
