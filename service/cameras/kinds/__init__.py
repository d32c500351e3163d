"""One file a camera kind; each has a class with ``device`` and ``snapshot``."""
