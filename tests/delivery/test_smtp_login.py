"""Before the first message: encryption, login, and what a probe sees."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.delivery.smtp import BusyError, Mechanism, Probe, Server, ServerError, probe
from digest.errors import ConfigError
from digest.model import State
from tests.authority import Authority, Certificate
from tests.delivery.sending import account_on, always, brief, deliver, mails
from tests.smtpserver import EXTENSIONS, Act, Drop, Fault, Hang, Manners, Say, SmtpServer

USER, SECRET = "press@courier.example", "kelp&\u00fcber tide 42"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Certificate:
    return authority.certify("localhost", "127.0.0.1", name="mx.courier.example")


def secured(port: int, authority: Authority, **settings: Any) -> Server:
    given: dict[str, Any] = {
        "security": "starttls",
        "ca": authority.file,
        "username": USER,
        "secret": lambda: SECRET,
    }
    return account_on(port, **(given | settings))


def look(server: Server) -> Probe:
    return asyncio.run(probe(server))


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "XOAUTH2"])
@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
def test_mail_goes_encrypted_and_logged_in(
    mechanism: Mechanism, authority: Authority, certificate: Certificate, *, implicit: bool
) -> None:
    manners = Manners(
        certificate=certificate,
        implicit_tls=implicit,
        users={USER: SECRET},
        mechanisms=["CRAM-MD5", mechanism],
    )
    with SmtpServer(manners) as server:
        security = "tls" if implicit else "starttls"
        run = deliver(secured(server.port, authority, security=security), mails(20))
        assert server.logins == [f"{mechanism} {USER}"]
        assert len(server.accepted) == 20
        assert server.breaches == []
    assert set(run.states) == {State.ACCEPTED}
    assert SECRET not in "".join(run.trace)
    assert any(line == f"> AUTH {mechanism} ***" for line in run.trace)


def test_a_large_message_goes_encrypted(authority: Authority, certificate: Certificate) -> None:
    with SmtpServer(Manners(certificate=certificate)) as server:
        target = secured(server.port, authority, username=None)
        large = mails(3, body="The harbour is closed.\r\n" * 100_000)
        run = deliver(target, large)
        assert [message.data for message in server.accepted] == [mail.data for mail in large]
    assert run.account.accepted == 3


def test_what_was_offered_in_clear_counts_for_nothing(
    authority: Authority, certificate: Certificate
) -> None:
    in_clear = Fault("ehlo", Say("250-mx.test\r\n250-STARTTLS\r\n250-AUTH GUESS\r\n250 SIZE 1\r\n"))
    manners = Manners(certificate=certificate, users={USER: SECRET}, faults=[in_clear])
    with SmtpServer(manners) as server:
        run = deliver(secured(server.port, authority), mails(1))
    assert run.account.accepted == 1


def test_a_server_without_ehlo_is_greeted_the_old_way() -> None:
    old = always("ehlo", Say("502 5.5.1 command not known\r\n"))
    with SmtpServer(Manners(faults=[old], extensions=[])) as server:
        run = deliver(server, mails(2))
        assert "HELO localhost" in server.commands
    assert run.account.accepted == 2


Settings = dict[str, Any]
#: Faults of the server, settings of ours, words of the message; none of these may be tried twice.
FOR_GOOD: dict[str, tuple[dict[str, Any], Settings, str]] = {
    "wrong password": ({}, {"secret": lambda: "wrong"}, "535 5.7.8 authentication failed"),
    "no password": ({}, {"secret": None}, "535 5.7.8"),
    "wrong token": (
        {},
        {"secret": lambda: "wrong", "mechanism": "XOAUTH2"},
        "535 5.7.8 authentication failed",
    ),
    "no login offered": ({"users": {}}, {}, "offers no login"),
    "other mechanisms": ({"mechanisms": ["NTLM"]}, {}, "offers a login by NTLM only"),
    "not this mechanism": ({"mechanisms": ["PLAIN"]}, {"mechanism": "LOGIN"}, "by PLAIN only"),
    "no STARTTLS": ({"certificate": None}, {}, "offers no STARTTLS"),
    "no EHLO": (
        {"faults": [always("ehlo", Say("500 what\r\n"))]},
        {},
        "offers no STARTTLS",
    ),
    "unknown authority": ({}, {"ca": None}, "certificate cannot be trusted"),
    "no file of authorities": ({}, {"ca": Path("missing.pem")}, "missing.pem: cannot be read"),
    "not a file of authorities": ({}, {"ca": Path(__file__)}, "cannot be read as certificates"),
    "TLS where STARTTLS is spoken": ({}, {"security": "tls"}, 'want security = "starttls"'),
    "STARTTLS refused": (
        {"faults": [always("starttls", Say("502 5.5.1 no\r\n"))]},
        {},
        "did not begin TLS: 502",
    ),
    "words smuggled in before TLS": (
        {"faults": [always("starttls", Say("220 go\r\n250 2.1.0 ok\r\n"))]},
        {},
        "went on in clear",
    ),
    "half a reply before TLS": (
        {"faults": [always("starttls", Say("220 go\r\n250-x"))]},
        {},
        "went on in clear",
    ),
    "554 as a greeting": (
        {"faults": [always("connect", Say("554 5.7.1 go away\r\n"))]},
        {},
        "does not serve us: 554",
    ),
    "our name refused": (
        {"faults": [always(at, Say("550 5.7.1 bad name\r\n")) for at in ("ehlo", "helo")]},
        {},
        "our greeting as localhost was refused: 550",
    ),
}


@pytest.mark.parametrize(("manners", "settings", "words"), FOR_GOOD.values(), ids=FOR_GOOD)
def test_what_will_not_get_better_is_tried_once(
    manners: dict[str, Any],
    settings: Settings,
    words: str,
    authority: Authority,
    certificate: Certificate,
) -> None:
    given: dict[str, Any] = {"certificate": certificate, "users": {USER: SECRET}} | manners
    with SmtpServer(Manners(**given)) as server:
        server_ = secured(server.port, authority, connections=5, **settings)
        run = deliver(server_, mails(10))
        assert server.connections <= 1
        assert not any(command.startswith("MAIL") for command in server.commands)
    assert (run.log, run.waits) == ([], [])
    assert type(run.account.fault) is ServerError
    assert words in run.fault
    assert SECRET not in run.fault


#: Faults of the server and words of the message, after three more tries.
FOR_NOW: dict[str, tuple[str, Act, str]] = {
    "454 to the login": ("auth", Say("454 4.7.0 try later\r\n"), "failed: 454 4.7.0 try later"),
    "454 to STARTTLS": ("starttls", Say("454 4.7.0 no TLS now\r\n"), "did not begin TLS: 454"),
    "421 to EHLO": ("ehlo", Say("421 4.3.2 bye\r\n", drop=True), "refused: 421"),
    "drop at EHLO": ("ehlo", Drop(), "closed the connection before a message"),
    "drop at STARTTLS": ("starttls", Drop(), "closed the connection before a message"),
    "drop after STARTTLS": ("starttls", Say("220 go\r\n", drop=True), "encryption"),
    "drop at the login": ("auth", Drop(), "closed the connection"),
    "hang at EHLO": ("ehlo", Hang(), "did not answer within 0.1 s"),
    "hang at the login": ("auth", Hang(), "did not answer within 0.1 s"),
    "not a reply to EHLO": ("ehlo", Say("\xff\x00\r\n"), "sent what is no SMTP reply"),
    "not a reply to the login": ("auth", Say("abc\r\n"), "sent what is no SMTP reply"),
}


@pytest.mark.parametrize(("at", "act", "words"), FOR_NOW.values(), ids=FOR_NOW)
def test_what_may_get_better_is_tried_again(
    at: str, act: Act, words: str, authority: Authority, certificate: Certificate
) -> None:
    manners = Manners(certificate=certificate, users={USER: SECRET}, faults=[always(at, act)])
    with SmtpServer(manners) as server:
        limits = brief(command=0.1, login=0.1)
        run = deliver(secured(server.port, authority, limits=limits, connections=3), mails(10))
        assert server.connections == 4
    assert run.log == []
    assert run.waits == [1, 2, 4]
    assert isinstance(run.account.fault, BusyError)
    assert words in run.fault


def test_a_passing_454_loses_nobody(authority: Authority, certificate: Certificate) -> None:
    busy = Fault("auth", Say("454 4.7.0 try later\r\n"), times=2)
    manners = Manners(certificate=certificate, users={USER: SECRET}, faults=[busy])
    with SmtpServer(manners) as server:
        run = deliver(secured(server.port, authority), mails(3))
    assert run.account.accepted == 3


def test_a_handshake_that_never_ends_is_given_up(
    authority: Authority, certificate: Certificate
) -> None:
    with SmtpServer(
        Manners(certificate=certificate, faults=[always("handshake", Hang())])
    ) as server:
        target = secured(server.port, authority, limits=brief(login=0.1), username=None)
        run = deliver(target, mails(1))
    assert "encryption did not come about" in run.fault


def test_an_expired_certificate_is_not_trusted(authority: Authority) -> None:
    yesterday = datetime.now(UTC) - timedelta(hours=1)
    old = authority.certify("localhost", "127.0.0.1", expires=yesterday)
    with SmtpServer(Manners(certificate=old)) as server:
        run = deliver(secured(server.port, authority, username=None), mails(1))
    assert "certificate has expired" in run.fault


def test_the_certificate_of_another_host_is_not_trusted(authority: Authority) -> None:
    other = authority.certify("mx.other.example")
    with SmtpServer(Manners(certificate=other)) as server:
        run = deliver(secured(server.port, authority, username=None), mails(1))
    assert "IP address mismatch" in run.fault


def test_a_password_is_not_sent_in_clear() -> None:
    server = account_on(25, host="mail.nowhere.invalid", username=USER, secret=lambda: SECRET)
    assert "never sent in clear" in deliver(server, mails(1)).fault


def test_a_password_may_go_in_clear_to_this_machine() -> None:
    with SmtpServer(Manners(users={USER: SECRET})) as server:
        run = deliver(server, mails(1), username=USER, secret=lambda: SECRET)
    assert run.account.accepted == 1


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_known(host: str) -> None:
    assert Server(host=host).is_loopback


@pytest.mark.parametrize("host", ["localhost.example", "10.0.0.1", "mail.test", ""])
def test_another_machine_is_known(host: str) -> None:
    assert not Server(host=host).is_loopback


def test_a_password_that_cannot_be_had_ends_the_run() -> None:
    def missing() -> str:
        raise ConfigError("smtp.password_env", "SMTP_PASSWORD is not set")

    with SmtpServer(Manners(users={USER: SECRET})) as server:
        run = deliver(server, mails(2), username=USER, secret=missing, connections=3)
        assert server.connections == 1
    assert run.fault == "smtp.password_env: SMTP_PASSWORD is not set"


def test_a_server_that_repeats_our_password_is_not_repeated() -> None:
    encoded = b64encode(f"\0{USER}\0{SECRET}".encode()).decode()
    told = Say(f"535 5.7.8 not {SECRET}, not {encoded}\r\n")
    with SmtpServer(Manners(users={USER: SECRET}, faults=[always("auth", told)])) as server:
        run = deliver(server, mails(1), username=USER, secret=lambda: SECRET)
    assert "535 5.7.8 not ***, not ***" in run.fault
    assert SECRET not in "".join(run.trace)
    assert encoded not in "".join(run.trace)


def test_a_server_shows_no_secret() -> None:
    assert SECRET not in repr(account_on(25, username=USER, secret=lambda: SECRET))


def test_a_probe_sees_and_sends_nothing(authority: Authority, certificate: Certificate) -> None:
    with SmtpServer(Manners(certificate=certificate, users={USER: SECRET})) as server:
        seen = look(secured(server.port, authority))
        assert server.commands[-1] == "QUIT"
        assert not any(command.startswith("MAIL") for command in server.commands)
    assert seen.fault is None
    assert (seen.greeting, seen.tls, seen.login) == ("mx.test ESMTP", "TLSv1.3", "PLAIN")
    assert seen.certificate == "mx.courier.example"
    assert seen.expires is not None
    assert timedelta(hours=20) < seen.expires - datetime.now(UTC) < timedelta(hours=25)
    assert seen.extensions == (*EXTENSIONS, "AUTH PLAIN LOGIN XOAUTH2")
    assert seen.size == 20_480_000
    assert seen.mechanisms == ("PLAIN", "LOGIN", "XOAUTH2")


PROBED: dict[str, tuple[Settings, Callable[[Probe], bool]]] = {
    "wrong password": ({"secret": lambda: "wrong"}, lambda seen: seen.size == 20_480_000),
    "unknown authority": ({"ca": None}, lambda seen: "STARTTLS" in seen.extensions),
    "nobody there": ({"port": 1}, lambda seen: seen.greeting == ""),
}


@pytest.mark.parametrize(("settings", "has_seen"), PROBED.values(), ids=PROBED)
def test_a_probe_tells_what_it_saw_before_it_failed(
    settings: Settings,
    has_seen: Callable[[Probe], bool],
    authority: Authority,
    certificate: Certificate,
) -> None:
    with SmtpServer(Manners(certificate=certificate, users={USER: SECRET})) as server:
        given: dict[str, Any] = {"port": server.port, "authority": authority}
        seen = look(secured(**(given | settings)))
    assert isinstance(seen.fault, ServerError)
    assert seen.login is None
    assert has_seen(seen)
