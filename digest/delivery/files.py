"""Messages as files, one for each recipient: what a server would have been given.

A message has a name of its own that never changes and is written aside, synced and renamed, so
that one that is written again, after a kill, replaces its equal. So nothing is ever in doubt.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.delivery.outbox import sync
from digest.delivery.smtp import Account, Mail, Phase, Result
from digest.errors import DigestError
from digest.model import State

_WRITTEN = Result(state=State.ACCEPTED, phase=Phase.DOT)


async def write_all(
    mails: Iterable[Mail],
    folder: Path,
    *,
    intend: Callable[[Mail], None],  # noqa: ARG001  a sender's shape; nothing here can be in doubt
    settle: Callable[[Mail, Result], None],
    stop: asyncio.Event,
    hold: Callable[[], bool] = lambda: False,
) -> Account:
    """Write each mail to ``<folder>/<key>.eml``; ends early at the first that cannot be written."""
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for mail in mails:
            if stop.is_set() or hold():
                break
            _write(folder / f"{mail.key}.eml", mail.data)
            settle(mail, _WRITTEN)
            written += 1
            await asyncio.sleep(0)  # for signals to be heard
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        fault = DigestError(str(folder), why, "Mend that, then run again; nothing is lost.")
        return Account(accepted=written, fault=fault)
    return Account(accepted=written)


def _write(file: Path, data: bytes) -> None:
    aside = file.with_name(f".{file.name}.part")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)
    sync(file.parent)
