"""What the app writes down of its own doings: a log, and reports of crashes. Never what files or queries say."""
