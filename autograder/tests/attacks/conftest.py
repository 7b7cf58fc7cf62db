"""Attacks are graded in an interpreter of their own, as students' work is."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def servers() -> None:
    """No grading server: also, after each attack no process may be left behind."""
