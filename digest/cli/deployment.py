"""What makes the scheduler start with a machine: a systemd unit, or a container of its own.

Both are made for the folder at hand, so that every line in them is true.
"""

from __future__ import annotations

import sys
from pathlib import Path

from digest import __version__

_UNIT = """\
# The scheduler of {config}. Put this into {name}.service, then:
#   sudo cp {name}.service /etc/systemd/system/
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now {name}
# Read digest.toml again after a change: sudo systemctl reload {name}
# What it did: journalctl -u {name}
[Unit]
Description=digest: the scheduler of {config}
After=network-online.target time-sync.target
Wants=network-online.target

[Service]
Type=exec
User={user}
WorkingDirectory={folder}
ExecStart={python} -m digest schedule --config {config}
ExecReload=/bin/kill -HUP $MAINPID
# A delivery in flight is finished; what is left goes on at the next start.
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=5min
Restart=on-failure
RestartSec=30s
# 2 is a wrong digest.toml: to start again would not mend it.
RestartPreventExitStatus=2
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={writes}

[Install]
WantedBy=multi-user.target
"""

_CONTAINER = """\
# The scheduler of this folder in a container. Beside this file, named Containerfile, there must be
# the wheel of digest that `python -m build --wheel` makes in its own folder. Then:
#   podman build -t digest .
#   podman run -d --name digest -e TZ={zone} -v "$PWD":/news digest
# Read digest.toml again after a change: podman kill --signal HUP digest
# Is it well: podman exec digest digest health
FROM python:{python}-slim
COPY digest-{version}-py3-none-any.whl /tmp/
RUN pip install --no-cache-dir /tmp/digest-{version}-py3-none-any.whl
# digest.toml, what it names, the outbox and the state live here, outside the container.
VOLUME /news
WORKDIR /news
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=30s --start-period=1m CMD ["digest", "health"]
CMD ["digest", "schedule"]
"""


def unit(config: Path | None) -> str:
    """A systemd unit for the scheduler of ``config``. Raises `ConfigError`."""
    from getpass import getuser

    from digest.config import FILE
    from digest.wiring import projects

    first = projects(config, folder=Path())[0]
    file = (config or Path(FILE)).resolve()
    writes = dict.fromkeys(_writable(it) for it in (first.state, first.outbox))
    return _UNIT.format(
        name=f"digest-{first.newsletter.id}",
        config=_quoted(file),
        folder=file.parent,
        python=_quoted(Path(sys.executable).absolute()),
        user=getuser(),
        writes=" ".join(writes),
    )


def containerfile(config: Path | None) -> str:
    """A Containerfile for the scheduler of ``config``. Raises `ConfigError`."""
    from digest.wiring import projects

    first = projects(config, folder=Path())[0]
    python = ".".join(map(str, sys.version_info[:2]))
    return _CONTAINER.format(version=__version__, python=python, zone=first.newsletter.timezone)


def _writable(place: Path) -> str:
    """A folder that is there when the unit starts, and below which ``place`` is or will be."""
    there = place.resolve()
    return _quoted(next(it for it in (there, *there.parents) if it.is_dir()))


def _quoted(path: Path) -> str:
    """A path as a word of a unit's line: a percent sign means something there (systemd.unit(5))."""
    text = str(path).replace("%", "%%")
    return f'"{text}"' if " " in text else text
