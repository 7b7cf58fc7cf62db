"""What a submission may import: the same at home, where more is installed, as on the server.

Both launchers call it before a worker begins. Code of ours, such as observers and
the programs of checks, imports what it likes.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder
from importlib.metadata import Distribution, PackageNotFoundError, packages_distributions
from pathlib import Path
from types import FrameType
from typing import Any

_OURS = str(Path(__file__).parents[1])
_OF_WORKERS = {"autograder", "msgspec"}  # in every worker, on every machine
_BUILD_OF_PYTHON = "_sysconfigdata"


def permitted_modules(libraries: Sequence[str]) -> frozenset[str]:
    """The standard library, and these libraries with what they need, as far as it is installed."""
    names = {library.partition(".")[0] for library in libraries}
    waiting, seen = [part for name in names for part in _distributions(name)], set[str]()
    while waiting:
        found = waiting.pop()
        if found.name not in seen:
            seen.add(found.name)
            names |= _top_level(found)
            waiting += _needs(found)
    return frozenset({*sys.stdlib_module_names, *_OF_WORKERS, *names})


def imported_besides(permitted: frozenset[str]) -> list[str]:
    """What the grader has imported for itself.

    A launcher asks once: in each forked worker the search through all modules would take 4 ms.
    """
    return [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] not in permitted and getattr(module, "__file__", None)
    ]


def restrict_imports(permitted: frozenset[str], besides: Sequence[str]) -> None:
    """From here on a submission finds these modules, and the files that are on the search path
    later: its own. Everything else is not there, nor what was imported `besides`."""
    for name in besides:
        del sys.modules[name]
    inside = [each for each in sys.meta_path if each in (BuiltinImporter, FrozenImporter)]
    others = [each for each in sys.meta_path if each not in inside]
    sys.meta_path[:] = [*inside, _OnlyPermitted(others, permitted)]


class _OnlyPermitted(PathFinder):  # for what else finders are asked, such as versions of packages
    """The other finders of this process, for modules that are permitted."""

    def __init__(self, finders: Sequence[Any], permitted: frozenset[str]) -> None:
        self._finders, self._permitted = finders, permitted
        self._environment = frozenset(sys.path)

    def find_spec(  # type: ignore[override]  # a class method there
        self, name: str, path: Sequence[str] | None = None, target: Any = None
    ) -> ModuleSpec | None:
        closed = path is None and name not in self._permitted
        if closed and not name.startswith(_BUILD_OF_PYTHON):
            own = [folder for folder in sys.path if folder not in self._environment]
            if own and not _for_us(sys._getframe(1), tuple(own)):
                return PathFinder.find_spec(name, own, target)
        found = (finder.find_spec(name, path, target) for finder in self._finders)
        return next((spec for spec in found if spec is not None), None)


def _for_us(frame: FrameType | None, own: tuple[str, ...]) -> bool:
    """Whether code of ours wants a module, by itself or through a library; `own` are the folders of
    the submission."""
    while frame is not None and not frame.f_code.co_filename.startswith(own):
        file = frame.f_code.co_filename
        if file.startswith(_OURS) and file != __file__:
            return True
        frame = frame.f_back
    return False


def _distributions(library: str) -> Iterator[Distribution]:
    """What is installed under the name of a library, else what holds a module of this name."""
    try:
        yield Distribution.from_name(library)
    except PackageNotFoundError:
        yield from map(Distribution.from_name, packages_distributions().get(library, ()))


def _needs(found: Distribution) -> Iterator[Distribution]:
    for text in found.requires or ():
        name = re.match(r"[\w.-]+", text)
        if name and "extra ==" not in text:
            try:
                yield Distribution.from_name(name[0])
            except PackageNotFoundError:  # not on this system
                continue


def _top_level(found: Distribution) -> set[str]:
    """The modules of a distribution."""
    listed = (found.read_text("top_level.txt") or "").split()
    name = found.name.replace("-", "_")
    return set(listed) or {name, name.lower()}
