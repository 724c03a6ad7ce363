"""An issue that cannot be finished does not stand in the way of the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import DigestError, LedgerError, RenderError, StoppedError
from digest.mail import FormLetter
from digest.model import Issue, Receipt, State
from digest.wiring import pipeline
from digest.wiring import project as project_of
from tests.builders import Project, plain_text

NOW = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
BROKEN = RenderError("the theme", "lost a part", "Restore it.")


@pytest.fixture
def left(project: Project) -> Project:
    """With an issue that was claimed and not sent."""
    project.write("seeds/1.txt", plain_text(1))

    def break_off(_issue: Issue, _letters: Mapping[str, FormLetter]) -> Receipt:
        raise BROKEN

    here = project_of(None, folder=project.folder)
    with pipeline(here, senders=[break_off]) as work, pytest.raises(RenderError):
        work.run(NOW)
    project.write("seeds/2.txt", plain_text(2))
    return project


def test_the_next_issue_goes_out(left: Project) -> None:
    with pipeline(project_of(None, folder=left.folder), senders=[ButFirst(BROKEN)]) as work:
        done = work.run(NOW + timedelta(days=1))
    [unfinished] = done.finished
    assert (unfinished.state, unfinished.detail) == (State.DEFERRED, str(BROKEN))
    assert not unfinished.waits
    assert [receipt.state for receipt in done.receipts] == [State.ACCEPTED]


@pytest.mark.parametrize(
    "end",
    [StoppedError("digest", "was asked to stop"), LedgerError("ledger", "is locked")],
    ids=["stopped", "no ledger"],
)
def test_what_concerns_the_run_ends_it(left: Project, end: DigestError) -> None:
    here = project_of(None, folder=left.folder)
    with pipeline(here, senders=[ButFirst(end)]) as work, pytest.raises(type(end)):
        work.run(NOW + timedelta(days=1))


class ButFirst:
    """Sends every issue but the first one, which cannot be sent."""

    def __init__(self, failure: DigestError) -> None:
        self._failure = failure

    def __call__(self, issue: Issue, _letters: Mapping[str, FormLetter]) -> Receipt:
        if issue.slot == NOW:
            raise self._failure
        return Receipt(issue=issue.id, state=State.ACCEPTED, detail="sent")
