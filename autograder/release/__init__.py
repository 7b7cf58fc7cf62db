"""Everything that students receive, made from the reference: template, answers, student zip.

Called by `autograder release`, `verify` and `new`.
"""

from autograder.release.student_zip import ReleaseResult, release_assignment, release_problems

__all__ = ["ReleaseResult", "release_assignment", "release_problems"]
