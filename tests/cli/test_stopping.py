"""Ctrl-C ends a run as stopped, wherever in its start it comes."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

STOPPED = (-2, 130)  # by the signal itself, and by the command that heard of it

AT_A_MODULE = """
import os, signal, sys

def stop(event, details, pending=["{module}"]):
    if event == "import" and details[0] in pending:
        pending.clear()
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(stop)
"""

# At every 40th import the process forks, and the child is stopped there; how each child ended is
# noted. So one run is stopped at many places, and what comes before them is done once.
AT_MANY_MODULES = """
import fcntl, os, signal, stat, sys, threading

def read_files_alone():
    # A child shares its parent's places in files, and would read on where the parent is to.
    for number in map(int, os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ()):
        try:
            is_file = stat.S_ISREG(os.fstat(number).st_mode)
            mode = fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE
        except OSError:  # what listed the folder
            continue
        if is_file and mode == os.O_RDONLY:
            own = os.open(f"/proc/self/fd/{{number}}", os.O_RDONLY)
            os.lseek(own, os.lseek(number, 0, os.SEEK_CUR), os.SEEK_SET)
            os.dup2(own, number)

parent, count, busy, begun = os.getpid(), 0, False, False

def stop(event, details):
    global count, busy, begun
    if event != "import" or busy or os.getpid() != parent:
        return
    begun = begun or details[0] == "align"  # before that, it is Python that is stopped
    if not begun or threading.current_thread() is not threading.main_thread():
        return
    count += 1
    if count % 40:
        return
    busy = True
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        read_files_alone()
        os.kill(os.getpid(), signal.SIGINT)
        return
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(r"{noted}", "a") as stream:
        stream.write(f"{{code}} {{details[0]}}\\n")
    busy = False

sys.addaudithook(stop)
"""


@pytest.fixture
def run_with(tmp_path, article):
    """Runs a build in a Python that runs some statements when it starts."""

    def run(statements):
        folder = tmp_path / "statements"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(statements)
        paths = [str(folder), *filter(None, sys.path)]
        return subprocess.run(
            [sys.executable, "-m", "align", "build", str(article), "-o", str(tmp_path / "out")],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("module", ["align", "align.cli", "click", "align.cli.tmx"])
def test_while_the_command_itself_is_imported(run_with, tmp_path, module):
    assert run_with(AT_A_MODULE.format(module=module)).returncode in STOPPED
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("module", ["numpy", "lxml.etree", "lxml._elementpath", "jinja2"])
def test_while_a_library_is_imported(run_with, tmp_path, module):
    finished = run_with(AT_A_MODULE.format(module=module))
    assert (finished.returncode, finished.stderr.strip()) == (130, "align: stopped")
    hidden = {path.name for path in tmp_path.glob("out/.*")}
    assert hidden <= {".align-written.json"}  # no file that was written in part
    assert not list(tmp_path.glob("out/*.html"))


def test_where_a_library_would_do_without_what_was_not_imported(run_with):
    finished = run_with(AT_A_MODULE.format(module="pyexpat"))
    assert (finished.returncode, finished.stderr.strip()) == (130, "align: stopped")


IN_THE_LAST_IMPORT = """
import pathlib, signal, sys
from align.cli.stopping import noticed_stops

folder = pathlib.Path(sys.argv[1])
(folder / "stops.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
sys.path.insert(0, str(folder))
try:
    with noticed_stops():
        import stops
{then}
finally:
    print(signal.getitimer(signal.ITIMER_REAL)[0], signal.getsignal(signal.SIGALRM) == 0)
"""


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ("        pass", -2),  # stopped, not killed by the alarm that was to ask again
        ("        raise SystemExit(5)", 5),  # and it does not go off after another end
    ],
)
def test_in_the_last_import(tmp_path, then, code):
    script = IN_THE_LAST_IMPORT.format(then=then)
    finished = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stdout) == (code, "0.0 True\n")


STOPPED_IN_A_DEL = """
import os, signal, time
from align.cli.stopping import noticed_stops

class Dropped:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(10))  # where it is raised, and lost

with noticed_stops():
    Dropped()
    time.sleep(5)
"""


def test_where_python_drops_every_error():
    finished = subprocess.run(
        [sys.executable, "-c", STOPPED_IN_A_DEL], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, "ignored" in finished.stderr) == (-2, False)


def test_at_many_places(run_with, tmp_path):
    noted = tmp_path / "noted"
    assert run_with(AT_MANY_MODULES.format(noted=noted)).returncode == 0
    codes = {line.split()[1]: int(line.split()[0]) for line in noted.read_text().splitlines()}
    assert len(codes) > 5
    assert {name: code for name, code in codes.items() if code not in STOPPED} == {}
