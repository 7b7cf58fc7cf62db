"""Reports for readers: terminal, HTML, JSON and Gradescope. No verdict or point is decided here."""
