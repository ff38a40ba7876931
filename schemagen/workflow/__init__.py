"""What the commands do, without the command line: from files to files."""
