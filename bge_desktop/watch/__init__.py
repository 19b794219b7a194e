"""Walking the folders, what is left out of them, and seeing them change."""
