"""How checks are declared, what is read from their source, and the programs that prove them."""
