"""A process of its own: grade lab reports with nbgrader, as docs/instructors.md says.

    python -m autograder.tests.report.gradebook FOLDER

FOLDER has `source` and `submitted`; what nbgrader made of them is printed as JSON. The scores of
one student are entered by hand, as the formgrader does.
"""

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment] # slow, see nbgrader_steps.py

from nbconvert.exporters import HTMLExporter  # noqa: E402
from nbgrader.apps import NbGraderAPI  # noqa: E402
from nbgrader.plugins import CsvExportPlugin  # noqa: E402
from traitlets.config.loader import Config, PyFileConfigLoader  # noqa: E402

from autograder.release.lab_report import nbgrader_steps  # noqa: E402


def main(folder: Path) -> dict[str, Any]:
    """Generate, autograde and export everything; al1 earns all but half a point of each cell."""
    release = Path(nbgrader_steps.__file__).parents[1]
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(release)).load_config()
    config.CourseDirectory.root = str(folder)
    api = NbGraderAPI(config=config)
    found: dict[str, Any] = {"refused": [], "grades": {}}
    for assignment in sorted(path.name for path in (folder / "source").iterdir()):
        told = [api.generate_assignment(assignment)]
        students = sorted(path.name for path in (folder / "submitted").iterdir())
        told += [api.autograde(assignment, student) for student in students]
        found["refused"] += [each["log"] for each in told if not each["success"]]
        with api.gradebook as gradebook:
            for student in students:
                grades = gradebook.find_submission(assignment, student).notebooks[0].grades
                found["grades"][f"{assignment} {student}"] = {
                    grade.name: [grade.auto_score, grade.needs_manual_grade, grade.max_score]
                    for grade in grades
                }
            for grade in gradebook.find_submission(assignment, "al1").notebooks[0].grades:
                grade.manual_score = grade.max_score - 0.5
                grade.needs_manual_grade = False
            gradebook.db.commit()
    found["page"] = page(folder / "autograded" / "copied" / assignment / "report.ipynb", config)
    with api.gradebook as gradebook:
        exporter = CsvExportPlugin(config=config)
        exporter.to = str(folder / "grades.csv")
        exporter.export(gradebook)
    return found


def page(notebook: Path, config: Config) -> str:
    """What the formgrader shows of it, by the exporter that it uses."""
    exporter = HTMLExporter(config=config)  # type: ignore[no-untyped-call]
    return str(exporter.from_filename(str(notebook))[0])


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # nbgrader's, about SQLAlchemy
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    result = main(Path(sys.argv[1]))  # the database is made by `alembic`, looked for in PATH
    print(json.dumps(result))
