"""Is nested more deeply than the parser can go.

expect: grader survives
passes: none
"""

exec("(" * 5000 + ")" * 5000)
