"""From an upright page to what an engine reads best, and boxes back again.

Steps are pure functions of pixels; recipe.prepare chooses among them by measures of the page.
"""
