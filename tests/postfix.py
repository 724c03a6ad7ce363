"""A real Postfix on loopback, with a configuration, a queue and mailboxes of its own.

It wants root, as Postfix does to start. Logins and greylisting are answered by this process, in
the protocols of Dovecot's auth server and of Postfix's policy delegation.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from base64 import b64decode
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from queue import Queue
from typing import NoReturn

import pytest

from tests.authority import Authority

DOMAIN = "reader.example"
SIZE = 300_000
USER, SECRET = "press@courier.example", "kelp and tide"
_SECONDS = 30
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_MAIN = """
compatibility_level = 3.6
myhostname = mx.courier.example
mydestination =
mynetworks_style = host
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
message_size_limit = {size}
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = regexp:{folder}/conf/mailboxes
virtual_mailbox_limit = 0
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtputf8_enable = yes
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_chain_files = {key} {chain}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unauth_destination,
    check_policy_service inet:127.0.0.1:{policy}
"""

_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
proxymap  unix  - - n - - proxymap
anvil     unix  - - n - 1 anvil
virtual   unix  - n n - - virtual
error     unix  - - n - - error
retry     unix  - - n - - error
postlog   unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A running server, which knows the readers ``reader0``, ``reader1`` ... and ``zoë``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = Authority(folder)
        self.port = _free_port()
        #: Local parts that are told to come back, the first time that they are tried.
        self.greylist: set[str] = set()
        self._mails: dict[str, bytes] = {}

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def read(self, name: str, *, count: int = 1) -> list[bytes]:
        """The messages that were delivered to a name, once so many are there."""
        mark = f"Delivered-To: {name}@{DOMAIN}\n".encode()
        until = time.monotonic() + _SECONDS
        while len(found := [mail for mail in self._delivered() if mark in mail]) < count:
            assert time.monotonic() < until, f"{name} has no mail:\n{self.log}"
            time.sleep(0.02)
        return found

    def _delivered(self) -> list[bytes]:
        for file in (self.folder / "mail" / "all" / "new").glob("*"):
            self._mails.setdefault(file.name, file.read_bytes())
        return list(self._mails.values())


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    """Without Postfix, or root, the test is skipped, but fails where CI is set."""
    if shutil.which("postfix") is None:
        _missing("no postfix on the PATH")
    if os.geteuid() != 0:
        _missing("postfix wants root to start")
    with running() as server:
        yield server


@contextmanager
def running() -> Iterator[Postfix]:
    """A Postfix of its own, and the two services that it asks."""
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    folder.chmod(0o755)  # the delivery agent is not root
    try:
        server = Postfix(folder)
        with _services(server) as (auth, policy):
            _configure(server, auth=auth, policy=policy)
            with _started(server):
                yield server
    finally:
        shutil.rmtree(folder)


def _configure(server: Postfix, *, auth: int, policy: int) -> None:
    folder, reader = server.folder, getpwnam("nobody")
    certificate = server.authority.certify("localhost", "127.0.0.1")
    for name in ("conf", "queue", "data", "mail"):
        (folder / name).mkdir()
    os.chown(folder / "data", getpwnam("postfix").pw_uid, -1)
    os.chown(folder / "mail", reader.pw_uid, reader.pw_gid)
    main = _MAIN.format(
        folder=folder,
        size=SIZE,
        domain=DOMAIN,
        uid=reader.pw_uid,
        gid=reader.pw_gid,
        key=certificate.key,
        chain=certificate.chain,
        auth=auth,
        policy=policy,
    )
    (folder / "conf" / "main.cf").write_text(main)
    (folder / "conf" / "master.cf").write_text(_MASTER.format(port=server.port))
    names = rf"/^(reader[0-9]+|zoë)@{DOMAIN.replace('.', '[.]')}$/ all/"
    (folder / "conf" / "mailboxes").write_text(f"{names}\n", encoding="utf-8")


@contextmanager
def _started(server: Postfix) -> Iterator[None]:
    command = ("postfix", "-c", str(server.folder / "conf"))
    with subprocess.Popen(
        [*command, "start-fg"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            _wait_for(server.port, process)
            yield
        finally:
            subprocess.run([*command, "stop"], capture_output=True, check=False)
            process.communicate(timeout=_SECONDS)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            ended = process.poll() is not None
            told = process.stderr.read().decode() if ended and process.stderr else ""
            assert not ended, f"postfix did not start: {told}"
            assert time.monotonic() < until, "postfix does not listen"
            time.sleep(0.05)


@contextmanager
def _services(server: Postfix) -> Iterator[tuple[int, int]]:
    """Ports of the login service and of the policy service, which run in a thread."""
    ports: Queue[int] = Queue()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def main() -> None:
        services = [
            await asyncio.start_server(talk, "127.0.0.1", 0)
            for talk in (_log_in, _policy_of(server))
        ]
        for service in services:
            ports.put(service.sockets[0].getsockname()[1])
        await stop.wait()
        for service in services:
            service.close()

    thread = threading.Thread(target=_run, args=(loop, main()), daemon=True)
    thread.start()
    try:
        yield ports.get(timeout=_SECONDS), ports.get(timeout=_SECONDS)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(_SECONDS)


def _run(loop: asyncio.AbstractEventLoop, main: Coroutine[None, None, None]) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main)


async def _log_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Dovecot's auth protocol 1.1, as far as Postfix speaks it."""
    writer.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nDONE\n")
    with _ending(writer):
        while line := (await reader.readline()).decode().rstrip("\n"):
            verb, *fields = line.split("\t")
            if verb == "AUTH":
                [response] = (f for f in fields if f.startswith("resp="))
                _, user, secret = b64decode(response.removeprefix("resp=")).decode().split("\0")
                good = (user, secret) == (USER, SECRET)
                writer.write(f"{'OK' if good else 'FAIL'}\t{fields[0]}\tuser={user}\n".encode())


def _policy_of(server: Postfix) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked: dict[str, str] = {}
        with _ending(writer):
            while line := await reader.readline():
                name, _, value = line.decode().rstrip("\n").partition("=")
                asked[name] = value
                if not name:
                    local = asked["recipient"].partition("@")[0]
                    grey = local in server.greylist
                    server.greylist.discard(local)
                    action = "DEFER 4.7.1 Greylisted, come back" if grey else "DUNNO"
                    writer.write(f"action={action}\n\n".encode())

    return talk


@contextmanager
def _ending(writer: asyncio.StreamWriter) -> Iterator[None]:
    try:
        yield
    except ConnectionError:
        pass  # Postfix ends its idle processes
    finally:
        writer.transport.abort()


def _free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
