"""Values to bytes: every answer of the API is made here, by orjson, with its ETag."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.http import HttpResponse

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"


def to_bytes(data: Any) -> bytes:
    """Return JSON: dates and times in ISO 8601 (UTC as Z), exact decimals and lazy texts as strings."""
    return orjson.dumps(data, default=_text, option=orjson.OPT_UTC_Z)


def _text(value: Any) -> str:
    """Return a decimal without the zeros that a database pads it with, anything else as its text."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def content_hash(body: bytes) -> str:
    """Return a short strong hash of an answer's bytes."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def answer(
    body: bytes, *, status: int = 200, etag: str = "", media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return a response that a private cache may keep but must ask about again."""
    response = HttpResponse(body, status=status, content_type=media_type, headers=dict(headers or {}))
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
    if etag:
        response["ETag"] = etag
    return response
