"""The worker's side of jobs: claim one, run it, record the outcome, recover lost ones."""
