"""What other programs do with the same files and weights; run in their own environment, never imported by the app."""
