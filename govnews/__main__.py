"""`python -m govnews`."""

from govnews.cli import main

if __name__ == "__main__":
    main()
