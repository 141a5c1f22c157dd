"""The edge of the machine: in a test, an address that is not loopback cannot be reached or looked up."""

import ipaddress
import socket
from collections.abc import Callable
from functools import wraps
from typing import Any


class OutsideWorld(RuntimeError):
    """A test tried to leave the machine."""


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _guard_address(method: Callable[..., Any], position: int) -> Callable[..., Any]:
    @wraps(method)
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[position]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise OutsideWorld(f"a test tried to reach {address[0]}")
        return method(self, *arguments)

    return guarded


def _guard_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(lookup)
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_here(host):
            raise OutsideWorld(f"a test tried to look up {host}")
        return lookup(host, *arguments, **options)

    return guarded


def close_all_but_loopback() -> None:
    """Refuse every connection and look-up that leaves this machine, from now on and in this process."""
    for name, position in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        setattr(socket.socket, name, _guard_address(getattr(socket.socket, name), position))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, _guard_lookup(getattr(socket, name)))
