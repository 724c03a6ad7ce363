"""What the commands say, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from digest.cli import deliveries
from digest.cli.fates import summary
from digest.cli.lines import bold, count, error, table, warning
from digest.cli.records import still_changing
from digest.ledger.sqlite import FILE, SqliteLedger
from digest.model import Article, Issue, Outcome, Receipt, State
from digest.pipeline import Made, Run
from digest.read import Line
from digest.summary import Explanation
from digest.text import shorten
from digest.visits import VisitState
from digest.wiring import Project

_LOOKS = {
    VisitState.OK: "read",
    VisitState.UNCHANGED: "unchanged",
    VisitState.RESTING: "left alone for now",
    VisitState.FAILED: "failed",
    VisitState.GONE: "gone",
}
#: Lines of a list before the rest is counted only.
MOST = 20


def run(done: Run, project: Project, *, rehearsed: bool) -> Iterator[str]:
    """What a run did: what went in, what did not and why, the size, and where it is."""
    for left in dict.fromkeys(receipt.issue for receipt in done.finished):
        states = {receipt.state for receipt in done.finished if receipt.issue == left}
        became = "waits for a later one" if State.DEFERRED in states else "is through now"
        became = "would be finished" if rehearsed else became
        yield f"An earlier run was cut short; its issue {left} {became}."
    if done.made is None:
        yield "Nothing new: no issue was made."
    elif done.made.edition is None:
        yield "Nothing to print: no issue was made."
    else:
        number = count(len(done.made.issue.stories), "story", "stories")
        yield bold(done.made.edition.subject)
        yield f"{number} would go in." if rehearsed else f"{number} went in."
    yield ""
    if done.made:
        yield from table(summary(fate.outcome for _, fate in done.made.fates))
        yield ""
        issue = done.made.issue
        stories = [(story.article.origin, story.article.title) for story in issue.stories]
        yield from _list("In the issue", stories, issue)
        yield from _list("Not printed in full", list(_left_out(done.made)), issue)
    yield from _gathered(done)
    yield from table(_places(done, project, rehearsed=rehearsed))


def failures(done: Run) -> list[str]:
    """What went wrong in a run, a line each."""
    wrong = [str(failure) for failure in done.gathered.failures]
    return [error(line) for line in wrong] + undelivered((*done.finished, *done.receipts))


def undelivered(receipts: Iterable[Receipt]) -> list[str]:
    """What did not go out, or has not reached everybody, a line each."""
    return [
        error(it.detail if it.place else f"{it.issue}: {it.detail}")
        for it in receipts
        if it.state is not State.ACCEPTED
    ]


def finished(receipts: Sequence[Receipt]) -> Iterator[str]:
    """What became of the issues that were taken up again."""
    if not receipts:
        yield "Nothing was left undone."
    for receipt in receipts:
        yield f"{receipt.issue} is {receipt.state}: {receipt.detail}"


def tested(done: Run, address: str) -> Iterator[str]:
    """What became of a test."""
    if done.made is None or done.made.edition is None:
        yield "Nothing is pending: no test was sent."
        return
    yield f"“{done.made.edition.subject}” to {address}"
    yield from finished(done.receipts)
    yield "Nothing was consumed: the issue is still to come."


def warnings(done: Run) -> list[str]:
    """What the user should know of the sources though nothing failed now, a line each."""
    return [warning(told) for told in done.gathered.warnings]


def article(record: Mapping[str, Any]) -> Iterator[str]:
    """One article's facts, lead and quote."""
    names = ("title", "byline", "published", "language", "site", "url", "section", "image")
    yield from table([(name, str(record[name])) for name in names if record[name]])
    yield ""
    lead, quote = record["lead"], record["quote"]
    rows = [("lead", f"{lead['text']}  [{lead['start']}:{lead['end']}]")]
    if quote:
        rows.append(("quote", f"{quote['text']}  [{quote['start']}:{quote['end']}]"))
        rows.append(("speaker", quote["speaker"] or "not named"))
        rows.append(("role", quote["role"] or ""))
        rows.append(("found by", f"{quote['found']} ({quote['confidence']})"))
    yield from table(rows)
    yield ""
    yield record["text"]


def lines(explained: Iterable[Line]) -> Iterator[str]:
    """Each line of a document with its class, its rule and its first words."""
    rows = [(str(line.number), line.label, line.rule, line.text) for line in explained]
    labels = max((len(row[1]) for row in rows), default=0)
    rules = max((len(row[2]) for row in rows), default=0)
    for number, label, rule, text in rows:
        start = f"{number:>5}  {label:<{labels}}  {rule:<{rules}}"
        yield f"{click.style(start, bold=label != 'body')}  {text[:100]}"


def explanation(article: Article, explained: Explanation) -> Iterator[str]:
    """Every lead and quote that was weighed, what spoke for each, and which one was taken."""
    yield bold("\nLeads")
    for lead in explained.leads:
        yield from _option(lead.chosen, article[lead.span], lead.reason or "stands further down")
    yield bold("\nQuotes") if explained.quotes else "\nNo quotes"
    for option in explained.quotes:
        quote = option.quote
        who = article[quote.speaker] if quote.speaker else "nobody"
        found = f", by {quote.found} ({quote.confidence:.2f})" if quote.found else ""
        marks = ", ".join(f"{name} {weight:+.2f}" for name, weight in option.marks)
        total = f"{option.score:.2f} = {marks}" if marks else ""
        reasons = [f"{option.reason}; {option.kind}: {who}{found}", *filter(None, [total])]
        yield from _option(option.chosen, article.words(quote), *reasons)


def status(ledger: SqliteLedger, project: Project, now: datetime) -> Iterator[str]:
    """The state folder, what waits, the last issues, and what could not be read."""
    newsletter = project.newsletter.id
    pending = len(ledger.pending(newsletter))
    yield from table(
        [
            ("newsletter", newsletter),
            ("state", str(project.state / FILE)),
            ("waiting", count(pending, "article")),
        ]
    )
    issues = ledger.issues(newsletter)
    yield "" if issues else "\nNo issue was made yet."
    for row in issues:
        content = f"{row['printed']} printed, {row['listed']} listed, {row['others']} left out"
        yield f"{bold(row['id'])}  {row['state']}: {content}"
        if row["detail"]:
            yield f"    {row['detail']}"
        for line in deliveries.summary(ledger.sends, row["id"]):
            yield f"    {line}"
    if waits := still_changing(ledger, project, now):
        yield bold("\nWaiting for a later issue")
        yield from table((it.headline.title, why) for it, why in waits[:MOST])
    yield from _skipped(ledger, newsletter, now)
    unread = ledger.failures()
    if unread:
        yield bold("\nCould not be read")
        yield from table([(row["origin"], row["failure"]) for row in unread])


def _skipped(ledger: SqliteLedger, newsletter: str, now: datetime) -> Iterator[str]:
    """The last slots that made no issue, and whether the newsletter is paused."""
    if rows := ledger.slots.skipped(newsletter, now=now):
        yield bold("\nSlots without an issue")
        yield from table((row["slot"], row["why"]) for row in rows)
    if since := ledger.slots.paused(newsletter):
        yield f"\nPaused since {since:%Y-%m-%d %H:%M %Z}: `digest resume` goes on."


def _left_out(made: Made) -> Iterator[tuple[str, str]]:
    for candidate, fate in made.fates:
        if fate.outcome is not Outcome.PRINTED:
            yield candidate.origin, f"{fate.outcome}: {fate.why}"


def _list(heading: str, rows: Sequence[tuple[str, str]], issue: Issue) -> Iterator[str]:
    if rows:
        yield bold(heading)
        yield from table(rows[:MOST])
        if len(rows) > MOST:
            yield f"  and {len(rows) - MOST} more: digest explain --issue {issue.id}"
        yield ""


def _gathered(done: Run) -> Iterator[str]:
    rows = [(origin, "holds an article that is known already") for origin in done.gathered.copies]
    rows += [(error.where, f"{error.why}: it waits") for error in done.gathered.waiting]
    if rows:
        yield bold("Not taken")
        yield from table(rows[:MOST])
        yield ""
    if visits := done.gathered.visits:
        counts = Counter(_LOOKS[visit.state] for visit in visits)
        found = ", ".join(f"{counts[look]} {look}" for look in _LOOKS.values() if counts[look])
        yield f"{count(len(visits), 'source')} on the web: {found}"
        yield ""


def _places(done: Run, project: Project, *, rehearsed: bool) -> Iterator[tuple[str, str]]:
    made = done.made
    if made and made.edition:
        html, text = len(made.edition.html.encode()), len(made.edition.text.encode())
        budget = project.settings.edition.budget
        yield "size", f"{html / 1e3:.1f} KB of {budget / 1e3:.0f} KB HTML, {text / 1e3:.1f} KB text"
    for receipt in done.receipts:
        if receipt.state is State.ACCEPTED and not rehearsed:
            place = f"{receipt.place}/index.html"
            yield ("issue", place) if receipt.place else ("recipients", receipt.detail)
    yield "state", str(project.state / FILE) + (" (unchanged)" if rehearsed else "")


def _option(chosen: bool, words: str, *reasons: str) -> Iterator[str]:  # noqa: FBT001 - a column
    yield f"{'  ✓ ' if chosen else '    '}{shorten(words, 120)}"
    for reason in reasons:
        yield f"      {reason}"
