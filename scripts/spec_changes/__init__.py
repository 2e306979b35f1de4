"""What changed between two API documents, in the words of those who use the API."""
