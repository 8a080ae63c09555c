"""Does nothing: what is measured of it is how long a profiler's start and end take."""


def main():
    pass


main()
