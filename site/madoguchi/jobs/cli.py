"""The operator's commands as a group that reads them in when somebody asks: a server never does."""

from __future__ import annotations

import click

from madoguchi.services.office import Office


class Commands(click.Group):
    """What stands behind `flask --app run …`."""

    def __init__(self, office: Office) -> None:
        super().__init__("madoguchi")
        self._office = office

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        self._read_in()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        self._read_in()
        return super().list_commands(ctx)

    def _read_in(self) -> None:
        if not self.commands:
            from madoguchi.jobs import commands

            commands.register(self, self._office)
