"""Becomes a program that ends when its parent ends: `bound.py PARENT SIGNAL UID GID PROGRAM …`.

Linux only promises this to a process that asks for it itself, after it has changed its user;
elsewhere the program simply runs, and the next start finds it by its recorded identity.
Needs nothing but the standard library, and is run with `python -I -S`.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> None:
    """`UID` is -1 where the user stays as it is."""
    parent, signal, uid, gid = (int(word) for word in argv[:4])
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal)
    if os.getppid() == parent:  # It may have ended before it could be asked for.
        os.execv(argv[4], argv[4:])


if __name__ == "__main__":
    main(sys.argv[1:])
