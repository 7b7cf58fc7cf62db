"""The layers by which the kernel isolates a worker, one module each, without other libraries.

Every layer has `unavailable()`, the reason why it cannot be used here ("" when it can), and
`apply(confinement)`, which the worker calls on itself.
"""
