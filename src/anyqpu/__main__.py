"""`python -m anyqpu` is `anyqpu`, for where the command is not on PATH."""

from anyqpu_cli import main

if __name__ == "__main__":
    main()
