"""Compare two API documents and describe the changes for users of the API."""
