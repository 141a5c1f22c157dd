"""The bases that every resource is declared with: a list, an item, a move. The package's docstring has an example."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from django_filters.widgets import SuffixedMultiWidget
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from core import access
from core.access import Rule
from core.accounts.models import User
from core.api import concurrency, idempotency, renderers
from core.api.pagination import KeysetPagination, Row, terms
from core.api.serializers import READ_ONLY, EmptyInput, IndexSerializer, flat_codes
from core.exceptions import InvalidInput, NotFound


def _filter_names(filterset_class: type[FilterSet]) -> tuple[str, ...]:
    names: list[str] = []
    for name, declared in filterset_class.base_filters.items():
        widget = declared.field.widget
        if isinstance(widget, SuffixedMultiWidget):
            names += [widget.suffixed(name, suffix) for suffix in widget.suffixes]
        else:
            names.append(name)
    return tuple(names)


class Endpoint(GenericAPIView[Any]):
    """Any address of the API: declares who may enter and which query parameters it knows."""

    access_rule: ClassVar[Rule]
    query_parameters: ClassVar[Sequence[str]] = ()
    is_list: ClassVar[bool] = False
    # Whether the index names it; a list of something's parts has no address of its own.
    is_indexed: ClassVar[bool] = False
    # Whether a POST may come with an Idempotency-Key: not where its answer holds a secret, which is kept nowhere.
    keeps_answers: ClassVar[bool] = True
    # Whether a rule can refuse what a GET asks about, too: a what-if.
    is_ruled: ClassVar[bool] = False
    http_method_names: Sequence[str] = ("get", "head", "post", "put", "patch", "delete")
    filter_backends: Any = ()
    pagination_class: Any = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        strangers = [name for name in request.query_params if name not in known]
        if strangers:
            raise InvalidInput(fields={name: [_("There is no such query parameter.")] for name in strangers})
        if request.method == "POST" and self.keeps_answers and idempotency.HEADER in request.headers:
            self._answer_once()

    def _answer_once(self) -> None:
        """Put the keeping of answers before the handler, which is looked up from here on."""
        handler = getattr(self, "post", self.http_method_not_allowed)

        def post(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            return idempotency.answered_once(request, lambda: handler(request, *args, **kwargs))

        vars(self)["post"] = post

    @property
    def reader(self) -> User:
        """The person who calls; a stranger never comes this far, unless the access rule is an open one."""
        return access.reader(self.request._request)

    def known_parameters(self) -> Sequence[str]:
        return self.query_parameters

    def read(self, serializer_class: type[Serializer[Any]], *, current: Row | None = None) -> dict[str, Any]:
        """Return the request's body, checked; with the current row, fields may be left out."""
        serializer = serializer_class(
            data=self.request.data,
            partial=current is not None,
            context={**self.get_serializer_context(), "current": current},
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def show_document(self, document: Mapping[str, Any]) -> HttpResponse:
        """Answer what has no version of its own with the ETag of its bytes, or 304 where the reader has it."""
        body = renderers.to_bytes(document)
        etag = concurrency.list_etag(body)
        if self.request.method in SAFE_METHODS and concurrency.is_known(etag, self.request.headers):
            return renderers.answer(b"", status=304, etag=etag)
        return renderers.answer(body, etag=etag)


class ResourceEndpoint(Endpoint):
    """What the addresses of one noun share: its model, its rows and how one of them is shown.

    Set `model`, `serializer_class` and `access_rule`; write `rows()`, and `whole()` where an item shows more.
    `rows()` selects `id` and `version` among the rest.
    """

    serializer_class: Any
    model: ClassVar[type[Model]]
    # What names one of them in the path, in the documentation.
    ref_example: ClassVar[str] = ""
    # What a code in the path is made of: ("program__key", "code") reads ONE-A12.
    code_fields: ClassVar[Sequence[str]] = ()

    def rows(self) -> QuerySet[Any, Row]:
        """Return a `values()` queryset bounded to the reader: what they may not see is not in it."""
        raise ImproperlyConfigured(f"{type(self).__qualname__} writes no rows()")

    def row(self, values: Row) -> Row:
        """Return what the API shows of one row of values."""
        return cast("Row", self.serializer_class.row(values))

    def whole(self, values: Row) -> Row:
        """Return what an item shows: the row, and what only an item has room for; may cost a query or two."""
        return self.row(values)

    def get_queryset(self) -> QuerySet[Any, Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema needs the model alone
            return self.model._default_manager.none()
        return self.rows()

    def values_of(self, where: Q) -> Row:
        """Return one row of values; refuse with 404 where the reader has none."""
        found = self.rows().filter(where).first()
        if found is None:
            raise NotFound
        return found

    def show(self, values: Row) -> HttpResponse:
        """Answer one row with its ETag, or 304 where the reader has it."""
        return self._answer(self.whole(values), values["version"])

    def _answer(
        self, shown: Row, version: int, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        body = renderers.to_bytes(shown)
        etag = concurrency.item_etag(version, body)
        if self.request.method in SAFE_METHODS and concurrency.is_known(etag, self.request.headers):
            return renderers.answer(b"", status=304, etag=etag)
        return renderers.answer(body, status=status, etag=etag, headers=headers)

    def read_change(self, serializer_class: type[Serializer[Any]], values: Row) -> tuple[Row, dict[str, Any]]:
        """Return a row as shown and what the body changes of it.

        A malformed body is refused first (400), then what If-Match says: 428 without, 412 when stale. What only a
        read gives may differ because it is stale, so that is told last.
        """
        row = self.whole(values)
        try:
            data = self.read(serializer_class, current=row)
        except ValidationError as error:
            if set(flat_codes(error.get_codes())) == {READ_ONLY}:
                self.require_match(values)
            raise
        self.require_match(values)
        return row, data

    def require_match(self, values: Row) -> None:
        """Let a change pass whose If-Match names the row as it is."""
        concurrency.require_match(values["version"], self.request.headers, etag=lambda: self.show(values)["ETag"])

    def created(self, pk: int, **told: Any) -> HttpResponse:
        """Answer 201 with the new row, its address and its ETag; `told` is what only its making tells."""
        values = self.values_of(Q(pk=pk))
        shown = {**self.whole(values), **told}
        address = self.request.build_absolute_uri(shown["url"])
        return self._answer(shown, values["version"], status=201, headers={"Location": address})


class ListEndpoint(ResourceEndpoint):
    """`GET` lists, filtered, ordered and in pages, in one query; write `post` to create."""

    is_list = True
    is_indexed = True
    filter_backends = (DjangoFilterBackend,)
    pagination_class = KeysetPagination
    filterset_class: ClassVar[type[FilterSet] | None] = None
    orderings: ClassVar[Sequence[str]] = ("id",)
    ordering: ClassVar[str] = "id"
    tie_breaker: ClassVar[str] = "id"

    def known_parameters(self) -> Sequence[str]:
        if self.request.method not in SAFE_METHODS:
            return self.query_parameters
        filters = _filter_names(self.filterset_class) if self.filterset_class is not None else ()
        return (*self.query_parameters, *filters, *KeysetPagination.parameters, "ordering", "fields")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        fields = self._wanted_fields(request)
        key = request.query_params.get("ordering", self.ordering)
        ordering = terms(self.model, key, allowed=self.orderings, tie_breaker=self.tie_breaker)
        page = KeysetPagination().page(self.filter_queryset(self.get_queryset()), request, ordering, key)
        results = self.dress(page.rows)
        if fields:
            results = [{name: row[name] for name in fields} for row in results]
        return self.show_document({"results": results, "next": page.next, "previous": page.previous})

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        """Return what the API shows of a page; override to look up, in one query, what the rows need besides."""
        return [self.row(values) for values in rows]

    def _wanted_fields(self, request: Request) -> Sequence[str]:
        if "fields" not in request.query_params:
            return ()
        wanted = request.query_params["fields"].split(",")
        known = cast("Serializer[Any]", self.get_serializer()).fields
        wrong = [_("“%s” is no field of this list.") % name for name in wanted if name not in known]
        if wrong:
            raise InvalidInput(fields={"fields": wrong})
        return wanted


class ItemEndpoint(ResourceEndpoint):
    """`GET` shows one row, named by id or code (`<str:ref>` in the path); write `patch` or `delete` to change it."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.values())

    def values(self) -> Row:
        """Return the values of the row that the path names."""
        return self.values_of(self.where())

    def where(self) -> Q:
        """Return the condition that the path's `ref` means: 417, or ONE-A12 where `code_fields` says so."""
        ref = str(self.kwargs["ref"])
        if ref.isascii() and ref.isdecimal():
            return Q(pk=int(ref[:20]))
        parts = ref.split("-", len(self.code_fields) - 1) if self.code_fields else []
        if not parts or len(parts) != len(self.code_fields) or "\x00" in ref:
            raise NotFound
        return Q(**dict(zip(self.code_fields, parts, strict=True)))

    def subjects(self) -> QuerySet[Any, Any]:
        """Return the model instances that services are handed, bounded to the reader; override to say so briefly."""
        return self.model._default_manager.filter(pk__in=self.rows().values("pk"))

    def subject(self) -> Any:
        """Return the instance that the path names; refuse with 404 where the reader has none."""
        return self._found(self.subjects())

    def _found(self, subjects: QuerySet[Any, Any]) -> Any:
        found = subjects.filter(self.where()).first()
        if found is None:
            raise NotFound
        return found

    @contextmanager
    def changing(self, serializer_class: type[Serializer[Any]]) -> Iterator[tuple[Any, Row, dict[str, Any]]]:
        """Open a transaction in which the row stands still; give the instance, the row as shown, and the changes."""
        with transaction.atomic():
            subject = self._found(self.subjects().select_for_update(of=("self",)))
            row, data = self.read_change(serializer_class, self.values_of(Q(pk=subject.pk)))
            yield subject, row, data

    @contextmanager
    def removing(self) -> Iterator[Any]:
        """Open a transaction in which the row stands still; give the instance. If-Match as for changes."""
        with transaction.atomic():
            subject = self._found(self.subjects().select_for_update(of=("self",)))
            self.require_match(self.values_of(Q(pk=subject.pk)))
            yield subject

    def changed(self, pk: int) -> HttpResponse:
        """Answer the row as it is after a change."""
        return self.show(self.values_of(Q(pk=pk)))


class MoveEndpoint(ItemEndpoint):
    """`POST` makes one change of state, with its own body and no precondition; answers the row after it."""

    http_method_names = ("post",)
    # The move's body; a move without one takes an empty body.
    input_class: ClassVar[type[Serializer[Any]] | None] = None

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        subject = self.subject()
        self.move(subject, self.read(self.input_class or EmptyInput))
        return self.changed(subject.pk)

    def move(self, subject: Any, data: dict[str, Any]) -> None:
        """Call the service that makes the move: it locks the row and checks its state."""
        raise ImproperlyConfigured(f"{type(self).__qualname__} writes no move()")


class NoSuchAddress(NotFound):
    """The address is not one of the API's."""

    sentence = gettext_lazy(
        "There is no such address in the API. /api/v1/ lists those there are; each ends with a slash."
    )


class UnknownAddress(Endpoint):
    """Answers every address under /api/ that is nothing else."""

    access_rule = "public"
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NoSuchAddress


class Index(Endpoint):
    """The lists of the API, by name."""

    access_rule = "public"
    serializer_class = IndexSerializer
    # Name to address; handed in by the urls.
    lists: Mapping[str, str] = {}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        here = request.build_absolute_uri(request.path)
        return self.show_document({name: here + path for name, path in self.lists.items()})


class Schema(SpectacularJSONAPIView):
    """The OpenAPI document."""

    access_rule = "public"


class Docs(SpectacularSwaggerSplitView):
    """The documentation to read and try, offline and without inline script."""

    access_rule = "public"
    template_name = "core/api_docs.html"
    url_name = "api-schema"
