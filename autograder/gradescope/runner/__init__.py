"""What runs inside Gradescope's container: from run_autograder to results.json."""
