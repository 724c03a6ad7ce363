"""From a project to a pipeline, with its doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from digest.config import source_name
from digest.delivery.outbox import Outbox
from digest.delivery.smtp import Trace
from digest.errors import ConfigError
from digest.issue.record import issue_record
from digest.issue.rules import Rules
from digest.ledger.sqlite import SqliteLedger
from digest.mail import FormLetter, compose
from digest.mailing import Watch
from digest.model import Issue, Receipt, State
from digest.parallel import bounded_map
from digest.pipeline import Pipeline, Sender
from digest.wiring.gate import keeper
from digest.wiring.mail import letter_maker, mailing, tester
from digest.wiring.project import Project
from digest.wiring.state import held_ledger, key_of
from digest.wiring.web import web


@contextmanager
def pipeline(
    project: Project,
    *,
    rehearse: bool = False,
    senders: Sequence[Sender] = (),
    present: datetime | None = None,
    trace: Trace | None = None,
    watch: Watch = lambda through, everybody: None,  # noqa: ARG005  names the arguments
) -> Iterator[Pipeline]:
    """The project's pipeline; a rehearsal works on a copy of the ledger and delivers nowhere.

    ``senders`` are instead of the configured ones, which tell ``trace`` what is said to a server
    and ``watch`` how far an issue is. ``present`` is taken for the time at which sending begins.
    Raises `LedgerError` if another run is at work on the same state folder.
    """
    # Whoever brings senders of their own only looks, or sends to nobody but themselves.
    gate = keeper("off" if senders else project.settings.edition.gate)
    if rehearse:
        senders = senders or (_rehearsed,)
    with held_ledger(project, rehearse=rehearse) as ledger:
        yield Pipeline(
            newsletter=project.newsletter,
            sources=(*project.folders, web(project, project.follows, ledger)),
            ledger=ledger,
            letter=letter_maker(
                project.settings, base=project.base, key=key_of(project, make=not rehearse)
            ),
            senders=senders or _senders(project, ledger, _clock(present), trace, watch),
            rules=_rules(project),
            theme=project.require_theme(),
            budget=project.settings.edition.budget,
            map=bounded_map,
            gate=gate,
        )


def test_pipeline(
    project: Project, *, address: str, trace: Trace | None
) -> AbstractContextManager[Pipeline]:
    """A pipeline that sends the pending issue to one address, and changes nothing else."""
    smtp = project.settings.smtp
    if smtp is None:
        raise ConfigError("smtp", "no server is configured", "Write [smtp] into digest.toml.")
    sender = project.newsletter.sender
    send = tester(smtp, address=address, sender=sender, base=project.base, trace=trace)
    return pipeline(project, rehearse=True, senders=(send,))


def release(project: Project, source: str) -> int:
    """Let the next run take what is held of a source; how many entries that are."""
    with held_ledger(project, rehearse=False) as ledger:
        return ledger.release(source)


def discard(project: Project, source: str) -> int:
    """Pass over what is held of a source; how many entries that are."""
    with held_ledger(project, rehearse=False) as ledger:
        return ledger.discard(source)


def _senders(
    project: Project,
    ledger: SqliteLedger,
    clock: Callable[[], datetime],
    trace: Trace | None,
    watch: Watch,
) -> tuple[Sender, ...]:
    """Where issues go: the outbox, their recipients, or both."""
    smtp = project.settings.smtp
    outbox = partial(_put, Outbox(project.outbox))
    everybody, suppressed = ledger.recipients(project.newsletter.id).count()
    if smtp is None and everybody == suppressed:
        return (outbox,)
    mail = mailing(project, ledger, clock=clock, trace=trace, watch=watch)
    return (outbox, mail) if smtp is None or smtp.outbox else (mail,)


def _clock(present: datetime | None) -> Callable[[], datetime]:
    """Tells the time, as if it had been ``present`` now."""
    ahead = present - datetime.now(UTC) if present else timedelta(0)
    return lambda: datetime.now(UTC) + ahead


def _put(outbox: Outbox, issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
    """Write the whole issue, as its own sender would receive it, to the outbox."""
    [receipt] = outbox([compose(letters[""], issue, record=issue_record(issue))])
    return receipt


def _rehearsed(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
    """A sender for rehearsals: the letters are made, and nothing leaves."""
    compose(letters[""], issue, record=issue_record(issue))
    return Receipt(issue=issue.id, state=State.ACCEPTED, detail="nowhere: a rehearsal")


def _rules(project: Project) -> Rules:
    settings = project.settings
    return Rules(
        max_stories=settings.select.max_stories,
        all=settings.select,
        sources={source_name(source): source for source in settings.sources},
        sections=settings.select.sections,
        timezone=project.newsletter.timezone,
    )
