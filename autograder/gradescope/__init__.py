"""Everything Gradescope: the zip, what runs inside the container, and a rehearsal of both."""
