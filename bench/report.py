"""Prints what was measured beside what is wanted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One ratio of one run: what it compares, and the bound that it should keep."""

    what: str
    measured: float
    bound: float
    at_least: bool = True
    note: str = ""

    @property
    def kept(self):
        """Whether the bound is kept."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def __str__(self):
        sign = "≥" if self.at_least else "≤"
        verdict = "kept  " if self.kept else "MISSED"
        return f"{verdict} {self.measured:7.2f} {sign} {self.bound:<6g} {self.what}" + (
            f"   [{self.note}]" if self.note else ""
        )


def say(claims):
    """Prints every claim as soon as it is known; returns how many were missed."""
    missed = 0
    for claim in claims:
        print(claim, flush=True)
        missed += not claim.kept
    return missed
