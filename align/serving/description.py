"""The OpenAPI 3.1 document of what is served, made from the table of questions.

OpenAPI Initiative, OpenAPI Specification 3.1.1 (2024).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from align import __version__
from align.serving.answers import PROBLEM, SCHEMAS
from align.serving.questions import QUESTIONS, Parameter, Question

_COMMON = {
    400: "A parameter is unknown, missing, given twice, or not what it may be.",
    403: "The address, the token or the site that asks is not the server's own.",
    414: "The address asked for is too long.",
}
_OF_ADDING = {
    400: "What is sent is no JSON object, or a member is unknown, missing or not what it may be.",
    403: "Nothing can be added, or the address, the token or the site that asks is not the "
    "server's own.",
    409: "The new memory is full, or another program changed its file.",
    413: "What is sent is too long.",
    415: "What is sent is not said to be JSON.",
    500: "The file cannot be written; the unit is not added.",
}


def openapi(address: str) -> dict[str, Any]:
    """The document.

    Args:
        address: What paths follow on: scheme, host, port and token.
    """
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "align serve",
            "version": __version__,
            "summary": "Look-ups in translation memories and termbases.",
            "description": "Languages are named by BCP 47 tags: the exact tag goes first, then the "
            "language as the nearest region writes it. Every path follows on the server's address, "
            "which holds its token.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address}],
        "security": [],  # the token is in the address
        "paths": {
            each.path: {"post" if each.sends else "get": _operation(each)} for each in QUESTIONS
        },
        "components": {"schemas": SCHEMAS},
    }


def _operation(question: Question) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": question.name,
        "summary": question.title,
        "description": question.what,
        "tags": ["changes" if question.sends else "look-ups"],
    }
    if question.sends:
        schema = {
            "type": "object",
            "properties": {each.name: _described(each) for each in question.parameters},
            "required": [each.name for each in question.parameters if each.required],
            "additionalProperties": False,
        }
        content = {"application/json": {"schema": schema, "example": question.example()}}
        operation["requestBody"] = {"required": True, "content": content}
    else:
        operation["parameters"] = [
            {
                "name": each.name,
                "in": "query",
                "description": each.what,
                "required": each.required,
                "schema": each.schema(),
                "example": each.example,
            }
            for each in question.parameters
        ]
    answered = _content("application/json", question.answer)
    responses = {"200": {"description": "The answer.", **answered}}
    if question.sends:
        responses = {
            "201": {"description": "The unit was added.", **answered},
            "200": {"description": "The unit was there.", **answered},
        }
    problems = _OF_ADDING if question.sends else _COMMON
    for status, what in problems.items():
        responses[str(status)] = {"description": what, **_content(PROBLEM, "Problem")}
    usual = f"{HTTPStatus.INTERNAL_SERVER_ERROR.phrase}, or another problem."
    responses["default"] = {"description": usual, **_content(PROBLEM, "Problem")}
    return operation | {"responses": responses}


def _described(parameter: Parameter) -> dict[str, Any]:
    return {
        **parameter.schema(),
        "description": parameter.what,
        "examples": [parameter.example],
    }


def _content(kind: str, schema: str) -> dict[str, Any]:
    return {"content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
