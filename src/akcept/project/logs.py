"""One line of JSON for every log record, with the id of the request; words instead where a person watches."""

from __future__ import annotations

import logging
import logging.config
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET = re.compile(r"password|secret|token|authorization|cookie|api_?key", re.IGNORECASE)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank every value whose name says that it is a secret."""
    return {name: "***" if SECRET.search(name) else value for name, value in event.items()}


def configure() -> None:
    """Send structlog's and the standard library's records through the same processors to stderr."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    if sys.stderr.isatty():
        last[1:] = [structlog.dev.ConsoleRenderer()]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": last,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                # Bugs with their traceback; RequestLog has a line for everything else.
                "django.request": {"level": "ERROR"},
                "httpx": {"level": "WARNING"},
                "fontTools": {"level": "WARNING"},
            },
        }
    )
