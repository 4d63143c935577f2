"""The description of the API is true: requests made from it break nothing and are answered as it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from programs import ProgramNamed, sent
from troupe import Cast

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
EXAMPLES = 10
# What is not as described is turned away before a database is asked.
MODES = list(GenerationMode) if connection.vendor == "sqlite" else [GenerationMode.POSITIVE]
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", MODES)
def test_requests_made_from_the_description_are_answered_as_it_says(
    program: ProgramNamed, cast: Cast, mode: GenerationMode
) -> None:
    places = {"case_id": sent(program, cast)["case_id"], "party_id": str(cast.counterparty)}
    headers = {"Authorization": program("anna").headers["HTTP_AUTHORIZATION"]}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    surprises = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            _try(operation, mode, places, headers)
        except* AssertionError as errors:
            surprises[operation.label] = [str(error) for error in errors.exceptions]
    assert not surprises, "\n".join(f"{label}: {said}" for label, said in surprises.items())


def _try(
    operation: Any, mode: GenerationMode, places: dict[str, str], headers: dict[str, str]
) -> None:
    here = {name: value for name, value in places.items() if f"{{{name}}}" in operation.path}
    is_strict = mode is GenerationMode.NEGATIVE and operation.method != "get"
    checks = [*CHECKS, *([negative_data_rejection] if is_strict else [])]

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=here))
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=checks)

    call()
