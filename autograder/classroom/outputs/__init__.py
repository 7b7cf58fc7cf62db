"""What is made of the gradings of a class: grades, and pages for people."""
