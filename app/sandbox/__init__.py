"""Child processes that open uploads: their limits, their interpreter and their messages.

Used by app.worker (recognition) and app.exports (formats that open the upload). Knows no Django.
"""
