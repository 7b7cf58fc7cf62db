"""Tests of everything Gradescope."""
