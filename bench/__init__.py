"""What takes how long, measured: each a command of its own; `make` knows them."""
