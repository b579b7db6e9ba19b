"""A letter's text as paragraphs of a page: lines, and the ways within this site among them."""

from __future__ import annotations

from flask import current_app

# A paragraph is lines; a line is its words and, when it is an address of this site, the path it leads to.
Paragraph = list[tuple[str, str]]


def paragraphs(text: str) -> list[Paragraph]:
    """Cut a letter's text into paragraphs."""
    site = current_app.config["FACE"].public_address
    return [
        [(line, line.removeprefix(site) if line.startswith(f"{site}/") else "") for line in part.split("\n")]
        for part in text.strip().split("\n\n")
    ]
