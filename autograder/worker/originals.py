"""The names that our code in a worker uses, as they were before the submission was imported.

The submission shares the process with our programs and observers: after `np.array_equal = ...` they
would conclude what it likes. So the names are kept, and `serve` compares those that a call rests on
after the import and after the call; the grader reports what was replaced. A program that is
determined can hide this too: docs/security.md says what stands against it.
"""

import builtins
import sys
from collections.abc import Iterable, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

_OURS = ("autograder.wire", "autograder.worker", "programs")
_OF_FUNCTIONS = ("__code__", "__defaults__", "__kwdefaults__")
_NEAR = 2  # modules that ours use, and modules in these: np and np.random
_MOST = 9  # reported

Name = tuple[Any, str]  # a module, class or function, and a name in it


class Originals:
    """What modules of ours, and those that they use, hold now."""

    def __init__(self) -> None:
        self._kept: dict[Any, dict[str, Any]] = {}
        self._modules: dict[int, ModuleType] = {}  # by their namespaces
        self._replaced: set[Name] = set()
        self.serving: set[Name] = set()  # what every call rests on
        self._keep([builtins])
        self.add()

    def add(self) -> None:
        """Keep also what was imported since."""
        near = [module for name, module in list(sys.modules.items()) if name.startswith(_OURS)]
        for _ in range(_NEAR):
            near = self._keep(near)
        self._keep(near)

    def look(self, used: Iterable[Name]) -> None:
        """Once the submission is imported: what it has replaced of these counts for good.

        All that is kept would take 5 ms in a forked worker, which copies each page that it touches.
        """
        self._replaced = set(filter(self._differs, self.serving.union(used)))

    def replaced(self, used: Iterable[Name]) -> tuple[str, ...]:
        """Those of these names, and of what serves every call, that are not the original ones.

        Also when only after the import.
        """
        found = (
            each
            for each in self.serving.union(used)
            if each in self._replaced or self._differs(each)
        )
        return tuple(sorted(f"{owner.__name__}.{name}" for owner, name in found))[:_MOST]

    def used_by(self, functions: Iterable[Any]) -> set[Name]:
        """The names that functions or classes of ours use, and those of ours that they use."""
        found: set[Name] = set()
        waiting = [each for each in map(_plain, functions) if each in self._kept]
        while waiting:
            owner = waiting.pop()
            new = {(owner, name) for name in self._kept[owner]}
            if isinstance(owner, FunctionType):
                new |= self._named(self._modules.get(id(owner.__globals__)), _names(owner.__code__))
            values = (_plain(self._kept[holder][name]) for holder, name in new - found)
            waiting += [value for value in values if _is_ours(value) and value in self._kept]
            found |= new
        return found

    def _keep(self, owners: Iterable[Any]) -> list[ModuleType]:
        """Keep what these hold, and all that is ours in it; returns the modules in it."""
        near, waiting = [], list(owners)
        while waiting:
            owner = waiting.pop()
            if owner in self._kept:
                continue
            if isinstance(owner, FunctionType):
                self._kept[owner] = dict(_held(owner))
                continue
            held = _held(owner).items()
            self._kept[owner] = {n: v for n, v in held if n[:2] != "__" or _is_ours(_plain(v))}
            values = [_plain(value) for value in self._kept[owner].values()]
            waiting += filter(_is_ours, values)
            if isinstance(owner, ModuleType):
                self._modules[id(vars(owner))] = owner
                near += [value for value in values if _is(value, ModuleType)]
        return near

    def _named(self, module: ModuleType | None, names: set[str]) -> set[Name]:
        """Those of the module, of modules in it, and of Python itself that these names may mean."""
        found: set[Name] = set()
        waiting = [builtins, module]
        while waiting:
            owner = waiting.pop()
            kept = self._kept.get(owner, {})
            for name in names & kept.keys():
                if (owner, name) not in found and isinstance(kept[name], ModuleType):
                    waiting.append(kept[name])
                found.add((owner, name))
        return found

    def _differs(self, name: Name) -> bool:
        owner, attribute = name
        return _held(owner).get(attribute, self) is not self._kept[owner][attribute]


def _held(owner: Any) -> Mapping[str, Any]:
    """What a module, class or function holds now."""
    if isinstance(owner, FunctionType):
        return {name: getattr(owner, name) for name in _OF_FUNCTIONS}
    held: Mapping[str, Any] = vars(owner)
    return held


def _plain(value: Any) -> Any:
    """The function within a method, a property or a decorated function."""
    if _is(value, classmethod, staticmethod):
        return value.__func__
    if _is(value, property):
        return value.fget
    return getattr(value, "__wrapped__", value) if _is(value, FunctionType) else value


def _is(value: Any, *kinds: type) -> bool:
    """By its type alone: `isinstance` also asks the value for its class, and may run its code."""
    return issubclass(type(value), kinds)


def _is_ours(value: Any) -> bool:
    return _is(value, FunctionType, type) and str(value.__module__).startswith(_OURS)


def _names(code: CodeType) -> set[str]:
    """All names in a function, and in functions within it."""
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return set(code.co_names).union(*map(_names, inner))
