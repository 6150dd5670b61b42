"""Technical logs: one JSON object a line on standard error, an event name and named values, no interpolation.

These are for the people who run the system; what happened to a case is in the journal, not here. With
`QYZMET_LOG=FILE` they go to that file, and the screen gets only errors and own warnings, each as a plain
line: so `make run` has it, where a person reads the screen. An answer 4xx to a visitor is no error here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

__all__ = ["LOGGING", "configure", "logging_settings"]

_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]

ASIDE = {"event", "exception", "level", "logger", "stack", "timestamp"}
"""What a plain line leaves to the file, or says in its own way."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "qyzmet": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "axes": {"level": "WARNING"},
    },
}


def logging_settings(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """`LOGGING`, or with `QYZMET_LOG` the same to a file and what `_for_the_screen` admits to the screen."""
    file = env.get("QYZMET_LOG", "")
    if not file:
        return LOGGING
    plain = LOGGING["formatters"]["json"] | {
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _plain]
    }
    handlers = {
        "stderr": LOGGING["handlers"]["stderr"] | {"formatter": "plain", "level": "WARNING",
                                                  "filters": ["screen"]},
        "file": {"class": "logging.handlers.WatchedFileHandler", "filename": file, "encoding": "utf-8",
                 "delay": True, "formatter": "json"},
    }  # fmt: skip
    root = LOGGING["root"] | {"handlers": ["stderr", "file"]}
    formatters = LOGGING["formatters"] | {"plain": plain}
    filters = {"screen": {"()": lambda: _for_the_screen}}
    return LOGGING | {"formatters": formatters, "filters": filters, "handlers": handlers, "root": root}


def _for_the_screen(record: logging.LogRecord) -> bool:
    """Errors and own warnings, but no answer 4xx, which Django logs with `status_code`, some as errors."""
    if getattr(record, "status_code", 500) < 500:
        return False
    return record.levelno >= logging.ERROR or record.name.partition(".")[0] == "qyzmet"


def _plain(_: Any, __: str, said: MutableMapping[str, Any]) -> str:
    """`qyzmet: child.died child=web code=1`; how it came about stands in the file."""
    more = (f"{name}={value}" for name, value in said.items() if name not in ASIDE)
    return " ".join(("qyzmet:", str(said["event"]), *more))


def configure() -> None:
    """Make `structlog.get_logger()` write through the standard logging set up by `LOGGING`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
