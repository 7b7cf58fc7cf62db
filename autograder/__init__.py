"""Autograded programming assignments for large-scale machine learning systems."""

__version__ = "0.1.0"
