"""`python -m etl` is the command `mulaqat`."""

from etl.cli.main import main

if __name__ == "__main__":
    main()
