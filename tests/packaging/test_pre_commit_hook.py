"""The hook that pre-commit users name in their configuration."""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

import align
from align.cli import commands
from align.documents.registry import READERS
from align.formats.registry import PAIR_READERS

HOOKS = Path(align.__file__).parents[1] / ".pre-commit-hooks.yaml"


@pytest.fixture
def hook():
    if not HOOKS.exists():
        pytest.skip("the package is not run from its repository")
    (only,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    return only


def test_the_hook_has_what_pre_commit_asks_for(hook):
    assert hook["id"] == "align-check"
    assert hook["language"] == "python"
    assert hook["name"] and hook["description"]
    assert hook["pass_filenames"] is False


def test_its_entry_is_a_command_that_takes_those_options(hook):
    program, name, *options = shlex.split(hook["entry"])
    assert program == "align"
    command = commands.commands[name]
    # A command keeps the names of the help option of its first context: those of the group.
    group = click.Context(commands, **commands.context_settings)
    with command.make_context(name, [*options, "folder"], parent=group) as context:
        assert context.params["source"] == Path("folder")
    assert isinstance(command, click.Command)


_OF_TEXTS = [ending for each in PAIR_READERS.values() if each.of_texts for ending in each.endings]


@pytest.mark.parametrize("suffix", [*READERS.endings, *_OF_TEXTS])
def test_it_runs_when_a_file_that_can_be_checked_changes(hook, suffix):
    assert re.search(hook["files"], f"docs/fr{suffix}")
