"""Cameras, capture and the plan against real servers on loopback."""
