"""Idempotency-Key: a POST that is sent again, because its answer got lost, is answered as before and done once."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from core import access, clock
from core.api import renderers
from core.exceptions import InvalidInput, Refusal
from core.models import KeptAnswer

HEADER = "Idempotency-Key"
KEY = r"[\x21-\x7e]{1,200}"
KEPT_FOR = dt.timedelta(hours=24)
# What a kept answer says besides its body.
_HEADERS = ("ETag", "Location")


class KeyOfAnotherRequest(Refusal):
    """The key was sent with another request before."""

    status = 422
    code = "key_of_another_request"
    sentence = _("This Idempotency-Key came with another request in the last 24 hours. Send a new one.")


def answered_once(request: Request, handler: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer that a person's key was given before, else the handler's, which is kept with what it does.

    A refusal undoes all of it and is not kept: it is as true the next time. Of two at once the second waits.

    Raises:
        KeyOfAnotherRequest: when address or body differ; core.exceptions.InvalidInput: of what is no key.
    """
    key, at = request.headers[HEADER], clock.now()
    if not re.fullmatch(KEY, key):
        raise InvalidInput(fields={HEADER: [_("Send 1 to 200 characters without spaces.")]})
    person, fingerprint = access.reader(request._request), _fingerprint(request)
    with transaction.atomic():
        # Everybody's: no answer lies here longer because its own person sends no other key.
        KeptAnswer.objects.filter(kept_at__lte=at - KEPT_FOR).delete()
        facts = {"fingerprint": fingerprint, "kept_at": at}
        kept, is_new = KeptAnswer.objects.get_or_create(person=person, key=key, defaults=facts)
        if is_new:
            return _kept(kept, handler())
    if kept.fingerprint != fingerprint:
        raise KeyOfAnotherRequest
    return renderers.answer(bytes(kept.body), status=kept.status, headers=kept.headers)


def _fingerprint(request: Request) -> str:
    # Not by orjson, which refuses numbers of any size: to say what is wrong with them is the handler's part.
    said = json.dumps([request.method, request.get_full_path(), request.data], sort_keys=True)
    return hashlib.blake2b(said.encode(), digest_size=32).hexdigest()


def _kept(row: KeptAnswer, answer: HttpResponse) -> HttpResponse:
    row.status, row.body = answer.status_code, answer.content
    row.headers = {name: answer[name] for name in _HEADERS if name in answer}
    row.save(update_fields=["status", "body", "headers"])
    return answer
