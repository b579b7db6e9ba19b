"""Asks for known vulnerabilities of the pinned packages; says so and goes on where nobody answers."""

import json
import subprocess
import sys
from pathlib import Path


def main():
    """Exits 1 on a finding, 0 when there is none or the advisory service is out of reach."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", "15"]
    for path in sorted(Path().glob("requirements*.txt")):  # pip-audit does not follow "-r" inside a file
        command += ["-r", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    except subprocess.TimeoutExpired:
        return print("Known vulnerabilities: not checked, the advisory service did not answer in time.")
    packages = read(done.stdout)
    answered = [package for package in packages if "skip_reason" not in package]
    if not answered:
        return print("Known vulnerabilities: not checked, the advisory service is out of reach.")
    if found := findings(answered):
        sys.exit("Known vulnerabilities:\n" + "\n".join(found))
    return print(
        f"Known vulnerabilities: none; {len(answered)} of {len(packages)} pinned packages were known."
    )


def read(text):
    """The packages of pip-audit's report; none when this is no report."""
    try:
        return json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        return []


def findings(packages):
    """Each vulnerability as a line that names the package and what mends it."""
    return [
        f"  {package['name']} {package['version']}: {finding['id']}, mended in {finding['fix_versions']}"
        for package in packages
        for finding in package.get("vulns", [])
    ]


if __name__ == "__main__":
    main()
