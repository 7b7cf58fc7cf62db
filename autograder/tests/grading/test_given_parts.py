"""What a course leaves out when it switches parts off: definitions and their names."""

from autograder.grading.declaring.given_parts import given_sources, names_left_out
from autograder.release.strip import strip_solutions

MAIN = '''"""All of it."""

from racing import ASHA, rungs
from spaces import grid

__all__ = ["ASHA", "grid", "rungs"]


# Part 1: spaces
def bounds(x):
    """Given to students."""
    return min(x), max(x)


@staticmethod
def value(x):
    """A value."""
    ### BEGIN SOLUTION part 1.1: a value
    return x
    ### END SOLUTION


# Part 3: models
def fit(x):
    """A fit."""
    ### BEGIN SOLUTION part 3.1: a fit
    return helper(x)
    ### END SOLUTION


def fit_twice(x):
    """Given to students, and of no use without their `fit`."""
    return fit(fit(x))
'''
RACING = '''"""Racing."""


class Rule:
    """The base of what stays."""

    def forward(self):
        ### BEGIN SOLUTION part 3.1: forward
        return 1
        ### END SOLUTION

    def given(self):
        return 2


class Sum(Rule):
    def backward(self):
        ### BEGIN SOLUTION part 1.1: backward
        return 3
        ### END SOLUTION

    def forward(self):
        ### BEGIN SOLUTION part 3.1: forward
        return 4
        ### END SOLUTION


### BEGIN SOLUTION
def sorted_scores(x):
    return fit(x)


### END SOLUTION


class ASHA:
    def next_job(self):
        ### BEGIN SOLUTION part 3.2: a job
        return 5
        ### END SOLUTION


def rungs(R):
    ### BEGIN SOLUTION part 2.1: rungs
    return [R]
    ### END SOLUTION
'''
SOURCES = {"main.py": MAIN, "racing.py": RACING}


def test_without_parts_off_nothing_is_left_out() -> None:
    """The files are the same to the byte, also with line ends of Windows."""
    sources = {"main.py": MAIN.replace("\n", "\r\n")}
    assert given_sources(sources, ()) == sources
    assert names_left_out(sources, ()) == set()


def test_a_part_that_is_off_takes_its_definitions_along() -> None:
    """Functions, classes, their names elsewhere, headings, and what is given and uses them."""
    main = given_sources(SOURCES, ("3.1", "3.2"))["main.py"]

    assert names_left_out(SOURCES, ("3.1", "3.2")) == {"fit", "fit_twice", "ASHA"}
    assert "fit" not in main and "Part 3" not in main and "ASHA" not in main
    assert "from racing import rungs\n" in main and "['grid', 'rungs']" in main
    assert "def bounds" in main and "part 1.1" in main and "# Part 1: spaces" in main
    strip_solutions(main, "main.py")


def test_a_class_stays_when_another_is_derived_from_it() -> None:
    """It loses the methods of the part; a helper of the reference stays with its marks."""
    racing = given_sources(SOURCES, ("3.1", "3.2"))["racing.py"]

    assert "forward" not in racing and "class ASHA" not in racing
    assert "class Rule" in racing and "def given" in racing and "def backward" in racing
    assert "sorted_scores" in racing
    template = strip_solutions(racing, "racing.py")
    assert "SOLUTION" not in template and "\n\n\n\n" not in template


def test_an_import_of_which_nothing_is_left_goes() -> None:
    """All names of `from racing import ...` are of parts that are off."""
    main = given_sources(SOURCES, ("2.1", "3.2"))["main.py"]

    assert "racing" not in main and "['grid']" in main
