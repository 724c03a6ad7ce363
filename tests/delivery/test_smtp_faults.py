"""What goes wrong on the way, and what becomes of each message."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence

import pytest

from digest.delivery.smtp import BusyError, Mail, Phase, ServerError
from digest.model import State
from tests.delivery.sending import account_on, always, brief, deliver, mail, mails
from tests.smtpserver import (
    EXTENSIONS,
    Act,
    Drip,
    Drop,
    Fault,
    Hang,
    Manners,
    Restart,
    Say,
    SmtpServer,
)

A, R, D, U = State.ACCEPTED, State.REFUSED, State.DEFERRED, State.UNCERTAIN
PLAIN = tuple(name for name in EXTENSIONS if name != "PIPELINING")
both = pytest.mark.parametrize("extensions", [EXTENSIONS, PLAIN], ids=["pipelined", "plain"])

#: A fault at the second of four messages, and what becomes of the second.
ONE_MESSAGE: dict[str, tuple[str, Act, State, Phase]] = {
    "450 at MAIL": ("mail", Say("450 4.7.1 later\r\n"), D, Phase.MAIL),
    "550 at MAIL": ("mail", Say("550 5.1.8 who is that\r\n"), R, Phase.MAIL),
    "450 at RCPT": ("rcpt", Say("450 4.2.0 greylisted\r\n"), D, Phase.RCPT),
    "550 at RCPT": ("rcpt", Say("550 5.1.1 no such user\r\n"), R, Phase.RCPT),
    "552 at RCPT": ("rcpt", Say("552 5.2.2 mailbox full\r\n"), R, Phase.RCPT),
    "452 at DATA": ("data", Say("452 4.3.1 no room\r\n"), D, Phase.DATA),
    "554 at DATA": ("data", Say("554 5.7.1 not now and not here\r\n"), R, Phase.DATA),
    "452 at the dot": ("dot", Say("452 4.3.1 no room\r\n"), D, Phase.DOT),
    "554 at the dot": ("dot", Say("554 5.7.1 spam\r\n"), R, Phase.DOT),
    "554 at the dot, then closed": ("dot", Say("554 5.7.1 spam\r\n", drop=True), R, Phase.DOT),
    "drop before the 250": ("dot", Drop(keep=True), U, Phase.DOT),
    "drop at the dot": ("dot", Drop(), U, Phase.DOT),
    "hang before the 250": ("dot", Hang(keep=True), U, Phase.DOT),
    "not a reply at the dot": ("dot", Say("well, well\r\n"), U, Phase.DOT),
    "half a reply at the dot": ("dot", Say("250 2.0", drop=True), U, Phase.DOT),
    "354 at the dot": ("dot", Say("354 more\r\n"), U, Phase.DOT),
    "a line without end at the dot": ("dot", Say("2" * 9_000), U, Phase.DOT),
    "a reply without end at the dot": ("dot", Say("250-x\r\n" * 900), U, Phase.DOT),
    "two codes at the dot": ("dot", Say("250-x\r\n550 y\r\n"), U, Phase.DOT),
    "slow at the dot": ("dot", Drip(0.005), A, Phase.DOT),
    "slow without end": ("dot", Drip(0.06), U, Phase.DOT),
    "421 at MAIL": ("mail", Say("421 4.3.2 bye\r\n", drop=True), A, Phase.DOT),
    "421 at RCPT": ("rcpt", Say("421 4.3.2 bye\r\n", drop=True), A, Phase.DOT),
    "421 at DATA": ("data", Say("421 4.3.2 bye\r\n", drop=True), A, Phase.DOT),
    "421 at the dot": ("dot", Say("421 4.3.2 bye\r\n", drop=True), A, Phase.DOT),
    "421 and no close": ("rcpt", Say("421 4.3.2 bye\r\n"), A, Phase.DOT),
    "drop at MAIL": ("mail", Drop(), A, Phase.DOT),
    "drop at RCPT": ("rcpt", Drop(), A, Phase.DOT),
    "drop at DATA": ("data", Drop(), A, Phase.DOT),
    "hang at RCPT": ("rcpt", Hang(), A, Phase.DOT),
    "drop after the 250": ("accepted", Drop(), A, Phase.DOT),
    "not a reply at RCPT": ("rcpt", Say("220\x00\xff\r\n"), A, Phase.DOT),
    "250 at DATA": ("data", Say("250 2.0.0 what\r\n"), A, Phase.DOT),
    "a flood at MAIL": ("mail", Say("250 2.1.0 ok\r\n" * 500), A, Phase.DOT),
}


@both
@pytest.mark.parametrize(("at", "act", "state", "phase"), ONE_MESSAGE.values(), ids=ONE_MESSAGE)
def test_one_message_fails_and_the_others_arrive(
    at: str, act: Act, state: State, phase: Phase, extensions: Sequence[str]
) -> None:
    manners = Manners(faults=[Fault(at, act, first=2)], extensions=extensions)
    with SmtpServer(manners) as server:
        run = deliver(server, mails(4), limits=brief(command=0.4, dot=0.4))
    result = run.results["reader2"]
    assert (result.state, result.phase) == (state, phase)
    others = [run.results[f"reader{number}"].state for number in (1, 3, 4)]
    assert others == [State.ACCEPTED] * 3
    assert run.account.fault is None


def test_the_servers_words_come_with_a_refusal() -> None:
    refusal = Say("550-5.1.1 no such user:\r\n550 5.1.1 \x1b[31mada\u202e \r\n")
    with SmtpServer(Manners(faults=[Fault("rcpt", refusal)])) as server:
        run = deliver(server, [mail()])
    result = run.results["ada"]
    assert str(result) == "550 5.1.1 no such user: [31mada"
    assert result.concerns_recipient


@both
def test_a_drop_in_the_middle_of_a_body_is_safe(extensions: Sequence[str]) -> None:
    large = mail("ben", body="The harbour is closed until spring.\r\n" * 200_000)
    manners = Manners(faults=[Fault("body", Drop(), first=2)], extensions=extensions)
    with SmtpServer(manners) as server:
        run = deliver(server, [mail(), large, mail("cy")])
    assert set(run.states) == {A}
    assert run.log.count("intend ben") == 2


@both
@pytest.mark.parametrize("hang", [True, False], ids=["hang", "drop"])
def test_a_body_that_is_never_taken_is_put_off(extensions: Sequence[str], *, hang: bool) -> None:
    large = mail(body="The harbour is closed until spring.\r\n" * 300_000)
    manners = Manners(faults=[always("body", Hang() if hang else Drop())], extensions=extensions)
    manners.most_messages = 1
    with SmtpServer(manners) as server:
        run = deliver(server, [large], limits=brief(block=0.2))
    assert (run.results["ada"].state, run.results["ada"].phase) == (D, Phase.BODY)
    assert run.log.count("intend ada") == 3


def test_an_early_refusal_of_a_body_is_believed() -> None:
    large = mail(body="The harbour is closed until spring.\r\n" * 300_000)
    refusal = Fault("body", Say("552 5.3.4 too big\r\n"))
    with SmtpServer(Manners(faults=[refusal])) as server:
        run = deliver(server, [large, mail("ben")])
    assert (run.results["ada"].state, run.results["ada"].code) == (R, 552)
    assert run.results["ben"].state is A


def test_a_message_that_always_loses_its_connection_is_put_off() -> None:
    with SmtpServer(Manners(faults=[Fault("rcpt", Drop(), first=2, times=3)])) as server:
        run = deliver(server, mails(4))
    assert [*run.results.values()][1].state is D
    assert run.results["reader2"].words == "the server closed the connection"
    assert run.account.accepted == 3


@pytest.mark.parametrize("data", [Say("354 go on\r\n"), None], ids=["354", "503"])
@pytest.mark.parametrize("code", ["450 4.2.0", "550 5.1.1"])
def test_a_refused_recipient_and_what_data_makes_of_it(code: str, data: Say | None) -> None:
    """A server that wants a message nevertheless gets an empty one, which nobody receives."""
    faults = [Fault("rcpt", Say(f"{code} no\r\n"), first=2, times=2)]
    manners = Manners(faults=faults, data_without_recipient=data is not None)
    with SmtpServer(manners) as server:
        run = deliver(server, mails(5))
    assert run.account.accepted == 3
    assert server.connections == 1
    assert ("RSET" in server.commands) == (data is None)
    assert all(message.data for message in server.accepted)


def test_a_server_that_goes_away_while_we_are_idle() -> None:
    async def two() -> AsyncIterator[Mail]:
        yield mail("ada")
        await asyncio.sleep(0.2)
        yield mail("ben")

    with SmtpServer(Manners(faults=[Fault("accepted", Drop())])) as server:
        run = deliver(server, two())
    assert set(run.states) == {A}
    assert run.waits == []


def test_a_limit_of_messages_is_learned() -> None:
    with SmtpServer(Manners(most_messages=5)) as server:
        run = deliver(server, mails(32))
        assert set(run.states) == {A}
        assert run.account.per_session == 5
        # Twice it had to be told; from then on we said QUIT first.
        assert sum("421" in line for line in run.trace) == 2
        assert server.connections == 7


def test_a_limit_of_connections_is_lived_with() -> None:
    with SmtpServer(Manners(most_connections=2, delay=0.005)) as server:
        run = deliver(server, mails(60), connections=6)
    assert set(run.states) == {A}
    assert run.account.fault is None


def test_a_restart_in_the_middle_loses_nothing() -> None:
    manners = Manners(faults=[Fault("rcpt", Restart(0.15), first=10)], delay=0.002)
    with SmtpServer(manners) as server:
        run = deliver(server, mails(40), connections=3)
    assert run.account.accepted + run.account.uncertain == 40
    assert run.account.uncertain <= 3
    assert run.account.fault is None


@pytest.mark.parametrize(
    "act",
    [
        Say("421 4.3.2 not now\r\n", drop=True),
        Say("421 4.3.2 not now\r\n"),
        Drop(),
        Hang(),
        Say("hello\r\n"),
    ],
    ids=["421", "421 open", "drop", "silent", "not a reply"],
)
def test_a_bad_greeting_touches_nobody(act: Act) -> None:
    limits = brief(greeting=0.1)
    with SmtpServer(Manners(faults=[always("connect", act)])) as server:
        run = deliver(server, mails(3), connections=3, limits=limits)
        assert server.connections == 4
    assert run.log == []
    assert run.waits == [1, 2, 4]
    assert isinstance(run.account.fault, BusyError)


@pytest.mark.parametrize("act", [Say("421 4.3.2 busy\r\n", drop=True), Hang()], ids=["421", "hang"])
def test_a_bad_greeting_that_passes_loses_nobody(act: Act) -> None:
    with SmtpServer(Manners(faults=[Fault("connect", act, times=2)])) as server:
        run = deliver(server, mails(3), limits=brief(greeting=0.1))
    assert set(run.states) == {A}
    assert run.waits == [1, 2]


def test_a_closed_port_is_a_clear_message() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        run = deliver(account_on(port), mails(2))
    assert run.log == []
    assert run.fault == (
        f"127.0.0.1:{port}: no connection: Connection refused. Check host and port."
    )


def test_an_unknown_host_is_a_clear_message() -> None:
    run = deliver(account_on(25, host="mail.nowhere.invalid"), mails(2))
    assert run.log == []
    assert "mail.nowhere.invalid:25: no such host" in run.fault


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data"])
def test_a_server_that_drops_everything_ends_the_run(phase: str) -> None:
    with SmtpServer(Manners(faults=[always(phase, Drop())])) as server:
        run = deliver(server, mails(100))
    assert isinstance(run.account.fault, BusyError)
    assert run.waits == [1, 2, 4, 8, 15, 30, 60, 60, 60, 60]
    assert set(run.states) == {D}
    assert len(run.states) < 5


def test_doubt_does_not_spread() -> None:
    """A server that never answers the dot leaves few in doubt, not the whole list."""
    with SmtpServer(Manners(faults=[always("dot", Drop(keep=True))])) as server:
        run = deliver(server, mails(100))
    assert set(run.states) == {U}
    assert len(run.states) == 11
    assert "closed the connection" in run.fault


TOO_MANY = {
    "spam": ("dot", "554 5.7.1 spam", ServerError, R),
    "sender": ("mail", "553 5.7.1 not your address", ServerError, R),
    "relaying": ("rcpt", "554 5.7.1 relay access denied", ServerError, R),
    "no room": ("dot", "452 4.3.1 no room", BusyError, D),
}


@both
@pytest.mark.parametrize(("at", "words", "error", "state"), TOO_MANY.values(), ids=TOO_MANY)
def test_twenty_refusals_in_a_row_stop_the_run(
    at: str, words: str, error: type[ServerError], state: State, extensions: Sequence[str]
) -> None:
    manners = Manners(faults=[always(at, Say(f"{words}\r\n"))], extensions=extensions)
    with SmtpServer(manners) as server:
        run = deliver(server, mails(100))
    assert set(run.states) == {state}
    assert 20 <= len(run.states) <= 21
    assert type(run.account.fault) is error
    assert words in run.fault


def test_a_twentieth_of_a_run_refused_stops_it() -> None:
    faults = [Fault("dot", Say("554 5.7.1 spam\r\n"), first=1 + 10 * n) for n in range(100)]
    with SmtpServer(Manners(faults=faults)) as server:
        run = deliver(server, mails(500))
    assert run.account.refused == 20
    assert len(run.states) in (191, 192)
    assert "20 of 191 messages" in run.fault


def test_recipients_that_do_not_exist_stop_nothing() -> None:
    with SmtpServer(Manners(faults=[always("rcpt", Say("550 5.1.1 unknown\r\n"))])) as server:
        run = deliver(server, mails(60))
    assert run.account.refused == 60
    assert run.account.fault is None


def test_an_edition_that_is_too_large_is_not_begun() -> None:
    with SmtpServer(Manners(extensions=["PIPELINING", "SIZE 1000"])) as server:
        run = deliver(server, mails(5, body="x" * 70 + "\r\n" * 500), connections=3)
        assert not any(command.startswith("MAIL") for command in server.commands)
    assert run.log == []
    assert "takes at most 1,000 octets" in run.fault


@pytest.mark.parametrize("size", ["SIZE", "SIZE 0", "SIZE many", "SIZE 9" * 9])
def test_a_size_that_says_nothing_limits_nothing(size: str) -> None:
    with SmtpServer(Manners(extensions=["PIPELINING", size])) as server:
        run = deliver(server, mails(2))
    assert run.account.accepted == 2


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("paper", None),
        ("zoë@courier.example", "SMTPUTF8"),
        ("a@b.example>\r\nDATA", "sender"),
        ("", "sender"),
    ],
    ids=["local", "utf8", "injection", "empty"],
)
def test_a_sender_that_cannot_be_named_stops_the_run(sender: str, words: str | None) -> None:
    with SmtpServer(Manners(extensions=["PIPELINING"])) as server:
        run = deliver(server, mails(3, sender=sender))
    assert len(server.accepted) == (0 if words else 3)
    assert (words or "") in run.fault


def test_the_whole_transaction_has_a_limit() -> None:
    """Each answer comes in time, and yet it would take for ever."""
    faults = [always(phase, Drip(0.006)) for phase in ("mail", "rcpt", "data")]
    with SmtpServer(Manners(faults=faults, extensions=PLAIN)) as server:
        run = deliver(server, mails(1), limits=brief(transaction=0.2))
    assert run.results["reader1"].state is D
    assert "reader1" not in "".join(server.recipients)


def test_a_server_that_is_slow_and_not_too_slow_gets_its_mail() -> None:
    faults = [Fault(phase, Drip(0.002), times=20) for phase in ("connect", "ehlo", "mail", "rcpt")]
    with SmtpServer(Manners(faults=faults)) as server:
        run = deliver(server, mails(2))
    assert set(run.states) == {A}


@pytest.mark.parametrize(
    "act",
    [Hang(), Drop(), Say("500 what\r\n"), Say("221 bye\r\n221 bye\r\nnonsense\r\n")],
    ids=["hang", "drop", "500", "more than asked"],
)
def test_whatever_comes_after_quit(act: Act) -> None:
    with SmtpServer(Manners(faults=[Fault("quit", act)])) as server:
        run = deliver(server, mails(2), limits=brief(quit=0.1))
    assert set(run.states) == {A}


def test_greylisted_now_and_accepted_later() -> None:
    greylist = Fault("rcpt", Say("450 4.7.1 come back\r\n"), times=3)
    with SmtpServer(Manners(faults=[greylist])) as server:
        first = deliver(server, mails(3))
        assert set(first.states) == {D}
        second = deliver(server, mails(3))
        assert set(second.states) == {A}


def test_a_stop_after_a_lost_body_leaves_nothing_open() -> None:
    """Intended, lost half-way, and no time to try again: it is put off, not forgotten."""
    large = mail(body="The harbour is closed until spring.\r\n" * 300_000)
    with SmtpServer(Manners(faults=[always("body", Drop())])) as server:
        run = deliver(server, [large], stop_when=lambda log: log == ["intend ada"])
    assert run.states == [D]
    assert run.log == ["intend ada", "settle ada"]
