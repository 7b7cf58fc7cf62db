"""Tests of autograder.release."""
