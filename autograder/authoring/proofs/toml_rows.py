"""Write a record as TOML: values first, then its tables."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec


def toml_rows(comment: str, record: msgspec.Struct) -> Iterator[str]:
    """The lines of a file that `read_toml` reads as the same record."""
    yield f"# {comment}"
    yield from _table(msgspec.to_builtins(record), ())


def _table(content: dict[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    tables = {key: value for key, value in content.items() if _is_table(value)}
    for key, value in content.items():
        if key not in tables:
            yield f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in tables.items():
        name = (*above, _key(key))
        many = isinstance(value, list)
        for item in value if many else [value]:
            head = ".".join(name)
            yield from ("", f"[[{head}]]" if many else f"[{head}]")
            yield from _table(item, name)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name)
