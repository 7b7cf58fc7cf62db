"""Run a submission in a process of its own and talk to it in plain values.

grader (trusted) --fork--> launcher (libraries, no secrets) --fork--> worker (the submission)
"""
