"""The API's settings: REST framework, errors, tokens, the schema and its docs."""

from typing import Any

from backend.settings.environment import read

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.AccessRule", "core.api.permissions.TokenMayWrite"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.BoundedJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "core.api.throttles.TokenThrottle",
        "core.api.throttles.PersonThrottle",
        "core.api.throttles.StrangerThrottle",
    ],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "core.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    # core.middleware has put the client's own address in REMOTE_ADDR.
    "NUM_PROXIES": 0,
}

# Requests a minute.
API_RATE = int(read("API_RATE"))
API_RATES = {"token": API_RATE, "person": 2 * API_RATE, "stranger": 60}

REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_MODEL": "accounts.ApiToken"}
KNOX_TOKEN_MODEL = "accounts.ApiToken"
# Its own table stands empty once the model is ours, so it is not made.
MIGRATION_MODULES: dict[str, str | None] = {"knox": None}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "CRM Program Tracker",
    "DESCRIPTION": (
        "Programs, phases, outcomes, measures, milestones and promises. Sign in with `Authorization: Bearer TOKEN` "
        "or the browser's session with its CSRF token. Lists answer `results`, `next` and `previous`. "
        "Every error is a problem document (RFC 9457)."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ActionStateEnum": "workstreams.choices.ActionState",
        "GateStateEnum": "workstreams.choices.GateState",
        "MilestoneStateEnum": "workstreams.choices.MilestoneState",
        "RaidStateEnum": "workstreams.choices.RaidState",
        "MeasureKindEnum": "programs.choices.MeasureKind",
        "RaidKindEnum": "workstreams.choices.RaidKind",
        "MissReasonEnum": "workstreams.choices.MissReason",
        "ProgramStatusEnum": "programs.choices.ProgramStatus",
        "PhaseStatusEnum": "programs.choices.PhaseStatus",
        "OutcomeStatusEnum": "programs.choices.OutcomeStatus",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "displayRequestDuration": True},
}
