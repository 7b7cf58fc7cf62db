"""Tests of `autograder lab`."""
