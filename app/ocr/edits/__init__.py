"""Changes of single words and lines of a page by a person; boxes and structure stay."""
