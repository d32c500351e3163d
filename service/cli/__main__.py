"""``python -m service.cli``: the same command line, for a process that starts it by itself."""

from service.cli import main

if __name__ == "__main__":
    main()
