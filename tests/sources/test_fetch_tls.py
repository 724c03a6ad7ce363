"""Certificates are checked, and HTTP/2 is spoken to servers that offer it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from digest.sources.http import Fault, Fetcher, FetchError
from tests.sources.fetching import AGENT, QUICK, Names, Net, failure, fetch, quick
from tests.webserver import WebServer, redirect

NAMES = Names(elsby=[["93.184.215.14"]], other=[["93.184.215.14"]])


def certificate(folder: Path, *, days: int = 30) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For elsby.example and 127.0.0.1: contexts of the server, and of a client that knows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsby.example")])
    end = datetime.now(UTC) + timedelta(days=days)
    names = [x509.DNSName("elsby.example"), x509.IPAddress(ip_address("127.0.0.1"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = signed.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "certificate.pem"
    file.write_bytes(private + public)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=public.decode())


def test_a_known_certificate_is_trusted(tmp_path: Path) -> None:
    server, client = certificate(tmp_path)
    with WebServer(tls=server) as web:
        web["/feed"] = b"<rss/>"
        web["/old"] = redirect("https://elsby.example/feed", 301)
        response = fetch(
            "https://elsby.example/old", tls=client, network=Net(web.port), resolve=NAMES
        )
        assert (response.data, response.moved) == (b"<rss/>", "https://elsby.example/feed")


@pytest.mark.parametrize(
    ("host", "days", "known", "why"),
    [
        ("elsby.example", 30, False, "certificate that is not valid: self-signed certificate"),
        ("elsby.example", -1, True, "certificate that is not valid: certificate has expired"),
        ("other.example", 30, True, "certificate that is not valid: Hostname mismatch"),
    ],
    ids=["unknown", "expired", "another name"],
)
def test_a_bad_certificate_is_refused(
    host: str,
    days: int,
    known: bool,  # noqa: FBT001 - a column of the table
    why: str,
    tmp_path: Path,
) -> None:
    server, client = certificate(tmp_path, days=days)
    with WebServer(tls=server) as web:
        error = failure(
            f"https://{host}/", tls=client if known else None, network=Net(web.port), resolve=NAMES
        )
        assert error.kind is Fault.TLS
        assert why in error.why
        assert web.log == []


def test_a_server_without_tls_is_no_safe_one() -> None:
    with WebServer() as web:
        web["/"] = b"<rss/>"
        error = failure(web.url().replace("http:", "https:"), limits=quick(connect=0.3))
        assert error.kind is Fault.TIMEOUT
        assert web.log == []


class SecondVersion:
    """A server of HTTP/2 that answers each request with its path, and counts connections."""

    def __init__(self) -> None:
        self.connections = 0
        self.asked: list[dict[bytes, bytes]] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        writer.write(talk.data_to_send())
        while data := await reader.read(65_536):
            self._answer(talk, talk.receive_data(data))
            writer.write(talk.data_to_send())
            await writer.drain()
        writer.close()

    def _answer(self, talk: h2.connection.H2Connection, events: Sequence[h2.events.Event]) -> None:
        for event in events:
            if isinstance(event, h2.events.RequestReceived):
                fields = {bytes(name): bytes(value) for name, value in event.headers}
                self.asked.append(fields)
                assert event.stream_id is not None
                talk.send_headers(event.stream_id, [(":status", "200"), ("etag", '"2"')])
                talk.send_data(event.stream_id, fields[b":path"], end_stream=True)


def test_http2_is_spoken_where_it_is_offered(tmp_path: Path) -> None:
    server_tls, client_tls = certificate(tmp_path)
    server_tls.set_alpn_protocols(["h2"])
    site = SecondVersion()

    async def run() -> list[bytes]:
        server = await asyncio.start_server(site, "127.0.0.1", 0, ssl=server_tls)
        port = server.sockets[0].getsockname()[1]
        async with server, Fetcher(AGENT, limits=QUICK, proxies={}, tls=client_tls) as fetcher:
            asked = [
                fetcher.fetch(f"https://127.0.0.1:{port}/{n}", accept="*/*", private=True)
                for n in range(4)
            ]
            return [response.data for response in await asyncio.gather(*asked)]

    assert asyncio.run(run()) == [b"/0", b"/1", b"/2", b"/3"]
    assert site.connections <= QUICK.per_host
    assert {fields[b"user-agent"] for fields in site.asked} == {AGENT.encode()}
    assert {fields[b":authority"].partition(b":")[0] for fields in site.asked} == {b"127.0.0.1"}


class Tunnel:
    """A proxy that joins whoever asks for a host with one port of this machine."""

    def __init__(self, port: int) -> None:
        self.asked: list[bytes] = []
        self.talks: list[asyncio.Task[None] | None] = []
        self._port = port

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.append(asyncio.current_task())
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.partition(b"\r\n")[0])
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"HTTP/1.1 200 Joined\r\n\r\n")
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def test_a_certificate_is_checked_through_a_proxy(tmp_path: Path) -> None:
    server_tls, client_tls = certificate(tmp_path)

    async def run(port: int) -> list[bytes]:
        tunnel = Tunnel(port)
        proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
        way = {"https": f"127.0.0.1:{proxy.sockets[0].getsockname()[1]}"}
        fetcher = Fetcher(AGENT, limits=QUICK, proxies=way, tls=client_tls, resolve=NAMES)
        async with proxy, fetcher:
            response = await fetcher.fetch("https://elsby.example/feed", accept="*/*")
            assert response.data == b"<rss/>"
            with pytest.raises(FetchError, match="Hostname mismatch"):
                await fetcher.fetch("https://other.example/feed", accept="*/*")
            await asyncio.gather(*filter(None, tunnel.talks))
        return tunnel.asked

    with WebServer(tls=server_tls) as web:
        web["/feed"] = b"<rss/>"
        assert asyncio.run(run(web.port)) == [
            b"CONNECT elsby.example:443 HTTP/1.1",
            b"CONNECT other.example:443 HTTP/1.1",
        ]
