"""Wake-ups of processes that wait for changes of jobs.

A wake-up is a hint without content: its receiver checks the database. A lost one costs at most the
receiver's poll interval.
"""
