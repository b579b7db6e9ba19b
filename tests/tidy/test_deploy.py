"""The files in deploy/ and the documents about running it say what is so."""

import re
import subprocess

from config import KNOWN
from tests.tidy import source

DEPLOY = source.ROOT / "deploy"
DOCS = source.ROOT / "docs"
SETTING = re.compile(r"MADOGUCHI_[A-Z_]*[A-Z]")


def text(path):
    """A file's words."""
    return path.read_text(encoding="utf-8")


def test_the_example_of_settings_knows_only_what_the_site_knows():
    assert set(SETTING.findall(text(DEPLOY / "madoguchi.env.example"))) <= KNOWN


def test_every_setting_in_the_documents_exists():
    for name in ("operating.md", "operating.ja.md"):
        found = set(SETTING.findall(text(DOCS / name)))
        assert found <= KNOWN, f"{name}: {found - KNOWN}"


def test_both_languages_have_the_same_parts_and_tell_of_the_same_settings_and_files():
    both = [text(DOCS / name) for name in ("operating.md", "operating.ja.md")]
    parts = [re.findall(r"^(##+) ", words, re.M) for words in both]
    settings = [set(SETTING.findall(words)) for words in both]
    files = [set(re.findall(r"deploy/[\w.*-]+", words)) for words in both]
    assert settings[0] == settings[1]
    assert files[0] == files[1]
    assert parts[0].count("##") == parts[1].count("##")


def test_every_file_that_is_named_is_there():
    for name in ("operating.md", "operating.ja.md"):
        for file in re.findall(r"deploy/([\w.*-]+\w)", text(DOCS / name)):
            assert list(DEPLOY.glob(file)), f"{name}: deploy/{file}"


def test_each_unit_runs_as_the_sites_user_shut_in_and_by_a_command_that_exists():
    known = set(re.findall(r'click\.command\("([\w-]+)"', "".join(map(text, jobs()))))
    for unit in DEPLOY.glob("*.service"):
        words = text(unit)
        assert "User=madoguchi\n" in words
        assert "NoNewPrivileges=yes\n" in words
        assert "ProtectSystem=strict\n" in words
        command = re.search(r"--app run ([\w-]+)", words)
        assert command is None or command[1] in known, unit.name


def test_no_proxy_compresses_what_the_site_left_plain():
    """Debian's own nginx.conf says `gzip on`, and pages are HTML, which it takes without being named."""
    words = text(DEPLOY / "nginx.conf")
    assert re.search(r"^ {4}gzip off;$", words, re.M), "for the whole server"
    assert not re.search(r"^\s*(gzip(_static)?|brotli|zstd) on\b", words, re.M)
    assert not re.search(r"^\s*(encode|import)\b", text(DEPLOY / "Caddyfile"), re.M)


def test_the_wrapper_takes_settings_as_systemd_does_and_runs_none(tmp_path):
    told = (
        "# words",
        "MADOGUCHI_A=p&w d$HOME;`id`#x",
        "MADOGUCHI_B='q\\uo te$'",
        'MADOGUCHI_C="d q"',
        "  MADOGUCHI_D=last ",
    )
    (tmp_path / "env").write_text("\n".join(told), encoding="utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/flask").write_text('#!/bin/sh\nenv; echo "$@"\n', encoding="utf-8")
    (tmp_path / ".venv/bin/flask").chmod(0o755)
    script = (
        text(DEPLOY / "madoguchi")
        .replace("/etc/madoguchi", str(tmp_path))
        .replace("/opt/madoguchi", str(tmp_path))
    )
    script = script.replace("!= madoguchi", '= ""')
    ran = subprocess.run(
        ["sh", "-c", script, "madoguchi", "letter", "1 7"], capture_output=True, text=True, check=True
    )
    lines = ran.stdout.splitlines()
    assert lines[-1] == "--app run letter 1 7"
    assert sorted(line for line in lines if line.startswith("MADOGUCHI_")) == [
        "MADOGUCHI_A=p&w d$HOME;`id`#x",
        "MADOGUCHI_B=q\\uo te$",
        "MADOGUCHI_C=d q",
        "MADOGUCHI_D=last",
    ]


def test_caddy_neither_logs_addresses_nor_stops_asking_a_site_that_can_still_be_read():
    words = text(DEPLOY / "Caddyfile")
    assert "exclude http.log.error" in words
    assert "health_uri" not in words


def jobs():
    """The modules of commands."""
    return (source.PACKAGE / "jobs").glob("*.py")
