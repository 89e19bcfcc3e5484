import sys

from local.supervisor.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
