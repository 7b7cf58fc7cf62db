"""Interpreter steps: which code counts, on which Python, and what meddling with the count does."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.worker.observers import steps
from autograder.worker.observers.own_code import is_own_code

N = 500
SOURCE = '''
import functools, itertools, re, threading
import numpy as np


def product(x): return np.outer(x, x)
def softmax(x):
    P = np.exp(x - x.max())
    P = P / P.sum()
    return float((P * x).sum() + np.unique(P).mean())
def in_a_library(x): return np.apply_along_axis(np.sum, 0, x.reshape(1, -1))


def plain_loop(x):
    out = 0.0
    for n in x:
        out += n
    return out
def while_loop(x):
    out, i = 0.0, 0
    while i < len(x):
        out += x[i]; i += 1
    return out
def asarray_then_loop(x):
    out = np.zeros_like(x)
    for i in range(len(x)):
        out[i] = np.asarray(x)[i] ** 2
    return out
def with_try(x):
    out = 0.0
    for n in x:
        try:
            out += 1 // (int(n) % 2)
        except ZeroDivisionError:
            out -= 1
    return out
def list_comprehension(x): return [n + 1 for n in x]
def set_comprehension(x): return len({n + 1 for n in x})
def dict_comprehension(x): return len({n: n + 1 for n in x})
def generator(x): return sum(n + 1 for n in x)
def fromiter(x): return np.fromiter((n for n in x), float)
def lambda_in_map(x): return list(map(lambda n: n + 1, x))
def loop_in_lambda(x): return (lambda y: [n for n in y])(x)
def in_filter(x): return list(filter(lambda n: n > 3, x))
def sort_key(x): return sorted(x, key=lambda n: -n)
def in_reduce(x): return functools.reduce(lambda a, b: a + b, x)
def in_accumulate(x): return list(itertools.accumulate(x, lambda a, b: a + b))
def in_starmap(x): return list(itertools.starmap(lambda a, b: a + b, zip(x, x)))
def vectorize(x): return np.vectorize(lambda n: n + 1)(x)
def frompyfunc(x): return np.frompyfunc(lambda n: n + 1, 1, 1)(x)
def apply_along_axis(x): return np.apply_along_axis(lambda n: n + 1, 0, x.reshape(1, -1))
def substitution(x): return re.sub("a", lambda match: "b", "a" * len(x))
def recursion(x):
    def total(y):
        return y[0] if len(y) == 1 else total(y[: len(y) // 2]) + total(y[len(y) // 2 :])
    return total(x)
def over_bytes(x): return sum(byte for byte in x.tobytes())
def over_text(x): return sum(float(text) for text in " ".join(map(str, x)).split())
def iterator_class(x):
    class Numbers:
        def __init__(self): self.i = 0
        def __iter__(self): return self
        def __next__(self):
            if self.i >= len(x): raise StopIteration
            self.i += 1
            return x[self.i - 1]
    return sum(Numbers())
def operator_of_a_class(x):
    class Number:
        def __init__(self, v): self.v = v
        def __add__(self, other): return Number(self.v + getattr(other, "v", other))
        __radd__ = __add__
    return sum(map(Number, x)).v
def evaluated(x): return eval("[n + 1 for n in x]", {"x": x})
names = {}
exec(compile("""
def f(x):
    out = 0.0
    for n in x:
        out += n
    return out
""", "/usr/elsewhere.py", "exec"), names)
def of_another_file(x): return names["f"](x)
def in_a_thread(x):
    thread = threading.Thread(target=plain_loop, args=(x,))
    thread.start()
    thread.join()
'''
# steps an entry on Python 3.11; the others stay within a factor of two
LOOPS = {
    "plain_loop": 7, "while_loop": 17, "asarray_then_loop": 15, "with_try": 20,
    "list_comprehension": 7, "set_comprehension": 7, "dict_comprehension": 8, "generator": 8,
    "fromiter": 6, "lambda_in_map": 4, "loop_in_lambda": 5, "in_filter": 4, "sort_key": 3,
    "in_reduce": 4, "in_accumulate": 4, "in_starmap": 4, "vectorize": 4, "frompyfunc": 4,
    "apply_along_axis": 4, "substitution": 2, "recursion": 49, "over_bytes": 48, "over_text": 9,
    "iterator_class": 22, "operator_of_a_class": 24, "evaluated": 7, "of_another_file": 7,
    "in_a_thread": 7,
}  # fmt: skip
_TOOLS = "for n in range(6): sys.monitoring.get_tool(n)"
OFF = {
    "no more": "sys.settrace(None)",
    "another": "sys.settrace(lambda *of: None)",
    "no tool": f"{_TOOLS} and sys.monitoring.free_tool_id(n)",
    "no events": f"{_TOOLS} and sys.monitoring.set_events(n, 0)",
    "another callback": f"{_TOOLS} and sys.monitoring.register_callback(n, "
    "sys.monitoring.events.INSTRUCTION, lambda *of: None)",
}


def imported(folder: Path, source: str) -> ModuleType:
    """A submission with this text."""
    (folder / "work.py").write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("work", folder / "work.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The submission with all the loops."""
    return imported(tmp_path_factory.mktemp("worker"), SOURCE)


def count(function: Callable[..., Any], *arguments: Any) -> float:
    """The steps of a call, after one that warms up."""
    folder = str(Path(function.__code__.co_filename).parent)
    steps.observe(function, arguments, {}, folder)
    _, counts = steps.observe(function, arguments, {}, folder)
    assert counts.keys() == {"steps"}
    return counts["steps"]


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_counted_however_it_is_spelt(work: ModuleType, name: str) -> None:
    """Each entry costs what it costs on Python 3.11, within a factor of two on every version."""
    more = count(getattr(work, name), np.arange(2.0 * N)) - count(getattr(work, name), np.arange(N))
    assert 0.5 <= more / N / LOOPS[name] <= 2


@pytest.mark.parametrize("name", ["product", "softmax", "in_a_library"])
def test_array_operations_take_few_steps_whatever_their_size(work: ModuleType, name: str) -> None:
    """Steps within numpy are not the student's, and arrays of any size take the same."""
    assert count(getattr(work, name), np.arange(9.0)) < 50
    assert count(getattr(work, name), np.arange(9.0)) == count(getattr(work, name), np.arange(99.0))


@pytest.mark.parametrize("name", LOOPS)
def test_the_count_is_the_same_each_time(work: ModuleType, name: str) -> None:
    """Five calls, one count."""
    x = np.arange(100.0)
    assert len({count(getattr(work, name), x) for _ in range(5)}) == 1


@pytest.mark.parametrize("how", OFF)
def test_switching_the_counting_off_is_noticed(tmp_path: Path, how: str) -> None:
    """Code that removes the trace function or tool is reported; the next count is right."""
    is_monitored = sys.version_info >= (3, 12)
    if ("monitoring" in OFF[how]) is not is_monitored:
        pytest.skip("this Python counts the other way")
    loop = "    return [n for n in x]\n"
    module = imported(tmp_path, f"import sys\ndef f(x):\n    {OFF[how]}\n{loop}def g(x):\n{loop}")
    _, counts = steps.observe(module.f, ([1, 2],), {}, str(tmp_path))
    assert counts["switched_off"] == 1
    assert count(module.g, range(100)) > 200


def test_an_exception_ends_the_counting(tmp_path: Path) -> None:
    """What is raised comes through, and the next count is right."""
    module = imported(tmp_path, "def f(x):\n    return 1 / x\n")
    with pytest.raises(ZeroDivisionError):
        steps.observe(module.f, (0,), {}, str(tmp_path))
    assert 0 < count(module.f, 1) < 10


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("{folder}/work.py", True),
        ("<string>", True),
        ("{folder}/../data.py", True),
        ("{folder}/../programs.py", False),
        ("{folder}/../programs_more.py", False),
        ("<frozen importlib._bootstrap>", False),
        (np.__file__, False),
        (importlib.util.__file__, False),
        (steps.__file__, False),
    ],
)
def test_only_known_folders_are_not_the_submissions(tmp_path: Path, name: str, own: bool) -> None:
    """Libraries, the framework and the check's programs do not count; whatever else does."""
    folder = tmp_path / "submission"
    path = name.format(folder=folder).replace("submission/../", "")
    assert is_own_code(str(folder))(path) is own
