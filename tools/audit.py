"""Asks for known vulnerabilities of the pinned packages; says so and goes on where nobody answers."""

import json
import subprocess
import sys


def main():
    """Exits 1 on a finding, 0 when there is none or the advisory service is out of reach."""
    command = [sys.executable, "-m", "pip_audit", "-r", "requirements-dev.txt", "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    except subprocess.TimeoutExpired:
        return print("Known vulnerabilities: not checked, the advisory service did not answer in time.")
    findings = read(done.stdout)
    if findings is None:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return print(
            f"Known vulnerabilities: not checked, the advisory service is out of reach ({last[:120]})."
        )
    if findings:
        sys.exit("Known vulnerabilities:\n" + "\n".join(findings))
    return print("Known vulnerabilities: none in the pinned packages.")


def read(text):
    """The findings as lines, an empty list when there are none, None when this is no report."""
    try:
        packages = json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        return None
    return [
        f"  {package['name']} {package['version']}: {finding['id']}, mended in {finding['fix_versions']}"
        for package in packages
        for finding in package.get("vulns", [])
    ]


if __name__ == "__main__":
    main()
