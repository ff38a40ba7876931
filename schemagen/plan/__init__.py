"""From changes to steps: what a revision does on each database, one way and the other."""
