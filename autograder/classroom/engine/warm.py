"""The warm process of a run: it has imported everything, has read nothing, and forks each grading.

`python -m autograder.classroom.engine.warm --serve DESCRIPTOR LIBRARY...`, started by `local`.
"""

import sys

from autograder.classroom.engine.task import grade_task
from autograder.grading.running.grading_server import fork_gradings

if __name__ == "__main__":
    fork_gradings(int(sys.argv[2]), grade_task, sys.argv[3:])
