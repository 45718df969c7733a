"""The wheel, installed with nothing but what it asks for, does its main job without a network."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import align

ROOT = Path(align.__file__).parents[1]

# The sixteen languages of the default encoder.
MILL = {
    "en": "The old mill burned down in 1843. Nobody was hurt.",
    "ar": "احترقت الطاحونة القديمة عام 1843. لم يصب أحد بأذى.",
    "de": "Die alte Mühle brannte 1843 ab. Niemand wurde verletzt.",
    "es": "El viejo molino se quemó en 1843. Nadie resultó herido.",
    "fr": "Le vieux moulin brûla en 1843. Personne ne fut blessé.",
    "it": "Il vecchio mulino bruciò nel 1843. Nessuno rimase ferito.",
    "ja": "古い水車小屋は1843年に焼け落ちた。けが人はいなかった。",
    "ko": "오래된 방앗간은 1843년에 불탔다. 아무도 다치지 않았다.",
    "nl": "De oude molen brandde in 1843 af. Niemand raakte gewond.",
    "pl": "Stary młyn spłonął w 1843 roku. Nikt nie został ranny.",
    "pt": "O velho moinho ardeu em 1843. Ninguém ficou ferido.",
    "ru": "Старая мельница сгорела в 1843 году. Никто не пострадал.",
    "th": "โรงสีเก่าถูกไฟไหม้ในปี 1843 ไม่มีใครได้รับบาดเจ็บ",
    "tr": "Eski değirmen 1843'te yandı. Kimse yaralanmadı.",
    "zh-Hans": "旧磨坊于1843年烧毁。没有人受伤。",
    "zh-Hant": "舊磨坊於1843年燒毀。沒有人受傷。",
}

NO_NETWORK = """\
import socket
def refuse(*_, **__):
    raise OSError("there is no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def run(*arguments, cwd="/", **environment):
    finished = subprocess.run(
        [*map(str, arguments)],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Runs `align` of a fresh environment, cut off from every network."""
    if os.environ.get("ALIGN_REQUIRE_INTEGRATION") != "1":
        pytest.skip("installs everything anew; ALIGN_REQUIRE_INTEGRATION=1 asks for it")
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "environment", with_pip=True)
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--no-compile", wheel)
    (folder / "offline").mkdir()
    (folder / "offline" / "sitecustomize.py").write_text(NO_NETWORK)
    offline = {"PYTHONPATH": str(folder / "offline"), "ALIGN_CACHE": str(folder / "cache")}

    def align_of_it(*arguments):
        return run(programs / "python", "-m", "align", *arguments, **offline)

    return align_of_it


@pytest.fixture(scope="module")
def built(fresh, tmp_path_factory):
    """What `align build` makes of one text in sixteen languages."""
    texts, out = tmp_path_factory.mktemp("mill"), tmp_path_factory.mktemp("out")
    for language, text in MILL.items():
        (texts / f"{language}.txt").write_text(text, encoding="utf-8")
    fresh("build", texts, "-o", out, "--quiet")
    [alignment] = out.glob("*.alignment.json")
    return alignment


def test_it_aligns_sixteen_languages(built):
    memories = {path.name.split(".")[1] for path in built.parent.glob("*.en-*.tmx")}
    assert memories == {f"en-{language}" for language in MILL if language != "en"}


def test_it_finds_terms_in_sixteen_languages(fresh, built, tmp_path):
    (tmp_path / "terms.txt").write_text("old mill\n", encoding="utf-8")
    report = tmp_path / "terms.json"
    fresh(
        "terms", built, "--terms", tmp_path / "terms.txt", "-q", "--fail-on", "never", "-o", report
    )
    [found] = json.loads(report.read_text(encoding="utf-8"))["terms"]
    assert found["term"] == "old mill"
    assert set(found["renderings"]) == set(MILL) - {"en"}


def test_it_checks_sixteen_languages(fresh, built, tmp_path):
    fresh("check", built, "--quiet", "--fail-on", "never", "-o", tmp_path / "f.json")
    report = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert set(report["languages"]) == set(MILL) - {"en"}


def test_a_wrong_year_is_found_without_a_network(fresh, tmp_path):
    (tmp_path / "en.txt").write_text(MILL["en"], encoding="utf-8")
    (tmp_path / "ja.txt").write_text(MILL["ja"].replace("1843", "1834"), encoding="utf-8")
    texts = (tmp_path / "en.txt", tmp_path / "ja.txt")
    said = fresh("check", *texts, "--only", "numbers", "--fail-on", "never")
    assert "ja.txt:1:8: error: “1843” in the source, “1834年” in the translation" in said
