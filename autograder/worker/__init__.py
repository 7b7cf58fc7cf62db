"""What runs in the untrusted process, which imports the submission and answers calls.

Nothing here may import what holds answers; import-linter checks it.
"""
