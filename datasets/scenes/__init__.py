"""Scenes in threes for every clause that a camera judges: made in 3-D, seen through a camera."""
