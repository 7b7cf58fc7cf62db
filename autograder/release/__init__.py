"""What students get, made from the reference: the template, recorded answers, the student zip."""

from autograder.release.student_zip import ReleaseResult, release_assignment

__all__ = ["ReleaseResult", "release_assignment"]
