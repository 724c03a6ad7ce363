"""All checks of a message, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from digest.check.clients import check_clients
from digest.check.finding import Finding, by_weight, of_editions
from digest.check.headers import check_headers, check_unsubscribing
from digest.check.images import check_images
from digest.check.links import check_links
from digest.check.mailbox import check_mailbox, preheader
from digest.check.outlook import check_outlook
from digest.check.parity import check_parity
from digest.check.proof import Proof, open_proof
from digest.check.size import Gauge, check_size, gauge
from digest.check.structure import check_structure
from digest.check.texts import check_texts

#: In the order in which their findings are told.
CHECKS = (
    check_headers,
    check_unsubscribing,
    check_mailbox,
    check_parity,
    check_size,
    check_links,
    check_images,
    check_structure,
    check_texts,
    check_outlook,
    check_clients,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in a message."""

    subject: str
    preheader: str
    gauge: Gauge
    #: The worst first.
    findings: tuple[Finding, ...]


def inspect(message: bytes) -> Inspection:
    """Check a message of RFC 5322 as it would go out; never raises for what is wrong with it."""
    return inspect_proof(open_proof(message))


def inspect_proof(proof: Proof) -> Inspection:
    """`inspect`, where the message is open already."""
    return Inspection(
        subject=proof.header("Subject"),
        preheader=preheader(proof),
        gauge=gauge(proof),
        findings=by_weight(chain.from_iterable(check(proof) for check in CHECKS)),
    )


def findings_of(messages: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What is found in the messages of an issue, by the names of its editions."""
    return of_editions({name: inspect(message).findings for name, message in messages.items()})
