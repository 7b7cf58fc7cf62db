"""Grade a class: many submissions, on one machine or on several, and what is learnt from them.

`taking_in` copies what was handed in, `engine` grades it and keeps a ledger, `outputs` writes
grades and pages, `similarity` compares the submissions with each other.
"""
