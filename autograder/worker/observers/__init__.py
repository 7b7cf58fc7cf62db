"""Observers around a call in the worker: bytes, interpreter steps, floating-point operations.

An observer is a module with `observe(function, arguments, keywords, folder)`, which calls the
function and returns its value and named counts; `folder` is the submission's. It may have a
`prepare()`, for what a held call needs once its arguments are there. The grader names the module
(`grading/context/counters.py`, `hotspots.py`), and `worker/student_module.py` calls it.
"""

from typing import Any

Counted = tuple[Any, dict[str, float]]  # the value of a call, and the counts by their names
