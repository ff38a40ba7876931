"""`python -m schemagen` is `schemagen`."""

from schemagen.cli import main

main(prog_name="schemagen")
