"""Cameras: every kind of device a hall may have, behind one small protocol."""
