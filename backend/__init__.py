"""F2X NeuroHub's backend: its configuration, its database and its migrations."""
