"""The publishers' PP-OCRv5 recognizers of single scripts, which a site may fetch."""
