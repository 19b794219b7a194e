"""What the documents are about: topics, and labels that a person gives them."""
