"""Wake-ups of processes that wait for news of jobs.

A wake-up is a hint without content: its receiver looks at the database. A lost one costs at most
the receiver's poll interval.
"""
