"""Fixtures that all tests share."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import Project, now_in_berlin

ROOT = Path(__file__).parent.parent

# Hundreds of tests start the program. Where containers forbid it to keep its compiled modules, each
# start would compile them all, which takes as long as the test.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


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
