"""Messages: personalising and signing one of 63 KB, beside dkimpy and the standard library.

    python -m tests.bench.bench_mail

Prints medians in milliseconds of CPU, and their ratio, which is the figure to compare between
machines.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from itertools import chain, count
from statistics import median

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.mail import FormLetter, Signer, form_letter, load_signer, read_recipients
from digest.model import Edition, Newsletter, Recipient
from digest.tokens import UNSUBSCRIBE, VIEW, field
from tests.builders import issue
from tests.mail import dkimpy

DOMAIN, SELECTOR = "courier.example", "news"
SIZE, ROWS = 63_000, 50_000

NEWSLETTER = Newsletter(
    title="The Courier",
    sender="The Courier <news@courier.example>",
    unsubscribe="https://courier.example/leave?reader={token}",
    view="https://courier.example/issue",
)
LINE = "<p>The council voted eleven to four on Thursday to pay for the <b>night ferry</b>.</p>\n"


def edition() -> Edition:
    """Seven places that differ from reader to reader, five of them in the HTML."""
    greeting, links = f"Dear {field('name')}, {field('town', 'Elsby')}\n", f"{VIEW} {UNSUBSCRIBE}\n"
    html = greeting + LINE * ((SIZE * 7 // 8) // len(LINE)) + links + UNSUBSCRIBE + field("name")
    text = greeting.replace(field("town", "Elsby"), "") + LINE * (SIZE // 8 // len(LINE)) + links
    return Edition(issue="digest/1", subject="Ferry 🛳️ saved", preheader="", html=html, text=text)


def letter(*signers: Signer) -> FormLetter:
    mailto = "mailto:leave@courier.example?subject={token}"
    newsletter = issue(newsletter=NEWSLETTER)
    return form_letter(edition(), newsletter, key=b"k" * 32, mailto=mailto, signers=signers)


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """Median CPU time of ``work`` once it is warm."""
    spent = []
    for _ in range(times):
        begin = time.process_time_ns()
        work()
        spent.append((time.process_time_ns() - begin) / 1e6)
    return median(spent[times // 4 :])


def standard(raw: bytes) -> bytes:
    """The common way: a message built anew for each reader."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = NEWSLETTER.sender, "Nora Quill <nora@post.example>"
    message["Subject"] = "Ferry 🛳️ saved"
    message.set_content(raw[: SIZE // 8].decode(), cte="quoted-printable")
    message.add_alternative(raw[SIZE // 8 :].decode(), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def rows_per_second() -> float:
    row = 'reader{0}@post.example,"Quill, Nora",Elsby,World;Science\n'
    lines = chain(("email,name,town,topics\n",), map(row.format, range(ROWS)))
    begin = time.process_time()
    kept = sum(isinstance(item, Recipient) for item in read_recipients(lines, where="list.csv"))
    assert kept == ROWS
    return ROWS / (time.process_time() - begin)


def main() -> None:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    rsa = load_signer(pem, domain=DOMAIN, selector=SELECTOR, where="key")
    ed25519 = load_signer(bytes(range(32)), domain=DOMAIN, selector=SELECTOR, where="key")
    readers = (Recipient(address=f"nora{n}@post.example", name="Nora") for n in count())
    plain, signed, fast = letter(), letter(rsa), letter(ed25519)
    raw = plain.fill(next(readers))
    assert dkimpy.is_signed_by(rsa, signed.fill(next(readers)))

    filled = milliseconds(lambda: plain.fill(next(readers)), times=4_000)
    ours = milliseconds(lambda: signed.fill(next(readers)), times=400)
    quick = milliseconds(lambda: fast.fill(next(readers)), times=400)
    theirs = milliseconds(
        lambda: dkimpy.sign(plain.fill(next(readers)), pem, domain=DOMAIN, selector=SELECTOR),
        times=40,
    )
    bare = milliseconds(lambda: key.sign(b"x", PKCS1v15(), SHA256()), times=400)
    common = milliseconds(lambda: standard(raw), times=20)
    print(
        f"a message of {len(raw):,} bytes, personalised: {filled:.3f} ms ({1e3 / filled:,.0f}/s),"
    )
    print(f"  the standard library's, built anew: {common:.2f} ms, {common / filled:.0f} x")
    print(f"and signed by RSA of 2,048 bits: {ours:.2f} ms ({1e3 / ours:,.0f}/s),")
    print(f"  the bare signature: {bare:.2f} ms, ours is {ours / bare:.2f} x")
    print(f"  signed by dkimpy: {theirs:.2f} ms, {theirs / ours:.1f} x")
    print(f"and signed by Ed25519: {quick:.3f} ms ({1e3 / quick:,.0f}/s)")
    print(f"recipients read: {rows_per_second():,.0f} rows/s")


if __name__ == "__main__":
    main()
