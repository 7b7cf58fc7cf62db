"""autograder.release.lab_report.notebook: what students get of a source notebook."""

import importlib.util
import json
from pathlib import Path

import pytest

from autograder.model.course import find_assignment
from autograder.model.errors import ReleaseError
from autograder.model.lab_report import REPORT
from autograder.release.lab_report import notebook as release
from autograder.release.lab_report.notebook import is_release_of, release_notebook, student_notebook
from autograder.release.leaks.leak import find_leaks
from autograder.release.leaks.private_lines import private_lines
from autograder.tests.release.small import SECRET, mean_of, small_course
from autograder.tests.report.small import (
    MARK_SCHEME,
    MODEL_ANSWER,
    MODEL_CODE,
    REFERENCES,
    REPOSITORY,
    answer,
    cells,
    graded,
    notebook,
    write_report,
)

needs_nbgrader = pytest.mark.skipif(
    importlib.util.find_spec("nbgrader") is None, reason="NOT TESTED HERE: nbgrader is missing"
)


_OUTPUT = {"name": "stdout", "output_type": "stream", "text": [MODEL_ANSWER]}
EXECUTED = notebook([*cells()[:2], cells()[2] | {"outputs": [_OUTPUT]}])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with the small report."""
    root = small_course(tmp_path_factory.mktemp("course"))
    write_report(root, EXECUTED)
    return root


@pytest.fixture(scope="module")
def made(root: Path) -> bytes:
    """Its student version."""
    return release_notebook(root / "reference" / "mean" / REPORT)


@needs_nbgrader
def test_students_get_questions_and_stubs(made: bytes) -> None:
    """No mark scheme, no model answer, no output of one; no cell can be deleted."""
    content = json.loads(made)
    assert ["".join(cell["source"]) for cell in content["cells"]] == [
        "## Means (R1a, 3 points)\nThe result is the mean, right to rounding.",
        "**Explanation:**\nYOUR ANSWER HERE",
        "rows = [1, 2]\n# YOUR CODE HERE",
    ]
    assert [cell["metadata"]["deletable"] for cell in content["cells"]] == [False] * 3
    assert [cell["metadata"].get("editable", True) for cell in content["cells"]] == [False, 1, 1]
    assert [c["metadata"]["nbgrader"].get("points") for c in content["cells"]] == [None, 1, 2]
    for private in (MODEL_ANSWER, MODEL_CODE, MARK_SCHEME, "BEGIN", "END"):
        assert private not in made.decode()


@needs_nbgrader
@pytest.mark.parametrize("folder", REFERENCES, ids=lambda folder: folder.name)
def test_committed_versions_are_those_of_their_sources(folder: Path) -> None:
    """Made anew, the bytes are the same, so that two releases are; students are told no answer."""
    committed = REPOSITORY / "student_templates" / folder.name / REPORT
    anew = release_notebook(folder / REPORT)
    assert anew == committed.read_bytes().replace(b"\r\n", b"\n")
    assignment = find_assignment(REPOSITORY, folder.name)
    assert find_leaks({REPORT: anew}, assignment, REPOSITORY, None) == []


@needs_nbgrader
def test_a_fresh_version_needs_no_nbgrader(
    root: Path, made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept, whatever the checkout does to line ends; after a change the error says why."""
    committed = tmp_path / REPORT
    committed.write_bytes(made.replace(b"\n", b"\r\n"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert student_notebook(mean_of(root), committed) == {REPORT: made}
    committed.write_bytes(made.replace(b"ANSWER", b"answer"))
    with pytest.raises(ReleaseError) as raised:
        student_notebook(mean_of(root), committed)
    assert str(raised.value).startswith("reference/mean/report.ipynb has changed, and nbgrader, ")
    assert 'type pip install -e ".[instructor]"' in str(raised.value)


@needs_nbgrader
def test_every_change_asks_for_a_new_version(
    made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the source, of the student version, of how nbgrader is set; a foreign file is none."""
    source, committed = tmp_path / "source.ipynb", tmp_path / REPORT
    source.write_text(EXECUTED)
    committed.write_bytes(made)
    assert is_release_of(source, committed)
    for other in (made.replace(b"YOUR", b"MY"), b"{", b"[]", b"{}", b'{"metadata": {}}'):
        committed.write_bytes(other)
        assert not is_release_of(source, committed)
    committed.write_bytes(made)
    source.write_text(notebook(cells()[:2]))
    assert not is_release_of(source, committed)
    source.write_text(EXECUTED)
    (tmp_path / "config.py").write_text("c = get_config()\n")
    monkeypatch.setattr(release, "_CONFIG", tmp_path / "config.py")
    assert not is_release_of(source, committed)


@needs_nbgrader
def test_what_nbgrader_refuses_is_not_released(root: Path, tmp_path: Path) -> None:
    """Its own last words are in the error, here about an id that two cells have."""
    source = tmp_path / "mean" / REPORT
    source.parent.mkdir()
    twice = [*cells(), graded("markdown", "R1a-text", 1, answer("Again:", "and again"))]
    source.write_text(notebook(twice))
    with pytest.raises(ReleaseError, match="nbgrader cannot make a students' version") as raised:
        release_notebook(source)
    assert "Notebook failed to validate" in str(raised.value)


def test_without_a_source_there_is_no_report(tmp_path: Path) -> None:
    """An assignment need not have one."""
    assert student_notebook(mean_of(small_course(tmp_path)), tmp_path / REPORT) == {}


@pytest.mark.parametrize("row", [MODEL_ANSWER, MODEL_CODE, MARK_SCHEME])
def test_its_private_lines_are_looked_for(root: Path, row: str) -> None:
    """In whatever students get: model answers, code and mark schemes; what is given is public."""
    found = find_leaks({"notes.md": row.encode()}, mean_of(root), root, SECRET)
    assert len(found) == 1
    assert found[0].startswith("notes.md holds a line of the graders' lab report (report.ipynb, ")
    given = {origin.file for origin in private_lines(mean_of(root)).values()}
    assert "report.ipynb, cell R1a-text" in given
    assert find_leaks({"a.md": b"## Means (R1a, 3 points)"}, mean_of(root), root, SECRET) == []


def test_plots_of_the_lab_may_be_the_plots_of_the_report(tmp_path: Path) -> None:
    """What stands in the assignment's public files gives nothing away."""
    root = small_course(tmp_path)
    write_report(root)
    (root / "assignments" / "mean" / "experiments.py").write_text(MODEL_CODE)
    assert find_leaks({"notes.md": MODEL_CODE.encode()}, mean_of(root), root, SECRET) == []
    assert find_leaks({"notes.md": MODEL_ANSWER.encode()}, mean_of(root), root, SECRET) != []


@needs_nbgrader
def test_sections_of_experiments_that_are_off_are_left_out(tmp_path: Path) -> None:
    """From the heading that shows the experiment to the next one; the release follows a change."""
    heading = {"cell_type": "markdown", "metadata": {}, "id": "more"}
    shows = [{**heading, "source": "## B. More (R1b, 2 points)\n\n*Show:* `more`. A table"}]
    after = [{**heading, "id": "end", "source": ["# The end\n", "of it"]}]
    source = tmp_path / REPORT
    source.write_text(notebook([*shows, *cells(), *after]))

    def headings(made: bytes) -> list[str]:
        texts = ["".join(cell["source"]) for cell in json.loads(made)["cells"]]
        return [text.partition("\n")[0] for text in texts if text.startswith("#")]

    whole, given = release_notebook(source), release_notebook(source, {"more"})
    assert headings(whole)[0] == "## B. More (R1b, 2 points)"
    assert headings(given) == headings(whole)[1:]
    committed = tmp_path / "committed.ipynb"
    committed.write_bytes(given)
    assert is_release_of(source, committed, {"more"}) and not is_release_of(source, committed)
