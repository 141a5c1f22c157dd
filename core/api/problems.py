"""Every error of the API as a problem document (RFC 9457), whoever raised it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from drf_standardized_errors.formatter import ExceptionFormatter, flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import exceptions

from core.api import renderers
from core.exceptions import BodyTooLarge, Refusal

TYPE_PREFIX = "urn:crm-program-tracker:problem:"


def problem(*, status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem document: `code` is the stable name to branch on, `detail` the sentence for people."""
    return {
        "type": TYPE_PREFIX + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }


class RefusalError(exceptions.APIException):
    """A refusal of the domain on its way through DRF."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(detail=refusal.message, code=refusal.code)
        self.refusal = refusal
        self.status_code = refusal.status


def _of_refusal(refusal: Refusal) -> dict[str, Any]:
    errors = [
        {"field": field, "code": refusal.code, "detail": str(detail)}
        for field, details in refusal.fields.items()
        for detail in details
    ]
    more = {**refusal.facts, **({"errors": errors} if errors else {})}
    return problem(status=refusal.status, code=refusal.code, detail=refusal.message, **more)


class ProblemFormatter(ExceptionFormatter):
    """Turns an exception into a problem document; wrong input names each field."""

    def run(self) -> dict[str, Any]:
        if isinstance(self.exc, RefusalError):
            return _of_refusal(self.exc.refusal)
        found = flatten_errors(self.exc.detail)
        status = self.exc.status_code
        if not isinstance(self.exc, exceptions.ValidationError):
            return problem(status=status, code=found[0].code, detail=found[0].detail)
        errors = [{"field": error.attr, "code": error.code, "detail": error.detail} for error in found]
        detail = " ".join(f"{error.attr}: {error.detail}" if error.attr else error.detail for error in found)
        return problem(status=status, code="invalid", detail=detail, errors=errors)


class ProblemHandler(ExceptionHandler):
    """The one place where exceptions become answers; what nobody expected is reported and answers 500."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refusal):
            return RefusalError(exc)
        if isinstance(exc, RequestDataTooBig):
            return RefusalError(BodyTooLarge(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024))
        if isinstance(exc, SuspiciousOperation | BadRequest):
            return exceptions.ParseError()
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        return ProblemFormatter(exc, self.context, self.exc).run()

    def get_headers(self, exc: exceptions.APIException) -> dict[str, str]:
        headers: dict[str, str] = super().get_headers(exc)
        if isinstance(exc, RefusalError) and "etag" in exc.refusal.params:
            headers["ETag"] = exc.refusal.params["etag"]
        return headers

    def get_response(  # type: ignore[override]  # DRF passes any HttpResponse on
        self, exc: exceptions.APIException, data: Mapping[str, Any]
    ) -> HttpResponse:
        return respond(data, headers=self.get_headers(exc))


def respond(data: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return a problem document as an answer with its status."""
    body = renderers.to_bytes(data)
    return renderers.answer(body, status=data["status"], media_type=renderers.PROBLEM_JSON, headers=headers)


def handle(exc: Exception, context: ExceptionHandlerContext) -> HttpResponse | None:
    """Answer an exception of an API view (DRF's EXCEPTION_HANDLER)."""
    return ProblemHandler(exc, context).run()
