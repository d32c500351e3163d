"""Halls set up from the browser: drafts, pictures, what can be judged, people."""
