"""What is asked of the machine that the site runs on, and of carriers about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of a disk: free ones, and all."""

    free: int
    whole: int


class Machine(Protocol):
    """The machine."""

    def room(self) -> Room:
        """The disk of the data folder."""
        ...

    def clock_in_step(self) -> bool | None:
        """Whether the clock is kept in step with others, by the kernel's word; None where it says nothing."""
        ...


@runtime_checkable
class Knocks(Protocol):
    """A carrier that can be asked whether it would take letters, without handing it one."""

    def knock(self) -> None:
        """Sign in as for a letter, and leave; raises NotSent."""
        ...
