"""YAML of unknown origin as plain data of bounded depth and size.

The events of the parser are read one by one, and no constructor of PyYAML is called: no tag makes
an object, an alias costs what it stands for, and depth costs no stack of the parser. `metadata`
reads each part of Gradescope's export by this.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from autograder.model.errors import AutograderError

# libyaml where PyYAML was built with it, as it is in its wheels: ten times as fast
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MOST_DEPTH = 50
_MOST_SIZE = 10**7  # characters, and one more for each value
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(
    r"[-+]?(\d{1,18}|\d{1,18}\.\d{0,30}(e[-+]?\d{1,3})?)", re.ASCII | re.IGNORECASE
)
_NO_NUMBER = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)  # JSON has none of them


class NotPlain(AutograderError):
    """It is no YAML, or not of plain data within the caps."""


def read_texts(data: bytes) -> Any:
    """The value under the one key in `data`, every scalar as the text that stands there.

    So a number with zeros in front keeps them. Raises NotPlain.
    """
    return _PlainReader(data, typed=False).read()


def read_values(data: bytes) -> Any:
    """The same with numbers, true, false and null, as JSON has them, where no quotes are around."""
    return _PlainReader(data, typed=True).read()


class _PlainReader:
    """One document, from events to lists, dicts and scalars."""

    def __init__(self, data: bytes, typed: bool) -> None:
        self._events: Iterator[Any] = yaml.parse(data, Loader=_LOADER)
        self._typed = typed
        self._anchored: dict[str, tuple[Any, int]] = {}  # value and size
        self._size = 0

    def read(self) -> Any:
        try:
            for event in self._events:
                if isinstance(event, yaml.MappingStartEvent):
                    return next(iter(self._value(event, 0).values()), None)
                if isinstance(event, yaml.NodeEvent):
                    break
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise NotPlain(f"it is no YAML: {error}") from None
        raise NotPlain("it is no mapping")

    def _value(self, event: Any, depth: int) -> Any:
        if depth > _MOST_DEPTH:
            raise NotPlain(f"it is more than {_MOST_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            return self._again(event.anchor)
        before = self._size
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = [self._value(each, depth + 1) for each in self._until(yaml.SequenceEndEvent)]
        else:
            value = self._mapping(depth)
        self._spend(1)
        if event.anchor is not None:
            self._anchored[event.anchor] = value, self._size - before
        return value

    def _mapping(self, depth: int) -> dict[str, Any]:
        table = {}
        for event in self._until(yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise NotPlain("a key is no text")
            self._spend(len(event.value))
            table[event.value] = self._value(next(self._events), depth + 1)
        return table

    def _until(self, end: type) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        self._spend(len(text))
        is_plain = not event.style and event.implicit[0]
        return _typed(text) if self._typed and is_plain else text

    def _again(self, anchor: str | None) -> Any:
        if anchor is None or anchor not in self._anchored:
            raise NotPlain(f"the alias {anchor!r} stands for nothing that is complete")
        value, size = self._anchored[anchor]
        self._spend(size)
        return value

    def _spend(self, size: int) -> None:
        self._size += size
        if self._size > _MOST_SIZE:
            raise NotPlain(f"it has more than {_MOST_SIZE} characters")


def _typed(text: str) -> Any:
    if text in _WORDS or _NO_NUMBER.fullmatch(text):
        return _WORDS.get(text)
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text
