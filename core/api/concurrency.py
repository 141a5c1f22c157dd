"""Nobody's change is lost: ETags, If-None-Match for reads and If-Match for changes."""

from collections.abc import Callable, Mapping

from django.utils.http import parse_etags

from core.api import renderers
from core.exceptions import PreconditionRequired, Stale


def item_etag(version: int, body: bytes) -> str:
    """Return an item's ETag: the row's version, which If-Match compares, and the hash of what is shown of it."""
    return f'"{version}-{renderers.content_hash(body)}"'


def list_etag(body: bytes) -> str:
    """Return a list's ETag: the hash of its bytes."""
    return f'"{renderers.content_hash(body)}"'


def is_known(etag: str, headers: Mapping[str, str]) -> bool:
    """Tell whether If-None-Match names this ETag, so that 304 will do."""
    known = parse_etags(headers.get("If-None-Match", ""))
    return "*" in known or etag in (tag.removeprefix("W/") for tag in known)


def require_match(version: int, headers: Mapping[str, str], *, etag: Callable[[], str]) -> None:
    """Refuse a change whose If-Match is missing (428) or names another version of the row (412, with the ETag of now).

    The hash behind the version is not compared: a neighbour's new name changes what is shown, not what is changed.
    """
    if "If-Match" not in headers:
        raise PreconditionRequired
    tags = parse_etags(headers["If-Match"])
    if "*" not in tags and not any(tag.startswith(f'"{version}-') for tag in tags):
        raise Stale(etag=etag())
