"""Sending to a real Postfix: encrypted, logged in, and read back from the mailboxes."""

from __future__ import annotations

import asyncio
import email
import email.policy
from typing import Any

import pytest

from digest.delivery.smtp import Mail, Phase, Server, probe
from digest.model import State
from tests.delivery.sending import QUICK, Run, account_on, deliver, mail
from tests.postfix import SECRET, SIZE, USER, Postfix, postfix

__all__ = ["postfix"]


def account(postfix: Postfix, **settings: Any) -> Server:
    given: dict[str, Any] = {
        "security": "starttls",
        "ca": postfix.authority.file,
        "username": USER,
        "secret": lambda: SECRET,
        "limits": QUICK,
    }
    return account_on(postfix.port, **(given | settings))


def letters(first: int, count: int, **fields: Any) -> list[Mail]:
    return [mail(f"reader{number}", **fields) for number in range(first, first + count)]


def send(postfix: Postfix, mails: list[Mail], **settings: Any) -> Run:
    return deliver(account(postfix, **settings), mails)


def body_of(data: bytes) -> bytes:
    """What stands below the headers, with the line ends of the wire."""
    return data.replace(b"\r\n", b"\n").partition(b"\n\n")[2].replace(b"\n", b"\r\n")


@pytest.mark.parametrize(("first", "connections"), [(100, 1), (200, 4)])
def test_everybody_gets_one_message(postfix: Postfix, first: int, connections: int) -> None:
    body = "".join(f"{'.' * (n % 4)}The ferry at {n} o'clock.\r\n" for n in range(900)) + ".\r\n"
    sent = letters(first, 40, body=body)
    run = send(postfix, sent, connections=connections)
    assert set(run.states) == {State.ACCEPTED}
    assert run.account.sessions <= connections
    for each in sent:
        [got] = postfix.read(each.key)
        assert body_of(got) == body_of(each.data)
        assert email.message_from_bytes(got)["Delivered-To"] == each.recipient


def test_the_session_is_encrypted_and_logged_in_and_pipelined(postfix: Postfix) -> None:
    run = send(postfix, letters(300, 5))
    [got] = postfix.read("reader304")
    parsed = email.message_from_bytes(got, policy=email.policy.default)
    assert "with ESMTPSA" in parsed["Received"]  # RFC 3848: encrypted, and logged in
    assert f"sasl_username={USER}" in postfix.log
    assert "improper command pipelining" not in postfix.log
    assert run.results["reader304"].words.startswith("Ok: queued as")
    assert "> RSET" not in run.trace


def test_a_name_in_utf8_arrives(postfix: Postfix) -> None:
    run = send(postfix, [mail("zoë")])
    assert run.states == [State.ACCEPTED]
    assert len(postfix.read("zoë")) == 1


def test_a_greylisted_recipient_arrives_later_and_holds_up_nobody(postfix: Postfix) -> None:
    postfix.greylist = {"reader402", "reader405"}
    sent = letters(400, 8)
    first = send(postfix, sent)
    put_off = [m for m in sent if first.results[m.key].state is State.DEFERRED]
    assert [m.key for m in put_off] == ["reader402", "reader405"]
    assert first.results["reader402"].enhanced == "4.7.1"
    assert first.account.accepted == 6
    second = send(postfix, put_off)
    assert set(second.states) == {State.ACCEPTED}
    assert [len(postfix.read(m.key)) for m in sent] == [1] * 8


def test_an_unknown_recipient_is_refused_and_holds_up_nobody(postfix: Postfix) -> None:
    first, last = letters(500, 2)
    run = send(postfix, [first, mail("nobody.known"), last])
    result = run.results["nobody.known"]
    assert (result.state, result.phase, result.code) == (State.REFUSED, Phase.RCPT, 550)
    assert result.enhanced == "5.1.1"
    assert result.concerns_recipient
    assert run.account.accepted == 2


def test_a_message_over_the_limit_is_not_begun(postfix: Postfix) -> None:
    run = send(postfix, letters(600, 2, body="The ferry is late again.\r\n" * 20_000))
    assert run.log == []
    assert f"at most {SIZE:,} octets" in run.fault


def test_a_wrong_password_is_told(postfix: Postfix) -> None:
    run = send(postfix, letters(700, 2), secret=lambda: "wrong", connections=3)
    assert run.log == []
    assert "535 5.7.8" in run.fault
    assert sum("> AUTH" in line for line in run.trace) == 1


def test_without_a_login_the_run_stops_after_twenty(postfix: Postfix) -> None:
    run = send(postfix, letters(800, 40), username=None)
    assert len(run.states) in (20, 21)
    assert set(run.states) == {State.REFUSED}
    assert "554 5.7.1" in run.fault


def test_a_certificate_that_nobody_vouches_for_is_refused(postfix: Postfix) -> None:
    run = send(postfix, letters(900, 1), ca=None)
    assert "certificate cannot be trusted" in run.fault


def test_a_probe_sees_the_server(postfix: Postfix) -> None:
    seen = asyncio.run(probe(account(postfix)))
    assert seen.fault is None
    assert seen.greeting.startswith("mx.courier.example ESMTP")
    assert (seen.tls, seen.login, seen.size) == ("TLSv1.3", "PLAIN", SIZE)
    assert {"PIPELINING", "8BITMIME", "SMTPUTF8"} <= set(seen.extensions)
    assert seen.certificate == "localhost"
