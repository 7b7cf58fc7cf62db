"""Hands in a conftest.py, a pytest.ini and a plugin that make every check pass.

expect: points only for right values
passes: all but check_total, check_total_is_vectorised, check_hidden_total
beside: conftest.py, pytest.ini, setup.cfg, tox.ini, pyproject.toml
"""


def pytest_runtest_makereport(item, call):
    """As a hook, would turn a failure into a success."""
    call.excinfo = None


def pytest_collection_modifyitems(items):
    """As a hook, would drop all checks."""
    items.clear()


def total(x):
    """Not the total."""
    return -1.0
