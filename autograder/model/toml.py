"""Read a TOML file into a struct; an error names the file, the key and the nearest valid one."""

import difflib
import re
import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder.model.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

S = TypeVar("S", bound=msgspec.Struct)

_UNKNOWN = re.compile(r"unknown field `([^`]*)`(?: - at `\$([^`]*)`)?")


def read_toml(path: Path, kind: type[S]) -> S:
    """Read `path` as a `kind`.

    Raises ConfigError when the file is missing, is not TOML, or does not fit.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path} does not exist: it describes {kind.__name__}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from None
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_explain(str(error), kind)}") from None


def nearest(name: str, known: list[str]) -> str:
    """A clause to append to an error: the nearest valid name, or all of them."""
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(sorted(known))


def _explain(error: str, kind: type[msgspec.Struct]) -> str:
    unknown = _UNKNOWN.search(error)
    if not unknown:
        return error.replace("`$.", "`")
    key, where = unknown[1], (unknown[2] or "").lstrip(".")
    known = sorted(_field_names(kind, where))
    place = f" in [{where}]" if where else ""
    return f"unknown key {key!r}{place}; {nearest(key, known)}"


def _field_names(kind: type[msgspec.Struct], where: str) -> set[str]:
    """The valid keys at `where`, such as `parts[0]` or `budgets[...]`."""
    current: object = msgspec.inspect.type_info(kind)
    for step in re.findall(r"[A-Za-z_]+|\[[^]]*\]", where):
        current = _descend(current, step)
    if isinstance(current, msgspec.inspect.StructType):
        return {field.encode_name for field in current.fields}
    return set()


def _descend(current: object, step: str) -> object:
    inspect = msgspec.inspect
    if isinstance(current, inspect.StructType):
        return next((f.type for f in current.fields if f.encode_name == step), None)
    if isinstance(current, inspect.DictType):
        return current.value_type
    if isinstance(current, (inspect.ListType, inspect.VarTupleType)):
        return current.item_type
    return None
