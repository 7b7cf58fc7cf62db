"""The kernel's own walls around a worker, one module each, through ctypes alone.

Every layer has `unavailable()`, which says why it cannot be used here ("" when it can), and
`apply(confinement)`, which the worker calls on itself.
"""
