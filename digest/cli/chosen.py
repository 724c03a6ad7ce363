"""The newsletter that a command is for."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.shared import CHOSEN
from digest.wiring import Project, project


def here(config: Path | None) -> Project:
    """The project of ``config`` or of this folder, and of it what ``--newsletter`` names."""
    chosen = click.get_current_context().meta.get(CHOSEN)
    return project(config, folder=Path(), newsletter=chosen)
