"""Where a webhook may not lead: into networks that are not the agencies' to reach.

Whoever asks for a webhook names an address, and a name may be made to lead anywhere. So a name is
resolved once, every address it has must be allowed, and the connection goes to such an address.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LookUp = Callable[[str, int], list[Address]]

LOOKUPS_MAX = 32
UNICAST = ip_network("2000::/3")
TUNNELS_AND_EXAMPLES = tuple(
    ip_network(one) for one in ("192.88.99.0/24", "2002::/16", "2001::/32", "3fff::/20")
)
"""What Python calls global, and leads to private addresses, or nowhere."""

_lookups = ThreadPoolExecutor(LOOKUPS_MAX, "webhook lookup")


class Forbidden(Exception):
    """A name leads where webhooks may not."""


class Guard:
    """Says which addresses may be connected to. `listed` are networks of the deployment's choice:
    only they may be private, and only they may be spoken to without TLS.
    """

    def __init__(self, listed: Sequence[Network] = (), look_up: LookUp | None = None) -> None:
        self._listed = tuple(listed)
        self.look_up: LookUp = look_up or addresses_of

    def allows(self, address: Address, *, plain: bool) -> bool:
        """Whether a webhook may lead here; `plain`: without TLS."""
        address = _unwrapped(address)
        if any(address in network for network in self._listed):
            return True
        return not plain and _is_public(address)


class Names:
    """The name of one target. It is looked up by one thread at a time, however slow its servers."""

    def __init__(self, guard: Guard, *, plain: bool) -> None:
        self._guard = guard
        self._plain = plain
        self._lookup: asyncio.Future[list[Address]] | None = None

    async def addresses(self, host: str, port: int) -> list[Address]:
        """All addresses of the name. Raises Forbidden for any that is, OSError as DNS does."""
        if self._lookup is None or self._lookup.done():
            loop = asyncio.get_running_loop()
            self._lookup = loop.run_in_executor(_lookups, self._guard.look_up, host, port)
            self._lookup.add_done_callback(_seen)
        found = await asyncio.shield(self._lookup)
        if not all(self._guard.allows(one, plain=self._plain) for one in found):
            raise Forbidden(host)
        return found


def addresses_of(host: str, port: int) -> list[Address]:
    """What this machine makes of a name. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(where[0]).partition("%")[0]) for *_, where in found))


def _seen(lookup: "asyncio.Future[list[Address]]") -> None:
    """Nobody may be left to hear why it failed."""
    if not lookup.cancelled():
        lookup.exception()


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in TUNNELS_AND_EXAMPLES):
        return False
    return isinstance(address, IPv4Address) or address in UNICAST
