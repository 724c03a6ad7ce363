"""Fixtures that all tests share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import Project, now_in_berlin

ROOT = Path(__file__).parent.parent


@pytest.fixture
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture
def now() -> datetime:
    return now_in_berlin()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty folder of a user, with the commands at hand."""
    return Project(tmp_path)
