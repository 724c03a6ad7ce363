"""What stands open with the sources of all newsletters: each is told of once, whoever has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from digest.config import source_name
from digest.ledger.sqlite import SqliteLedger
from digest.schedule.outages import down
from digest.schedule.service import ALL, SOURCES
from digest.sources.health import Health, HealthState
from digest.wiring.project import Project
from digest.wiring.web import stands

#: How long a source must have failed to be down: looked at every hour, it has soon failed often.
_DOWN = timedelta(hours=6)
_SCOPE = f"{SOURCES}{ALL}:"


def outages(projects: Sequence[Project], now: datetime) -> Mapping[str, str]:
    """Sources that are down, gone or silent: key, text. ``projects`` share a state folder."""
    names = sorted({name for project in projects for name in project.source_names})
    with closing(SqliteLedger.open(projects[0].state, sources=names)) as ledger:
        failing = {it.source: it.detail for it in ledger.down() if now - it.since >= _DOWN}
        found = {it.source: it for it in stands(names, ledger, now)}
        standing = {row["key"].removeprefix(_SCOPE) for row in ledger.slots.alarms()}
    gone = {name for name, it in found.items() if it.state is HealthState.RETIRED}
    whys = {name: why or "it fails" for name, why in failing.items() if name not in gone}
    for project in projects:
        whys |= dict.fromkeys(_lost_folders(project), "there is no such folder")
    told = [_told(it) for it in found.values() if it.source not in whys]
    problems = {
        **down(whys, len(names), standing),
        **{key: text for it in told for key, text in it},
    }
    return {f"{_SCOPE}{key}": text for key, text in problems.items()}


def _told(it: Health) -> Sequence[tuple[str, str]]:
    if it.state is HealthState.RETIRED:
        return ((f"{it.source}:down", f"digest: source {it.source} is gone for good"),)
    if it.state is HealthState.QUIET and it.quiet_since:
        text = f"digest: source {it.source} is silent since {it.quiet_since:%Y-%m-%d}"
        return ((f"{it.source}:quiet", text),)
    return ()


def _lost_folders(project: Project) -> list[str]:
    """Folders that are not there, such as those of a disk that was taken away."""
    return [
        source_name(it)
        for it in project.settings.sources
        if it.kind == "folder" and not (project.base / it.place).is_dir()
    ]
