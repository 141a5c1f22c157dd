"""Logs: events on stderr, one a line; JSON, or coloured text on a terminal. Secrets and tracebacks' locals stay out."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "********"
SECRET_KEYS = frozenset({"authorization", "cookie", "digest", "password", "secret", "token"})
QUIET_PATHS = ("GET /health/", "GET /static/")
# "Not ready" is a good answer to a probe: whoever asked has it, and `tracker doctor` tells why.
QUIET_CODES = (*range(200, 400), 503)


def hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Put stars in the place of values whose name says that they are secret."""
    return {key: HIDDEN if key.lower() in SECRET_KEYS else value for key, value in event.items()}


def drop_probes(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Leave out what asks every few seconds and was answered well."""
    if event.get("code") in QUIET_CODES and str(event.get("request", "")).startswith(QUIET_PATHS):
        raise structlog.DropEvent
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    hide_secrets,
    drop_probes,
]


def _renderers(*, is_terminal: bool) -> list[Processor]:
    if is_terminal:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def configure(*, is_terminal: bool | None = None) -> dict[str, Any]:
    """Set structlog up; return Django's LOGGING, through which the standard library's loggers speak alike."""
    on_terminal = sys.stderr.isatty() if is_terminal is None else is_terminal
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(is_terminal=on_terminal),
                ],
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "event"},
            # A logger without any handler still writes its warnings to stderr.
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # It writes whole paths, sign-in links among them; core.logs tells of requests instead.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
        },
    }


LOGGING = configure()
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
