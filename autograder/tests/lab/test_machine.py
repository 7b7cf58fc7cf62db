"""What the results say of the machine."""

import psutil
import pytest
import threadpoolctl

from autograder.lab.machine import DECISIVE, facts_of_machine


def test_the_machine_is_told_with_its_blas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, version, instruction set and threads, as the library itself says."""
    blas = {"user_api": "blas", "internal_api": "openblas", "version": "0.3", "num_threads": 3}
    others = [{"user_api": "openmp", "num_threads": 8}, {**blas, "architecture": "Haswell"}]
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: others)
    facts = facts_of_machine()
    assert (facts["blas"], facts["blas_threads"]) == ("openblas 0.3 Haswell", 3)
    assert facts["memory_bytes"] == psutil.virtual_memory().total
    assert {*DECISIVE} - {"torch"} <= {*facts}


def test_a_blas_that_tells_nothing_has_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Apple's: its name is that of numpy's build, its threads those of the environment."""
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: [])
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    facts = facts_of_machine()
    assert str(facts["blas"]) and facts["blas_threads"] == 1
