"""Read a TOML file into a struct; an error names the file, the key and the nearest valid one."""

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder.model.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

S = TypeVar("S", bound=msgspec.Struct)


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
        _require_known(data, msgspec.inspect.type_info(kind), "")
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {str(error).replace('`$.', '`')}") from None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def require_known(name: str, known: Iterable[str], error: type[Exception], problem: str) -> None:
    """Raise `error` with the text `problem` and the nearest valid name, if `name` is not known."""
    if name not in known:
        raise error(f"{problem}; {nearest(name, known)}")


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause to append to an error: the nearest valid name, or all of them."""
    known = sorted(known)
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(known)


def _require_known(data: object, kind: object, where: str) -> None:
    """Raise ConfigError for the first key that `kind` does not have.

    Checked before the conversion, which would report a misspelt key as one that is missing.
    """
    inspect = msgspec.inspect
    if isinstance(kind, inspect.StructType) and isinstance(data, dict):
        types = {field.encode_name: field.type for field in kind.fields}
        for key, value in data.items():
            place = f" in [{where}]" if where else ""
            require_known(key, types, ConfigError, f"unknown key {key!r}{place}")
            _require_known(value, types[key], f"{where}.{key}".lstrip("."))
    elif isinstance(kind, inspect.DictType) and isinstance(data, dict):
        for key, value in data.items():
            _require_known(value, kind.value_type, f"{where}.{key}")
    elif isinstance(kind, (inspect.ListType, inspect.VarTupleType)) and isinstance(data, list):
        for number, value in enumerate(data):
            _require_known(value, kind.item_type, f"{where}[{number}]")
