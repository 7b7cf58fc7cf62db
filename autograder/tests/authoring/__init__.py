"""Tests of verify, new and the secret."""
