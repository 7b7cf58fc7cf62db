"""Never ends while it is imported.

expect: grader ends in time
passes: none
"""

while True:
    pass
