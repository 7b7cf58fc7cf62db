"""The noted calls of a check as a script, and the file of its large arrays beside it."""

import io
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.grading.showing.calls import NotedCall, NotedFunction
from autograder.grading.showing.signatures import parameters_of
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.values import is_tensor
from autograder.wire.recipe import Recipe

_LONGEST = 60  # entries of an array that is written out
_INDENT = "    "
_HEAD = '''\
"""What {check} calls.

Written by `autograder show`: the inputs of the check, without expected values. Functions of the
check return what they returned then.
"""

import copy
import sys

import numpy as np
from numpy import inf, nan

sys.dont_write_bytecode = True
sys.path[:0] = {folders!r}
'''
_LARGE = """
with np.load(__file__.removesuffix(".py") + ".npz") as file:
    large = dict(file)
"""
_HELPERS = {
    "fixed": '''
def fixed(array):
    """An input that may not be changed."""
    array.setflags(write=False)
    return array
''',
    "generator": '''
def generator(state):
    """A random generator as the check passes it."""
    made = np.random.Generator(getattr(np.random, state["bit_generator"])())
    made.bit_generator.state = state
    return made
''',
    "replayed": '''
def replayed(name, recorded):
    """A function of the check: it returns what it returned to the same arguments."""
    left = list(recorded)

    def function(*arguments, **keywords):
        for known in (left, recorded):
            for number, (asked, named, value) in enumerate(known):
                if same([asked, named], [list(arguments), keywords]):
                    if known is left:
                        del left[number]
                    return copy.deepcopy(value)
        raise LookupError(f"{name} was not asked this before: run autograder show again")

    return function


def same(one, other):
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    one, other = (each.detach() if hasattr(each, "detach") else each for each in (one, other))
    try:
        return np.shape(one) == np.shape(other) and np.allclose(one, other, equal_nan=True)
    except TypeError:  # texts, slices
        return one == other
''',
}


class Script:
    """The text of a script, and the arrays that are too large for it."""

    def __init__(self, check: str, assignment: Assignment, folder: Path) -> None:
        """`folder` has the submission."""
        self._check, self._assignment, self._folder = check, assignment, folder
        self._large: dict[str, np.ndarray] = {}

    def text(self, calls: Sequence[NotedCall]) -> str:
        """The script that makes these calls again. Raises GraderError for a value of no known
        type."""
        body = "\n\n".join(self._call(*numbered) for numbered in enumerate(calls, start=1))
        module = self._assignment.module.removesuffix(".py")
        folders = [str(self._folder), str(self._assignment.folder)]
        lines = [_HEAD.format(check=self._check, folders=folders), f"import {module}\n"]
        if any(call.program for call in calls):
            files = sorted(path.stem for path in self._assignment.folder.glob("programs*.py"))
            lines += [f"import {name}\n" for name in files]
        lines += ["import torch\n"] if "torch." in body else []
        lines += ["from autograder.wire.recipe import Recipe\n"] if "Recipe(" in body else []
        if self._large:
            lines += [_LARGE]
        lines += [f"\n{text}\n" for name, text in _HELPERS.items() if f"{name}(" in body]
        return f"{''.join(lines)}\n\n{body}\n"

    def arrays(self) -> bytes:
        """The file of arrays; empty where there are none."""
        if not self._large:
            return b""
        file = io.BytesIO()
        np.savez_compressed(file, **self._large)  # type: ignore[arg-type]  # names are keywords
        return file.getvalue()

    def _call(self, number: int, call: NotedCall) -> str:
        module = self._assignment.module.removesuffix(".py")
        source = self._folder / self._assignment.module
        owner, given = module, [] if not call.program else [module]
        if call.program:
            owner, source = self._program(call.function)
        names = parameters_of(source, call.function)[len(given) :]
        names += [f"argument_{n}" for n in range(len(names) + 1, len(call.arguments) + 1)]
        pairs = [*zip(names, call.arguments, strict=False), *call.keywords.items()]
        rows = [f"# call {number}", *(f"{name} = {self._source(value)}" for name, value in pairs)]
        positional = [*given, *names[: len(call.arguments)]]
        passed = ", ".join([*positional, *(f"{name}={name}" for name in call.keywords)])
        return "\n".join([*rows, f"print({call.function!r}, {owner}.{call.function}({passed}))"])

    def _program(self, name: str) -> tuple[str, Path]:
        """The module of a program, and its file."""
        for path in sorted(self._assignment.folder.glob("programs*.py")):
            if re.search(rf"^(def|class) {name}\b", path.read_text(encoding="utf-8"), re.MULTILINE):
                return path.stem, path
        return "programs", self._assignment.folder / "programs.py"

    def _source(self, value: Any) -> str:
        """Python that makes the value."""
        if isinstance(value, NotedFunction):
            rows = "".join(f"{_INDENT}{self._source(each)},\n" for each in value.noted)
            return f"replayed({value.__name__!r}, [\n{rows}])"
        if isinstance(value, np.random.Generator):
            return f"generator({self._source(dict(value.bit_generator.state))})"
        if isinstance(value, Recipe):
            return f"{value!r}.build()"
        if isinstance(value, np.generic):
            return f"np.{value.dtype.type.__name__}({value.item()!r})"
        if isinstance(value, np.ndarray):
            return self._array(value)
        if is_tensor(value):
            return self._tensor(value)
        return self._plain(value)

    def _plain(self, value: Any) -> str:
        inside = partial(map, self._source)
        if isinstance(value, list):
            return f"[{', '.join(inside(value))}]"
        if isinstance(value, tuple):
            return f"({', '.join(inside(value))}{',' * (len(value) == 1)})"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{k!r}: {self._source(v)}' for k, v in value.items())}}}"
        if value is None or isinstance(
            value, (bool, int, float, complex, str, bytes, slice, range)
        ):
            return repr(value)
        kind = type(value).__name__
        command = f"autograder check {self._assignment.id} --check {self._check} --debug"
        raise GraderError(f"a {kind} cannot be written into a script: use {command}")

    def _array(self, array: np.ndarray) -> str:
        if array.size > _LONGEST:
            name = f"a{len(self._large)}"
            self._large[name] = array
            text = f"large[{name!r}]"
        else:
            text = f"np.array({array.tolist()!r}, dtype={array.dtype.name!r})"
            text += "" if array.size else f".reshape({array.shape!r})"
            if array.ndim > 1 and array.flags.f_contiguous and not array.flags.c_contiguous:
                text = f"np.asfortranarray({text})"
        return text if array.flags.writeable else f"fixed({text})"

    def _tensor(self, tensor: Any) -> str:
        grad = f", requires_grad={tensor.requires_grad}" if tensor.requires_grad else ""
        plain = tensor.detach()
        if plain.numel() > _LONGEST:
            values = self._array(plain.double().numpy())
        else:
            values = repr(plain.tolist())
        return f"torch.tensor({values}, dtype={tensor.dtype}{grad})"
