"""Templates over the API: listed, saved, deleted."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock, exceptions
from core.api import concurrency, renderers
from core.api.views import Endpoint
from programs import queries, services
from programs.api.serializers import templates as serializers

TEMPLATE = ("ref", "name", "description", "is_built_in", "phases", "milestone_count", "outcome_count", "days")


class TemplateList(Endpoint):
    """The templates that programs are made from: the product's, and those that the organisation saved."""

    access_rule = "signed_in"
    serializer_class = serializers.TemplateList
    is_indexed = True
    http_method_names = ("get", "head", "post")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """List every template, on one page: there are never more than fit on it."""
        found = [_shown(one) for one in queries.templates()]
        return self.show_document({"results": found, "next": None, "previous": None})

    @extend_schema(request=serializers.TemplateInput, responses={201: serializers.TemplateShown})
    def post(self, request: Request) -> HttpResponse:
        """Save the structure of a program as a template that everybody who signs in sees."""
        data = self.read(serializers.TemplateInput)
        program = queries.program_named(self.reader, data.pop("program"))
        saved = services.save_template(program=program, **data, by=self.reader, at=clock.now())
        found = _template(str(saved.pk))
        return renderers.answer(renderers.to_bytes(_shown(found)), status=201, etag=_etag(found))


class TemplateItem(Endpoint):
    """One template."""

    access_rule = "signed_in"
    serializer_class = serializers.TemplateShown
    http_method_names = ("get", "head", "delete")

    def get(self, request: Request, template: str) -> HttpResponse:
        found = _template(template)
        etag = _etag(found)
        if concurrency.is_known(etag, request.headers):
            return renderers.answer(b"", status=304, etag=etag)
        return renderers.answer(renderers.to_bytes(_shown(found)), etag=etag)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, template: str) -> HttpResponse:
        """Delete a template that the organisation saved; programs that began with it stay as they are."""
        found = _template(template)
        concurrency.require_match(found.version, request.headers, etag=lambda: _etag(found))
        services.delete_template(ref=template, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


def _template(ref: str) -> queries.Template:
    """Return the template that an address names.

    Raises:
        core.exceptions.NotFound: when there is none.
    """
    found = queries.template(ref)
    if found is None:
        raise exceptions.NotFound
    return found


def _etag(one: queries.Template) -> str:
    return concurrency.item_etag(one.version, renderers.to_bytes(_shown(one)))


def _shown(one: queries.Template) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TEMPLATE}
