"""Sending by SMTP while nothing goes wrong: what arrives, how, and in which order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from digest.delivery.smtp import Mail, Phase, send_all
from digest.errors import LedgerError
from digest.model import State
from tests.delivery.sending import QUICK, account_on, deliver, mail, mails
from tests.smtpserver import EXTENSIONS, Fault, Hang, Manners, Say, SmtpServer

PLAIN = tuple(name for name in EXTENSIONS if name != "PIPELINING")


@pytest.mark.parametrize("extensions", [EXTENSIONS, PLAIN, ()], ids=["pipelined", "plain", "bare"])
@pytest.mark.parametrize("connections", [1, 3])
def test_everybody_gets_one(extensions: tuple[str, ...], connections: int) -> None:
    with SmtpServer(Manners(extensions=extensions)) as server:
        run = deliver(server, mails(30), connections=connections)
    assert set(run.states) == {State.ACCEPTED}
    assert len(server.accepted) == 30
    assert server.accepted[0].sender == "paper@courier.example"
    assert run.account.fault is None
    assert run.account.sessions == server.connections <= connections
    assert server.commands.count("QUIT") == server.connections


def test_the_servers_words_are_kept() -> None:
    with SmtpServer() as server:
        run = deliver(server, [mail()])
    result = run.results["ada"]
    assert (result.phase, result.code, result.enhanced) == (Phase.DOT, 250, "2.0.0")
    assert result.words == "queued as 0"


def test_the_next_envelope_rides_on_the_final_dot() -> None:
    with SmtpServer() as server:
        run = deliver(server, mails(3))
    ours = [line for line in run.trace if line.startswith(("> .", "> MAIL", "< 354", "< 250 2.0"))]
    begin = [line.partition(":")[0] for line in ours]
    assert begin == [
        *("> MAIL FROM", "< 354 end with a dot", "> .", "> MAIL FROM"),
        *("< 250 2.0.0 queued as 0", "< 354 end with a dot", "> .", "> MAIL FROM"),
        *("< 250 2.0.0 queued as 1", "< 354 end with a dot", "> .", "< 250 2.0.0 queued as 2"),
    ]


def test_each_intent_comes_before_its_body_and_after_the_result_before() -> None:
    with SmtpServer() as server:
        run = deliver(server, mails(4))
    keys = [f"reader{number}" for number in range(1, 5)]
    assert run.log == [f"{what} {key}" for key in keys for what in ("intend", "settle")]


BODIES = {
    "dots": ".\r\n..\r\n.a\r\nb.\r\n",
    "dot at the end": "a\r\n.",
    "no line end": "a",
    "empty": "",
    "only a dot": ".",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_arrives_as_it_is(body: str) -> None:
    sent = mail(body=body)
    with SmtpServer() as server:
        deliver(server, [sent, mail("ben", data=body.encode())])
    ends = "" if body.endswith("\r\n") or not body else "\r\n"
    assert server.accepted[0].data == sent.data + ends.encode()
    assert server.accepted[1].data == (body + ends).encode()


def test_a_large_body_arrives_whole() -> None:
    large = mail(body="The harbour is closed until spring.\r\n" * 200_000)
    with SmtpServer(Manners(extensions=["PIPELINING"])) as server:
        deliver(server, [large, mail("ben")])
    assert [len(message.data) for message in server.accepted] == [
        len(large.data),
        len(mail("ben").data),
    ]


def test_parameters_are_declared_where_they_are_offered() -> None:
    eight_bit = mail("ben", body="Fähre\r\n")
    wide = mail("zoë")
    with SmtpServer() as server:
        deliver(server, [mail(), eight_bit, wide])
    assert [message.parameters for message in server.accepted] == [
        f"SIZE={len(mail().data)}",
        f"SIZE={len(eight_bit.data)} BODY=8BITMIME",
        f"SIZE={len(wide.data)} BODY=8BITMIME SMTPUTF8",
    ]
    assert server.accepted[2].recipient == "zoë@reader.example"


@pytest.mark.parametrize(
    ("given", "enhanced"),
    [
        (mail(recipient="zoë@reader.example"), "5.6.7"),
        (mail(utf8=True), "5.6.7"),
        (mail(body="Fähre\r\n"), "5.6.3"),
        (mail(recipient="ada@reader.example>\r\nRCPT TO:<eve@bad.example"), "5.1.3"),
        (mail(recipient="ada @reader.example"), "5.1.3"),
        (mail(recipient="\udc80@reader.example"), "5.1.3"),
        (mail(recipient="a" * 400 + "@reader.example"), "5.1.3"),
        (mail(recipient=""), "5.1.3"),
    ],
    ids=["address", "headers", "8bit", "injection", "blank", "surrogate", "long", "empty"],
)
def test_what_the_server_cannot_take_is_refused_before_it_is_sent(
    given: Mail, enhanced: str
) -> None:
    with SmtpServer(Manners(extensions=["PIPELINING"])) as server:
        run = deliver(server, [mail("ben"), given, mail("cy")])
    result = run.results["ada"]
    assert (result.state, result.phase, result.enhanced) == (State.REFUSED, Phase.CHECK, enhanced)
    assert run.log.count("intend ada") == 0
    assert server.recipients == ["ben@reader.example", "cy@reader.example"]


def test_without_mails_nobody_is_called() -> None:
    with SmtpServer() as server:
        run = deliver(server, [], connections=4)
    assert (server.connections, run.account.sessions) == (0, 0)


def test_after_a_stop_nobody_is_called() -> None:
    async def go(port: int) -> int:
        stop = asyncio.Event()
        stop.set()
        account = await send_all(
            mails(5),
            account_on(port, connections=3),
            intend=lambda _: None,
            settle=lambda *_: None,
            stop=stop,
        )
        return account.accepted

    with SmtpServer() as server:
        assert asyncio.run(go(server.port)) == 0
    assert server.connections == 0


@pytest.mark.parametrize("connections", [1, 3])
def test_a_hold_is_asked_for_right_before_a_message(connections: int) -> None:
    begun: list[str] = []

    async def go(port: int) -> int:
        account = await send_all(
            mails(30),
            account_on(port, connections=connections),
            intend=lambda mail: begun.append(mail.key),
            settle=lambda *_: None,
            stop=asyncio.Event(),
            hold=lambda: len(begun) >= 4,
        )
        assert account.fault is None
        return account.accepted

    with SmtpServer() as server:
        accepted = asyncio.run(go(server.port))
    # On each connection one may have begun whose body had not.
    assert 4 <= accepted == len(server.accepted) <= 3 + connections


def test_the_trace_tells_the_connections_apart() -> None:
    with SmtpServer(Manners(delay=0.01)) as server:
        run = deliver(server, mails(20), connections=2)
    assert {line.partition(" ")[0] for line in run.trace} == {"1", "2"}


def test_few_mails_open_few_connections() -> None:
    with SmtpServer(Manners(delay=0.05)) as server:
        deliver(server, mails(2), connections=8)
    assert server.connections <= 2


def test_mails_may_come_slowly_from_an_async_source() -> None:
    async def slowly() -> AsyncIterator[Mail]:
        for each in mails(5):
            await asyncio.sleep(0.01)
            yield each

    with SmtpServer() as server:
        run = deliver(server, slowly(), connections=2)
    assert run.account.accepted == 5


def test_mails_are_fetched_only_a_little_ahead() -> None:
    fetched: list[str] = []

    def endless() -> Iterator[Mail]:
        for each in mails(5_000):
            fetched.append(each.key)
            yield each

    with SmtpServer() as server:
        run = deliver(server, endless(), stop_when=lambda log: len(log) >= 20)
    assert run.account.accepted < 20
    assert len(fetched) < 30


@pytest.mark.parametrize("extensions", [EXTENSIONS, PLAIN], ids=["pipelined", "plain"])
def test_a_stop_finishes_what_is_under_way(extensions: tuple[str, ...]) -> None:
    with SmtpServer(Manners(extensions=extensions, delay=0.01)) as server:
        run = deliver(
            server, mails(500), connections=4, stop_when=lambda log: "intend reader9" in log
        )
    assert set(run.states) == {State.ACCEPTED}
    assert len(run.states) < 30
    assert run.account.fault is None
    assert server.commands.count("QUIT") == 4


def test_a_stop_during_the_opening_ends_at_once() -> None:
    async def go() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.1, stop.set)
        with SmtpServer(Manners(faults=[Fault("connect", Hang())])) as server:
            account = await send_all(
                mails(1),
                account_on(server.port),
                intend=lambda _: None,
                settle=lambda *_: None,
                stop=stop,
            )
        assert (account.sessions, account.fault) == (0, None)

    asyncio.run(go())


@pytest.mark.parametrize("at", ["connect", "ehlo", "mail", "dot", "quit"])
def test_a_cancelled_run_closes_its_connections(at: str) -> None:
    async def go(port: int) -> None:
        async with asyncio.timeout(0.2):
            await send_all(
                mails(3),
                account_on(port),
                intend=lambda _: None,
                settle=lambda *_: None,
                stop=asyncio.Event(),
            )

    with SmtpServer(Manners(faults=[Fault(at, Hang())])) as server:
        with pytest.raises(TimeoutError):
            asyncio.run(go(server.port))
        assert server.connections == 1


def test_a_host_with_two_addresses_is_reached_by_the_one_that_answers() -> None:
    with SmtpServer() as server:
        run = deliver(account_on(server.port, host="localhost"), mails(2))
    assert run.account.accepted == 2


@pytest.mark.parametrize("broken", ["intend", "settle"])
def test_a_journal_that_cannot_be_written_ends_the_run(broken: str) -> None:
    """The body does not leave without a recorded intent."""
    calls: list[str] = []

    def note(what: str, key: str) -> None:
        calls.append(f"{what} {key}")
        if calls.count(f"{what} {key}") and what == broken and key == "reader3":
            raise LedgerError("state", "the disk is full")

    async def go(port: int) -> None:
        await send_all(
            mails(20),
            account_on(port),
            intend=lambda mail: note("intend", mail.key),
            settle=lambda mail, _: note("settle", mail.key),
            stop=asyncio.Event(),
        )

    with SmtpServer() as server:
        with pytest.raises(LedgerError, match="disk is full"):
            asyncio.run(go(server.port))
        assert len(server.accepted) == (2 if broken == "intend" else 3)
    assert calls[-1] == f"{broken} reader3"


def test_what_the_source_of_mails_raises_is_raised_after_the_rest_was_sent() -> None:
    def failing() -> Iterator[Mail]:
        yield from mails(3)
        raise LedgerError("state", "damaged")

    with SmtpServer() as server:
        with pytest.raises(LedgerError, match="damaged"):
            deliver(server, failing())
        assert len(server.accepted) == 3


class Hourglass:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("rates", "span", "most"),
    [({"per_second": 5.0}, 1.0, 5), ({"per_hour": 8.0}, 3600.0, 8), ({"per_second": 0.5}, 2.0, 1)],
    ids=["per second", "per hour", "less than one"],
)
def test_no_window_begins_more_than_its_rate(
    rates: dict[str, float], span: float, most: int
) -> None:
    glass, begun = Hourglass(), list[float]()

    def note(log: list[str]) -> bool:
        if log[-1].startswith("intend"):
            begun.append(glass.now)
        return False

    with SmtpServer() as server:
        run = deliver(
            server,
            mails(20),
            stop_when=note,
            clock=glass.read,
            sleep=glass.sleep,
            **rates,
        )
    assert run.account.accepted == 20
    assert all(sum(0 <= one - at < span for one in begun) <= most for at in begun)
    assert begun[-1] - begun[0] >= span * (20 // most - 1)


def test_a_stop_while_the_rate_makes_us_wait() -> None:
    async def go() -> int:
        stop = asyncio.Event()
        with SmtpServer() as server:
            account = await send_all(
                mails(10),
                account_on(server.port, per_hour=2, limits=QUICK),
                intend=lambda _: None,
                settle=lambda mail, _: stop.set() if mail.key == "reader2" else None,
                stop=stop,
                clock=time.monotonic,
            )
            assert server.commands[-1] == "QUIT"
        return account.accepted

    assert asyncio.run(go()) == 2


def test_multi_line_replies_and_forwarding_codes() -> None:
    faults = [
        Fault("connect", Say("220-mx.test\r\n220-welcome\r\n220 ESMTP\r\n")),
        Fault("mail", Say("250-2.1.0 well\r\n250 2.1.0 known\r\n")),
        Fault("rcpt", Say("251 2.1.5 will forward\r\n")),
        Fault("rcpt", Say("252 2.1.5 cannot tell\r\n"), first=2),
        Fault("dot", Say("250-2.0.0 queued\r\n250 2.0.0 as ABC\r\n"), times=2),
    ]
    with SmtpServer(Manners(faults=faults)) as server:
        run = deliver(server, mails(2))
    assert run.account.accepted == 2
    assert run.results["reader1"].words == "queued as ABC"
