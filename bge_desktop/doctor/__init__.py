"""Looking whether all is well with the program and a library, and saying what to do. Nothing here changes anything."""
