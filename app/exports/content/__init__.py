"""Pages in terms of word processors and the web, shared by the formats that write these."""
