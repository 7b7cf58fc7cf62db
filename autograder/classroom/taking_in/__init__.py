"""Take in what a class handed in: an export of Gradescope, a folder of submissions, or one file.

`handed` is what the commands call. Nothing that one student handed in ends the intake of others.
"""
