"""How checks are declared, and what can be read from their source without running them."""
