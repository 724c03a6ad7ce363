"""Where a password is found: the environment, a file, or what a command says. Never the file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from digest.errors import ConfigError

#: Seconds that a command may take.
_PATIENCE = 30


def from_environment(name: str, *, key: str) -> str:
    """The variable ``name``. Raises `ConfigError` that names ``key`` if it is not set."""
    value = os.environ.get(name, "")
    if not value:
        raise ConfigError(key, f"the variable {name} is not set", "Set it before you run digest.")
    return value


def from_file(file: Path, *, key: str) -> str:
    """The first line of ``file``. Raises `ConfigError` that names ``key``."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}"
        raise ConfigError(key, why, "Name a file that holds the password.") from error
    return _first(lines, key=key, where=str(file))


def from_command(command: Sequence[str], *, key: str) -> str:
    """The first line that ``command`` prints. Raises `ConfigError` that names ``key``."""
    try:
        done = subprocess.run(  # noqa: S603  the user's own command, run without a shell
            command, stdout=subprocess.PIPE, check=True, timeout=_PATIENCE, text=True
        )
    except FileNotFoundError as error:
        raise ConfigError(key, f"there is no program {command[0]!r}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(key, f"{command[0]!r} cannot be used") from error
    except subprocess.CalledProcessError as error:
        raise ConfigError(key, f"{command[0]!r} ended with code {error.returncode}") from None
    except subprocess.TimeoutExpired:
        raise ConfigError(key, f"{command[0]!r} took more than {_PATIENCE} seconds") from None
    return _first(done.stdout.splitlines(), key=key, where=repr(command[0]))


def _first(lines: Sequence[str], *, key: str, where: str) -> str:
    if not lines or not lines[0]:
        raise ConfigError(key, f"{where} gives an empty password")
    return lines[0]
