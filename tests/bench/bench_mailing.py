"""``python -m tests.bench.bench_mailing [speed] [memory] [kills]``: a mailing with its ledger.

Messages a second beside smtplib in the same run, to a sink in a process of its own; the most
memory that a list of a thousand and one of a million need, from import to the last message; and
a thousand kills. Ratios are what to read: the machine may be busy.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from digest.delivery.smtp import Account, Mail, Phase, Result, Server, send_all
from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.ledger.store import Store
from digest.mail import FormLetter, form_letter, read_recipients
from digest.mailing import Mailing, Policy, Sender
from digest.model import Edition, Issue, Recipient, State
from digest.tokens import UNSUBSCRIBE
from tests.bench.bench_smtp import HOST, Figure, by_smtplib, figure, served, sink
from tests.builders import issue as an_issue
from tests.mailing.killing import CONNECTIONS, survive

ROOT = Path(__file__).parent.parent.parent
MESSAGES, ROUNDS = 4_000, 3
FEW, MANY = 1_000, 1_000_000
KILLS, RECIPIENTS = 1_000, 3_000


def main(*wanted: str) -> None:
    """Run the measurements that are named, or the first two."""
    measured = {"speed": speed, "memory": memory, "kills": kills}
    for name in wanted or ("speed", "memory"):
        measured[name]()


# Speed.


def speed() -> None:
    with served(sink) as port:
        floor = _best(by_smtplib, port, MESSAGES // 4)
        print(f"smtplib, reused: {floor.rate:,.0f} messages/s, {1e3 * floor.cost:.2f} CPU-ms each")
        for connections in (1, 4, 10):
            ours = _best(partial(by_mailing, connections=connections), port, MESSAGES)
            print(
                f"a mailing x{connections}, with its ledger: {ours.rate:,.0f} messages/s, "
                f"{1e3 * ours.cost:.2f} CPU-ms each, {ours.rate / floor.rate:.1f} x"
            )


def _best(client: Callable[[int, int], object], port: int, count: int) -> Figure:
    return max((figure(client, port, count) for _ in range(ROUNDS)), key=lambda it: it.rate)


def by_mailing(port: int, count: int, *, connections: int) -> None:
    """Everything from the first recipient in the ledger to the receipt."""
    server = Server(host=HOST, port=port, security="none", connections=connections)
    with tempfile.TemporaryDirectory() as name, closing(Store.open(Path(name))) as store:
        people = (Recipient(address=f"reader{n}@reader.example") for n in range(count))
        mail = desk(store, people, partial(send_all, server=server))
        receipt = mail(an_issue(), {"": letter(an_issue(), 63_000)})
        assert receipt.detail == f"{count:,} sent"


def desk(store: Store, people: Iterable[Recipient], send: Sender) -> Mailing:
    """A mailing with a claimed issue and recipients."""
    issue = an_issue()
    Issues(store, Articles(store, sources=())).claim(issue, ())
    recipients = Recipients(store, newsletter=issue.newsletter.id)
    recipients.put(people)
    return Mailing(
        recipients=recipients,
        sends=Sends(store),
        send=send,
        bounces="bounces@courier.example",
        policy=Policy(block=200),
        boot="one",
        clock=lambda: issue.slot + timedelta(minutes=1),
    )


def letter(issue: Issue, size: int) -> FormLetter:
    line = '<p style="margin:0">The council voted to keep the boat until spring.</p>\n'
    html = line * (size // len(line)) + UNSUBSCRIBE
    edition = Edition(issue=issue.id, subject="Ferry", preheader="", html=html, text=UNSUBSCRIBE)
    newsletter = {"unsubscribe": "https://courier.example/leave?{token}"}
    told = an_issue(newsletter=type(issue.newsletter)(**newsletter))
    return form_letter(edition, told, key=b"secret")


# Memory.


def memory() -> None:
    """The most that a process of its own needs, beyond the program itself."""
    start, few, many = (_peak(number) for number in (0, FEW, MANY))
    print(
        f"memory beyond start-up ({start:.0f} MB): {few - start:.0f} MB for {FEW:,} recipients, "
        f"{many - start:.0f} MB for {MANY:,}"
    )


def _peak(recipients: int) -> float:
    """MB at the high-water mark."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.bench_mailing", "list", str(recipients)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    print(f"  {recipients:,} recipients took {time.perf_counter() - began:.0f} s: {done.stdout}")
    return int(done.stderr.split()[-1]) / 1024


def one_list(recipients: int) -> None:
    """Import a list and send to it, in a process that tells how much memory it took."""
    with tempfile.TemporaryDirectory() as name, closing(Store.open(Path(name))) as store:
        rows = read_recipients(_lines(recipients), where="readers.csv")
        people = (row for row in rows if isinstance(row, Recipient))
        mail = desk(store, people, at_once)
        print(mail(an_issue(), {"": letter(an_issue(), 5_000)}).detail)
    status = Path("/proc/self/status").read_text("ascii")
    [peak] = re.findall(r"VmHWM:\s+(\d+)", status)
    print(peak, file=sys.stderr)


def _lines(number: int) -> Iterator[str]:
    yield "email,name,town\n"
    for n in range(number):
        yield f"reader{n}@reader.example,Reader {n},Elsby\n"


async def at_once(
    mails: Iterable[Mail],
    *,
    intend: Callable[[Mail], None],
    settle: Callable[[Mail, Result], None],
    stop: asyncio.Event,
    hold: Callable[[], bool],
) -> Account:
    """A server that takes everything in no time."""
    for mail in mails:
        assert not stop.is_set()
        assert not hold()
        intend(mail)
        settle(mail, Result(state=State.ACCEPTED, phase=Phase.DOT, code=250, words="queued"))
    return Account()


# Kills.


def kills() -> None:
    """Kill until there were so many; what the promise says is asserted."""
    seen = seed = doubted = most = 0
    began = datetime.now(UTC)
    while seen < KILLS:
        with tempfile.TemporaryDirectory() as name:
            outcome = survive(Path(name), recipients=RECIPIENTS, seed=seed)
        assert not outcome.lost
        assert outcome.doubled <= outcome.doubted
        seen, seed = seen + outcome.kills, seed + 1
        doubted, most = doubted + len(outcome.doubted), max(most, outcome.most_at_once)
    assert most <= CONNECTIONS
    print(
        f"{seen:,} kills in {(datetime.now(UTC) - began).seconds} s: nobody lost, "
        f"{doubted:,} in doubt, at most {most} at once over {CONNECTIONS} connections"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["list"]:
        one_list(int(sys.argv[2]))
    else:
        main(*sys.argv[1:])
