"""Bytes to values: every body that the API takes is read here, by orjson, within a bound."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.exceptions import BodyTooLarge


class BoundedJSONParser(JSONParser):
    """Reads JSON as RFC 8259 means it: no NaN, no half characters, not nested without end, not without end at all."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the values of a body.

        Raises:
            rest_framework.exceptions.ParseError: of what is no JSON, saying where; core.exceptions.BodyTooLarge.
        """
        most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise BodyTooLarge(most=most // 1024)
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("The body is no JSON: %(what)s.") % {"what": error}) from error
