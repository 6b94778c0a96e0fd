"""Pages as what word processors and the web know, shared by the formats that write it."""
