"""The operator's commands as a group that reads them in when somebody asks: a server never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from madoguchi.services.office import Office

WITHOUT_BOOKS: Final = ("restore",)  # it makes them, or stands beside books that this version cannot open


class Commands(click.Group):
    """What stands behind `flask --app run …`."""

    def __init__(self, office: Office, prepare: Callable[[], None] = lambda: None) -> None:
        super().__init__("madoguchi")
        self._office, self._prepare = office, prepare

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, with the books brought up to date unless it wants none to be there."""
        self._read_in()
        if cmd_name in self.commands and cmd_name not in WITHOUT_BOOKS and not ctx.resilient_parsing:
            self._prepare()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        self._read_in()
        return super().list_commands(ctx)

    def _read_in(self) -> None:
        if not self.commands:
            from madoguchi.jobs import commands

            commands.register(self, self._office)
