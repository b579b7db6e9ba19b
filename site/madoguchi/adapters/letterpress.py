"""Prints letters from templates/mail/: plain text whose first line is the subject, and its HTML twin.

A discreet letter is printed from one template for all kinds: of the letter it stands for it takes nothing
but the lines that hold a secret (a code, a link), so that no later kind can leak a figure or lose a code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import jinja2

from madoguchi.domain.letters import FORMS, Channel, Form, Kind
from madoguchi.ports import Printed
from madoguchi.rules import Rules

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"

_PAGE = (
    '<!doctype html>\n<html lang="ja">\n<head><meta charset="utf-8"><title>{subject}</title></head>\n'
    "<body>\n<h1>{subject}</h1>\n{body}\n</body>\n</html>\n"
)


class Letterpress:
    """The Press; `site` is the configured public address, the only one that links are made from."""

    def __init__(self, rules: Rules, site: str) -> None:
        # Plain text: the HTML twin is escaped as a whole afterwards.
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=False,  # noqa: S701
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(brand=rules.brand, phone=rules.phone, site=site)
        self._rules = rules.letters
        self._link = re.compile(re.escape(escape(site)) + r"/[A-Za-z0-9/_.~-]*")

    def compose(self, kind: Kind, facts: Mapping[str, str], discreet: bool = False) -> Printed:
        """The letter in words; raises ValueError when a fact is missing."""
        try:
            subject, text = self._printed(f"mail/{kind.value}.txt", facts)
            if discreet:
                subject, text = self._neutral(FORMS[kind], facts, text)
        except jinja2.TemplateError as fault:
            raise ValueError(f"{kind.value} cannot be printed: {type(fault).__name__}") from None
        return Printed(
            subject, text, self._html(subject, text), self._rules.neutral_sender if discreet else ""
        )

    def _printed(self, template: str, facts: Mapping[str, object]) -> tuple[str, str]:
        whole = self._templates.get_template(template).render(facts)
        subject, _line, text = whole.partition("\n")
        return subject.strip(), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"

    def _neutral(self, form: Form, facts: Mapping[str, str], text: str) -> tuple[str, str]:
        """Subject and text that tell neither the lender nor any figure; see templates/mail/discreet.txt."""
        secrets = [facts[name] for name in form.secrets if facts.get(name)]
        kept = [line for line in text.split("\n") if any(secret in line for secret in secrets)]
        told = {"form": form, "text_message": form.channel is Channel.TEXT, "kept": kept}
        told |= {"name": facts["name"], "until": facts.get("until", "")}
        return self._printed("mail/discreet.txt", told | {"subject": self._rules.neutral_subject})

    def _html(self, subject: str, text: str) -> str:
        paragraphs = ("<br>\n".join(map(self._line, part.split("\n"))) for part in text.strip().split("\n\n"))
        body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return _PAGE.format(subject=escape(subject), body=body)

    def _line(self, line: str) -> str:
        """One line, escaped; addresses of this site, and no others, become links."""
        return self._link.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(line))
