"""Observers around a call in the worker: bytes, interpreter steps, floating-point operations."""
