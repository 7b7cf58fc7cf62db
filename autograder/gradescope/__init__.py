"""Gradescope: the autograder zip, what runs inside the container, and a rehearsal of both."""
