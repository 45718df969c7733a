"""What is killed, and run on full disks."""

import pytest


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """What commands are given, with the folder of a build."""
    pytest.importorskip("fcntl", reason="no processes that begin as copies")
    from killing.runs import start
    from killing.subjects import SUBJECTS, write_given

    folder = tmp_path_factory.mktemp("killed") / "given"
    write_given(folder)
    command = SUBJECTS["build"].command(folder, folder / "built")
    assert start(command, folder.parent / "screen").wait().code == 0
    return folder
