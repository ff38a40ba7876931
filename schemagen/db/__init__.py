"""What a live database says of itself."""
