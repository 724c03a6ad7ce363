"""What makes the scheduler start with a machine: a systemd unit, or a container of its own.

Both are made for the folder at hand, so that every line in them is true.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from digest import __version__
from digest.config import FILE, Settings, each, newsletter
from digest.errors import ConfigError
from digest.wiring import Project, projects, whole

_WEB = re.compile(r"https?:", re.IGNORECASE)
#: A server or an address that means another machine if it is said in a container.
_THIS_MACHINE = re.compile(r"(https?://)?(localhost|127\.[.\d]+|\[?::1\]?)([:/]|$)", re.IGNORECASE)

_UNIT = """\
# The scheduler of {file}. Put this into {name}.service, then:
#   sudo cp {name}.service /etc/systemd/system/
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now {name}
# Read {file.name} again after a change: sudo systemctl reload {name}
# What it did: journalctl -u {name}
[Unit]
Description=digest: the scheduler of {described}
After=network-online.target time-sync.target
Wants=network-online.target

[Service]
Type=exec
User={user}
WorkingDirectory={folder}
{environment}ExecStart={python} -P -m digest schedule --config {config}
ExecReload=/bin/kill -HUP $MAINPID
# A delivery in flight is finished; what is left goes on at the next start.
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=5min
Restart=always
RestartSec=30s
# 2 is a wrong {file.name}: to start again would not mend it. 3 is a state folder that was taken
# away: to start again would make a new one and print everything.
RestartPreventExitStatus=2 3
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
# All else is read-only, for the programs that {file.name} names too.
ReadWritePaths={writes}

[Install]
WantedBy=multi-user.target
"""

_ENVIRONMENT = """\
# Root reads it, and nobody else needs to: a line {variable}='...'
EnvironmentFile=/etc/{name}.env
"""

_CONTAINER = """\
# The scheduler of {file} in a container.
# Name this Containerfile and put it into a folder of its own, with the wheel that
# `pip wheel --no-deps .` makes in the folder of digest's source. In there:
#   podman build --format docker -t digest .
#   podman run -d --name {name} --restart always --stop-timeout 300 \\
#     {options} digest
{secret}# Docker takes the same words, but for: docker build -f Containerfile -t digest .
# What it writes is yours if you run podman yourself. Where root runs containers, as with docker,
# add --user "$(id -u):$(id -g)" before the last word. Where SELinux is at work, end each -v by :z
# To start with the machine, podman wants: systemctl enable podman-restart
# If you run it yourself: systemctl --user enable podman-restart && loginctl enable-linger
# Read {file.name} again after a change: podman kill --signal HUP {name}
# Is it well: podman exec {name} {asked}
# What it did: podman logs {name}
FROM docker.io/library/python:{python}-slim
COPY {wheel} /tmp/
RUN pip install --no-cache-dir /tmp/{wheel}
# A delivery in flight is finished; what is left goes on at the next start.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=30s --start-period=1m CMD {health}
CMD {schedule}
"""

_EXPORT = "# The password is that of your shell: export {variable} first; sudo would drop it.\n"


def unit(config: Path | None) -> str:
    """A systemd unit for the scheduler of ``config``. Raises `ConfigError`."""
    from getpass import getuser

    here, file, name = _here(config)
    variable = _variable(here.settings)
    writes = dict.fromkeys(_writable(it) for it in (here.state, here.outbox))
    return _UNIT.format(
        file=file,
        name=name,
        described=_percent(str(file)),
        user=getuser(),
        folder=_percent(str(file.parent)),
        environment=_ENVIRONMENT.format(variable=variable, name=name) if variable else "",
        python=_word(str(Path(sys.executable).absolute())),
        # A dollar sign means something in what follows the program.
        config=_word(str(file)).replace("$", "$$"),
        writes=" ".join(writes),
    )


def containerfile(config: Path | None) -> str:
    """A Containerfile for the scheduler of ``config``. Raises `ConfigError`."""
    here, file, name = _here(config)
    variable = _variable(here.settings)
    named = [] if file.name == FILE else ["--config", file.name]
    health, schedule = (["digest", command, *named] for command in ("health", "schedule"))
    return _CONTAINER.format(
        file=file,
        name=name,
        options=shlex.join(_options(here, file)),
        secret=_EXPORT.format(variable=variable) if variable else "",
        asked=shlex.join(health),
        python=".".join(map(str, sys.version_info[:2])),
        wheel=f"digest-{__version__}-py3-none-any.whl",
        health=json.dumps(health, ensure_ascii=False),
        schedule=json.dumps(schedule, ensure_ascii=False),
    )


def _here(config: Path | None) -> tuple[Project, Path, str]:
    """The project, its file, and what the service is called."""
    here = whole(config, folder=Path())
    file = (config or Path(FILE)).absolute()
    file = file.parent.resolve() / file.name
    if not str(file).isprintable():
        raise ConfigError(str(file.parent), "its path would break a line", "Move it.")
    first = projects(config, folder=Path())[0]
    return here, file, f"digest-{first.newsletter.id}"


def _variable(settings: Settings) -> str | None:
    """The variable that holds the server's password."""
    return settings.smtp.password_env if settings.smtp else None


# --- a unit ---


def _writable(place: Path) -> str:
    """A folder that is there when the unit starts, and below which ``place`` is or will be."""
    there = place.resolve()
    return _word(str(next(it for it in (there, *there.parents) if it.is_dir())))


def _percent(text: str) -> str:
    """A percent sign means something in a unit (systemd.unit(5))."""
    return text.replace("%", "%%")


def _word(text: str) -> str:
    """One word of a unit's line (systemd.syntax(7))."""
    text = _percent(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if set(text) & set(" \"'\\;") else text


# --- a container ---


def _options(here: Project, file: Path) -> Iterator[str]:
    """What the container shares with the machine: the same places, time zone, secret, network."""
    for place in dict.fromkeys([file.parent, *_outside(here.settings, file)]):
        if ":" in str(place):
            raise ConfigError(str(place), "a colon ends a path in -v", "Rename it.")
        yield from ("-v", f"{place}:{place}")
    yield from ("-w", str(file.parent))
    local = [it for it in each(here.settings) if it.newsletter.timezone == "local"]
    if local:
        yield from ("-e", f"TZ={newsletter(local[0]).timezone}")
    if variable := _variable(here.settings):
        yield from ("-e", variable)
    if any(map(_THIS_MACHINE.match, _hosts(here.settings))):
        yield from ("--network", "host")


def _outside(settings: Settings, file: Path) -> Iterator[Path]:
    """Places that the settings name and that are not in the folder."""
    for name in (file.name, *_places(settings)):
        place = (file.parent / name).resolve()
        if not place.is_relative_to(file.parent):
            yield place


def _places(settings: Settings) -> Iterator[str]:
    folders, smtp, dkim = settings.folders, settings.smtp, settings.dkim
    yield from (folders.outbox, folders.state, folders.templates)
    yield from (it.place for it in settings.sources if not _WEB.match(it.place))
    if smtp:
        yield from filter(None, (smtp.password_file, smtp.ca))
    if dkim:
        yield from filter(None, (dkim.key_file, dkim.ed25519_key_file))


def _hosts(settings: Settings) -> Iterator[str]:
    if settings.smtp:
        yield settings.smtp.host
    yield from (it.place for it in settings.sources)
