"""Another program that takes messages apart: the second parser beside the standard library."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def taken_apart(message: bytes, folder: Path) -> tuple[str, str]:
    """Text and HTML of a message as ``ripmime`` sees it; skips the test where it is missing."""
    program = shutil.which("ripmime")
    if program is None:
        reason = "ripmime is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    (folder / "message.eml").write_bytes(message)
    command = [program, "-i", "message.eml", "-d", "parts", "--name-by-type"]
    subprocess.run(command, cwd=folder, check=True)
    [text], [html] = ((folder / "parts").glob(f"text-{kind}*") for kind in ("plain", "html"))
    return text.read_text("utf-8"), html.read_text("utf-8")
