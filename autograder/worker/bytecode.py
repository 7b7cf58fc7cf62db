"""Compile the files of a worker before any of the submission's code runs.

The first worker of a grading does it (`serve`); later ones find the bytecode beside their files.
"""

import py_compile
import warnings
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path


def compile_files(folder: Path) -> dict[str, bytes]:
    """Compile each Python file in `folder`, for the imports that follow; bytecode by file name.

    A file that fails, or that Python warns of, is left out: every import shall say so.
    """
    compiled = {}
    for path in folder.glob("*.py"):
        with suppress(py_compile.PyCompileError, OSError), warnings.catch_warnings():
            warnings.simplefilter("error")
            # tied to no time of the source: the other workers have copies
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            written = py_compile.compile(str(path), doraise=True, invalidation_mode=mode)
            assert written
            compiled[path.name] = Path(written).read_bytes()
    return compiled


def cached(path: Path) -> Path:
    """Where Python looks for the bytecode of `path`."""
    return path.parent / "__pycache__" / Path(cache_from_source(path.name)).name
