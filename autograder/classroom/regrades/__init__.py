"""What a fix of the grader changed: two gradings of a class compared, check by check.

`sides` reads each grading, `comparing` finds the changes, `repeating` measures again what is near
a time budget, and `terminal`, `table` and `page` show them.
"""
