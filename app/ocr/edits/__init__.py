"""A person's edits of words and lines of a page; boxes and structure stay."""
