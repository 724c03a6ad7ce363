"""Which network addresses may be reached: the judgement of the SSRF guard, without any network.

Sources: the special-purpose registries of IANA (RFC 6890), RFC 6052 (NAT64), and the addresses at
which cloud providers serve a machine's credentials.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# Allowed to a source that is marked as private.
_PRIVATE = tuple(
    (ip_network(network), words)
    for network, words in (
        ("127.0.0.0/8", "this machine itself"),
        ("::1/128", "this machine itself"),
        ("10.0.0.0/8", "a private network"),
        ("172.16.0.0/12", "a private network"),
        ("192.168.0.0/16", "a private network"),
        ("fc00::/7", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
    )
)
# Allowed to nobody: no site is there.
_NEVER = tuple(
    (ip_network(network), words)
    for network, words in (
        ("169.254.169.254/32", "a cloud machine's credentials"),
        ("169.254.170.2/32", "a cloud machine's credentials"),
        ("100.100.100.200/32", "a cloud machine's credentials"),
        ("168.63.129.16/32", "a cloud machine's credentials"),
        ("192.0.0.192/32", "a cloud machine's credentials"),
        ("fd00:ec2::254/128", "a cloud machine's credentials"),
        ("169.254.0.0/16", "a link-local network"),
        ("fe80::/10", "a link-local network"),
        ("224.0.0.0/4", "a multicast group"),
        ("ff00::/8", "a multicast group"),
        ("0.0.0.0/8", "no machine"),
        ("::/128", "no machine"),
        ("2001::/32", "a tunnel (Teredo)"),
        ("2002::/16", "a tunnel (6to4)"),
        ("192.88.99.0/24", "a tunnel (6to4)"),
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_DOCUMENTATION = IPv6Network("3fff::/20")


def objection(addresses: Iterable[str], *, private: bool) -> str | None:
    """What speaks against connecting to a host with these addresses; None if nothing does.

    One bad address among good ones is enough. A ``private`` source may reach this machine and
    private networks, but never link-local, multicast, unspecified or reserved addresses, nor
    those that hold a cloud machine's credentials.
    """
    for text in addresses:
        address = _inner(ip_address(text))
        if words := _kind(address, private=private):
            return f"is at {text}: {words}"
    return None


def _kind(address: IPv4Address | IPv6Address, *, private: bool) -> str | None:
    for network, words in _NEVER:
        if address in network:
            return words
    for network, words in _PRIVATE:
        if address in network:
            return None if private else words
    return None if _is_public(address) else "a reserved address"


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one by which it is reached, else the address itself."""
    if isinstance(address, IPv6Address) and (address in _MAPPED or address in _NAT64):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global
    return address in _GLOBAL_UNICAST and address.is_global and address not in _DOCUMENTATION
