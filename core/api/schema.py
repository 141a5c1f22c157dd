"""The OpenAPI document: what every operation has in common is said here, once."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from core import access
from core.api import idempotency
from core.api.renderers import PROBLEM_JSON
from core.api.serializers import EmptyInput, ProblemSerializer, StrictSerializer

WORDS = {
    "200": "As it is now.",
    "201": "Made; Location is its address.",
    "304": "Unchanged since the ETag in If-None-Match.",
    "400": "The input has a wrong shape or value; `errors` names each field.",
    "401": "No token or session, or one that is not valid.",
    "403": "The caller may see this but not do it; the detail says which role may.",
    "404": "There is no such thing or page, or the caller may not know of it.",
    "405": "The address does not answer this method.",
    "406": "The API speaks JSON.",
    "409": "A rule refuses this: `errors` names the field, or `legal_moves` lists the moves that the state allows.",
    "412": "Changed since it was read; `etag` is the present one.",
    "415": "The API reads JSON.",
    "422": "The Idempotency-Key came with another request in the last 24 hours.",
    "428": "If-Match is missing.",
    "429": "Too often; Retry-After says in how many seconds to come back.",
}
CHANGES = {"PUT", "PATCH", "DELETE"}
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of what was read."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    idempotency.HEADER,
    {"type": "string", "pattern": f"^{idempotency.KEY}$"},
    OpenApiParameter.HEADER,
    description="Sent again within 24 hours it is answered as before, and done once.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag: answers 304 if nothing changed."
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # spectacular registers subclasses
    """Bearer tokens in the schema."""

    target_class = "core.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal access token.",
        }


class AutoSchema(SpectacularAutoSchema):
    """Adds problems, ETags and preconditions to every operation."""

    view: Any

    def get_auth(self) -> list[dict[str, Any]]:
        auth: list[dict[str, Any]] = super().get_auth()
        return [{}] if access.rule_of(self.view) in access.OPEN_RULES else auth

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.method == "GET" and self.view.is_list

    def _is_create_operation(self) -> bool:
        return self.method == "POST" and self.view.is_list

    def get_request_serializer(self) -> Any:
        if self.method == "POST" and hasattr(self.view, "input_class"):
            return self.view.input_class or EmptyInput
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        serializer = super().get_response_serializers()
        if not self._is_list_view():
            return serializer
        row = _class_of(serializer)  # with `fields`, no column is there for certain
        return type(f"{row.__name__}Row", (row,), {"is_sparse": True, "__doc__": row.__doc__})

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema: Any = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if getattr(serializer, "is_sparse", False):
            schema.pop("required", None)
        elif direction == "request" and issubclass(_class_of(serializer), StrictSerializer):
            schema["additionalProperties"] = False
            shown = getattr(serializer, "shown", None)
            if shown is not None:
                schema.setdefault("properties", {})  # a body may take nothing but what a read gives
                described: Any = super()._map_basic_serializer(shown(), "response")  # type: ignore[no-untyped-call]
                read = described["properties"]
                own = schema.setdefault("properties", {})
                unchanged = {name: {**read[name], "readOnly": True} for name in read.keys() - own.keys()}
                own |= dict(sorted(unchanged.items()))
        return schema

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for parameter in parameters:
            if parameter["schema"].get("type") == "array":
                parameter["schema"]["minItems"] = 1
        return parameters

    def get_override_parameters(self) -> list[Any]:
        return [*self._path_parameters(), *self._method_parameters()]

    def _path_parameters(self) -> list[OpenApiParameter]:
        if "{ref}" not in self.path:
            return []
        examples = [OpenApiExample("one", self.view.ref_example)]
        return [OpenApiParameter("ref", str, "path", description="Its number or its code.", examples=examples)]

    def _method_parameters(self) -> list[OpenApiParameter]:
        if self.method == "GET":
            return [IF_NONE_MATCH, *(self._list_parameters() if self._is_list_view() else [])]
        if self.method == "POST":
            return [IDEMPOTENCY_KEY] if self.view.keeps_answers else []
        return [IF_MATCH] if self.method in CHANGES else []

    def _list_parameters(self) -> list[OpenApiParameter]:
        columns = list(self.view.get_serializer_class()().fields)
        orderings = [sign + name for name in self.view.orderings for sign in ("", "-")]
        return [
            self._choices("fields", columns, "Columns to answer, separated by commas; all by default."),
            self._choices("ordering", orderings, f"Separated by commas; {self.view.ordering} by default."),
        ]

    def _choices(self, name: str, choices: list[str], words: str) -> OpenApiParameter:
        schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": choices}}
        return OpenApiParameter(name, schema, style="form", explode=False, description=words)

    def _problem_codes(self) -> list[str]:
        is_open = access.rule_of(self.view) in access.OPEN_RULES
        codes = ["400", "405", "406", "429"]
        codes += [] if is_open else ["401", "403"]
        codes += ["404"] if "{" in self.path or self.method == "POST" or self._is_list_view() else []
        codes += ["422"] if self.method == "POST" and self.view.keeps_answers else []
        codes += ["304"] if self.method == "GET" else ["409", "415"]
        codes += ["409"] if self.method == "GET" and self.view.is_ruled else []
        return codes + (["412", "428"] if self.method in CHANGES else [])

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        etag = {"schema": {"type": "string"}, "description": "Of this representation."}
        for code in bodies.keys() & {"200", "201"}:
            bodies[code]["description"] = bodies[code]["description"] or WORDS[code]
            bodies[code].setdefault("headers", {})["ETag"] = etag
            if code == "201":
                bodies[code]["headers"]["Location"] = {"schema": {"type": "string", "format": "uri"}}
        problem = self.resolve_serializer(ProblemSerializer, "response").ref
        for code in sorted(self._problem_codes()):
            content = {} if code == "304" else {"content": {PROBLEM_JSON: {"schema": problem}}}
            bodies.setdefault(code, {"description": WORDS[code], **content})
        if "429" in bodies:
            bodies["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
        return bodies


def _class_of(serializer: Any) -> type[Any]:
    """Return the class of a serializer, which spectacular hands on as a class or as an instance."""
    return serializer if isinstance(serializer, type) else type(serializer)
