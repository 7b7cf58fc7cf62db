"""The programs under reference/<id>/submissions/: how they are read, and refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.declaring.proving_programs import (
    compose,
    composed,
    files_of_reference,
    merge_patch,
    programs_of,
)
from autograder.model.assignment import Assignment
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import replace, tiny_of, write

FIRST = "check_mean_square_of_three_numbers"
GOOD = f'"""Wrong\nindeed.\n\ncaught by: {FIRST}\nmessage: off: by one\n"""\n'


def add(course: Path, name: str, text: str) -> Assignment:
    """The assignment with this program, and no other."""
    submissions = course / "reference" / "tiny" / "submissions"
    for path in submissions.rglob("*.py"):
        path.unlink()
    write(submissions, name, text)
    return tiny_of(course)


def test_a_program_is_what_its_folder_and_docstring_say(course: Path) -> None:
    """Verdict from the folder; title, checks and message from the docstring."""
    (program,) = programs_of(add(course, "wrong/off.py", GOOD)).usable
    assert (program.name, program.title) == ("wrong/off", "Wrong indeed.")
    assert (program.verdict, program.caught_by) == (Verdict.WRONG, (FIRST,))
    assert program.message == "off: by one"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("wrong/x.py", '"""Silent."""\n', "its docstring needs the lines `caught by: CHECK` and"),
        ("wrong/x.py", "x = 1\n", "its docstring needs the lines"),
        ("wrong/x.py", GOOD.replace("message: off", "off"), "its docstring needs the lines"),
        ("wrong/x.py", GOOD.replace(FIRST, " , "), "its docstring needs the lines"),
        ("wrong/x.py", GOOD.replace("three", "tree"), f"did you mean {FIRST!r}?"),
        ("wrong/x.py", "def f(:\n", "it cannot be read: invalid syntax (x.py, line 1)"),
        ("wrong/x.py", "\0", "it cannot be read: source code"),
        (
            "wrong/x.py",
            GOOD.replace("message", "appended to: tinny.py\nmessage"),
            "'tinny.py' is not submitted; did you mean 'tiny.py'?",
        ),
        ("wrogn/x.py", GOOD, "no verdict 'wrogn'; did you mean 'wrong'?"),
        ("passed/x.py", GOOD, "no verdict 'passed'"),
        ("grader_error/x.py", GOOD, "no verdict 'grader_error'"),
        ("x.py", GOOD, "file it in a folder named after its verdict"),
        ("wrong/deep/x.py", GOOD, "file it in a folder named after its verdict"),
    ],
)
def test_an_unusable_program_is_a_problem(course: Path, name: str, text: str, problem: str) -> None:
    """It is reported with the reason, and the other programs are read."""
    found = programs_of(add(course, name, text))
    assert found.usable == []
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"submissions/{name}: ")
    assert problem in found.problems[0]


def test_programs_of_parts_switched_off_are_left_out(course: Path) -> None:
    """Programs of parts that the course does not give may stay."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '[[parts]]\nid = "2"\ntitle = "More"\npoints = 1\nhours = 1\n\n[budgets'
    replace(toml, "[budgets", more)
    assignment = add(course, "wrong/off.py", GOOD)
    checks = course / "assignments" / "tiny" / "checks" / "check_1_mean_square.py"
    source = checks.read_text().replace('part="1.1"', 'part="2"')
    write(checks.parent, "check_2.py", source.replace("def check_", "def check_more_"))
    replace(checks, "def check_mean_square_is_vectorised", "def check_it_is_vectorised")
    write(
        course / "reference" / "tiny" / "submissions",
        "wrong/more.py",
        GOOD.replace(FIRST, FIRST.replace("check_", "check_more_")),
    )
    replace(checks.parent / "check_2.py", 'needs="check_', 'needs="check_more_')
    assert len(programs_of(assignment).usable) == 2

    with (course / "course.toml").open("a") as file:
        file.write('[parts_off]\ntiny = ["2"]\n')
    found = programs_of(tiny_of(course))
    assert [program.name for program in found.usable] == ["wrong/off"]
    assert found.problems == []


def test_the_reference_lacks_functions_of_parts_switched_off(course: Path) -> None:
    """So that a check which is given and needs one of them is found: students do not write it."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '[[parts]]\nid = "2"\ntitle = "More"\npoints = 1\nhours = 1\n\n[budgets'
    replace(toml, "[budgets", more)
    body = "    ### BEGIN SOLUTION part 2: more\n    return x\n    ### END SOLUTION\n"
    path = course / "reference" / "tiny" / "tiny.py"
    path.write_text(f"{path.read_text()}\n\ndef more(x):\n{body}")
    assert b"def more" in files_of_reference(tiny_of(course))["tiny.py"]
    with (course / "course.toml").open("a") as file:
        file.write('[parts_off]\ntiny = ["2"]\n')
    (text,) = files_of_reference(tiny_of(course)).values()
    assert b"def more" not in text and b"def mean_square" in text


def test_a_program_is_appended_to_the_reference(course: Path, tmp_path: Path) -> None:
    """So it can use the reference's names, and its own definitions come last and win."""
    assignment = tiny_of(course)
    program = next(p for p in programs_of(assignment).usable if p.verdict is Verdict.WRONG)
    folder = tmp_path / "composed"
    folder.mkdir()
    compose(assignment, program, folder)
    text = (folder / "tiny.py").read_text()
    reference = (course / "reference" / "tiny" / "tiny.py").read_text()
    assert text == reference + "\n\n" + program.path.read_text()
    compose(assignment, None, folder)
    assert (folder / "tiny.py").read_text() == reference


@pytest.mark.parametrize(
    ("target", "patch", "want"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "foo"}, None, None),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_measurements_are_patched_as_the_standard_says(target: Any, patch: Any, want: Any) -> None:
    """The examples of RFC 7396, appendix A."""
    assert merge_patch(target, patch) == want


def test_a_program_of_the_lab_changes_the_data(course: Path, tmp_path: Path) -> None:
    """Its patch is merged into the reference's measurements; null takes the file away."""
    assignment = add(course, "wrong/off.py", GOOD)
    write(course, "assignments/tiny/experiments.py", "")
    write(course, "reference/tiny/measurements.json", '{"settings": {"quick": false, "B": 3}}')
    (off,) = (p for p in programs_of(assignment).usable if p.name == "wrong/off")
    submissions = course / "reference" / "tiny" / "submissions"
    write(submissions, "wrong/off.json", '{"settings": {"quick": true}}')
    data = composed(assignment, off)["measurements.json"]
    assert json.loads(data) == {"settings": {"quick": True, "B": 3}}
    write(submissions, "wrong/off.json", "null")
    assert list(composed(assignment, off)) == ["tiny.py"]
    assert sorted(composed(assignment, None)) == ["measurements.json", "tiny.py"]


def test_a_program_names_the_file_it_is_appended_to(course: Path, tmp_path: Path) -> None:
    """It names one of several submitted files, and the others use its definitions."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    replace(toml, 'submit = ["tiny.py"]', 'submit = ["tiny.py", "more.py"]')
    write(course / "reference" / "tiny", "more.py", "x = 1\n")
    assignment = add(
        course, "wrong/off.py", GOOD.replace("message", "appended to: more.py\nmessage")
    )
    (program,) = programs_of(assignment).usable
    compose(assignment, program, tmp_path)
    assert (tmp_path / "more.py").read_text() == "x = 1\n\n\n" + program.path.read_text()
