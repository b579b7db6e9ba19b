"""axe-core inside a real page, and the Nu HTML checker over many pages at once."""

import json
import subprocess
import tempfile
from pathlib import Path

from tools import programs

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  const said = (v, n) => `${v.id}: ${v.help}: ${n.target.join(' ')}: ${n.html}`;
  return found.violations.flatMap(v => v.nodes.map(n => said(v, n)));
}"""


def axe(tab):
    """What axe has against the page as it stands; an empty list is praise."""
    if not tab.evaluate("typeof axe !== 'undefined'"):
        tab.evaluate(programs.AXE.read_text(encoding="utf-8"))  # evaluated by the tools, so the policy stands
    return tab.evaluate(RUN, TAGS)


def nu(pages):
    """What the Nu checker says about pages, given as {name: html}; one run of Java for all of them."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-nu-") as folder:
        files = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            files[path.as_uri()] = name
        command = [
            programs.java(),
            "-jar",
            str(programs.VNU),
            "--format",
            "json",
            "--exit-zero-always",
            folder,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr or done.stdout)["messages"]
    return [
        f"{files[m['url'].replace('file:/', 'file:///', 1) if '///' not in m['url'] else m['url']]}, "
        f"line {m.get('lastLine', '?')}: {m['message']} ({m.get('extract', '').strip()[:120]})"
        for m in messages
    ]
