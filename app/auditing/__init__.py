"""Notes in the log of an account what requests did to it; services.audit keeps the log."""
