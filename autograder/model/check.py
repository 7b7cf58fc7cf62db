"""A check as it is declared in a check file, which is not imported for it."""

import msgspec

# what a check may ask for; the second and the third weaken the isolation of its workers
PROCESSES, SHARED_MEMORY = "processes", "shared memory"
ISOLATION = ("threads", PROCESSES, SHARED_MEMORY)


class CheckDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """One `check_*` function of a check file, known without importing the file."""

    id: str  # the function's name, unique within the assignment
    title: str  # first paragraph of the docstring: what the student reads
    part: str  # "1.2", as in assignment.toml
    points: float
    needs: tuple[str, ...] = ()  # ids of checks that must pass first
    visible: bool = True  # False: students see title, verdict, score, hint and their own line
    optional: bool = False  # extra credit: not part of the total
    hint: str = ""  # where in the handout to look
    file: str = ""  # relative to the checks folder
    why: str = ""  # why the course cares: one sentence a student learns from
    oracle: str = ""  # where the expected value comes from, and why that is independent
    isolation: tuple[str, ...] = ()  # of ISOLATION
    requires: tuple[str, ...] = ()  # of the handout: "R1.2a", or "R2a:Adam" of several classes
