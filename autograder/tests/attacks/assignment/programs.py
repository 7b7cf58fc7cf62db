"""What runs beside the submission."""


def peek(student):
    """The probe, called in the worker."""
    return student.probe()
