"""Tests of autograder.model."""
