"""What stands before a text gives its title and description, and nothing else."""

import pytest

from align.documents.markdown.front_matter import front_matter

BODY = "Nobody has counted its steps.\n"


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: The Lighthouse\ndescription: It stood dark for a year.\nweight: 3\n---\n",
        "---\nTitle: 'The Lighthouse'\nDescription: >-\n  It stood dark\n  for a year.\n...\n",
        '+++\ntitle = "The Lighthouse"\ndraft = false\n[params]\nx = 1\n+++\n',
        '{\n  "title": "The Lighthouse",\n  "tags": ["sea"]\n}\n',
        "% The Lighthouse\n% A. Keeper\n% 1904\n",
        "Title: The Lighthouse\nDate: 1904-05-06\n",
        "---\ntitle: The Lighthouse\nbroken: [a, b\n---\n",
        "---\ntitle: The Lighthouse\nbroken: {{ site.x }}: y\n---\n",
    ],
    ids=["yaml", "folded", "toml", "json", "pandoc", "bare", "broken", "template"],
)
def test_title_and_description_are_text_and_the_rest_is_not(read, front):
    title, *description, body = read(f"{front}\n{BODY}")
    assert (title, body) == ("The Lighthouse", BODY.strip())
    assert description == (["It stood dark for a year."] if "escription" in front else [])


@pytest.mark.parametrize(
    "title",
    [
        "灯塔的故事",
        "灯台の話",
        "El faro: una historia",
        "Le phare",
        "المنارة القديمة",
        "Старый маяк",
    ],
)
def test_titles_of_every_language(blocks, title):
    for front in (f'---\ntitle: "{title}"\n---\n', f"+++\ntitle = '{title}'\n+++\n"):
        assert blocks(front + "\n" + BODY)[0] == ("title", title)


def test_a_colon_that_yaml_would_not_allow_is_part_of_the_title(read):
    assert read("---\ntitle: Le phare: une histoire\n---\nTexte.\n")[0] == (
        "Le phare: une histoire"
    )


def test_a_sign_in_a_code_block_is_never_the_title(blocks):
    code = "```sh\n# install it\n```\n\n    # nor this\n\n"
    code += "{% highlight sh %}\n# nor that\n{% endhighlight %}\n"
    assert blocks(f"---\nlayout: post\n---\n\n{code}\n{BODY}") == [("paragraph", BODY.strip())]


def test_a_heading_that_the_text_begins_with_is_the_title_and_stands_once(blocks):
    text = f"---\ntitle: The Lighthouse\n---\n\n# The Lighthouse\n\n{BODY}"
    assert blocks(text) == [("title", "The Lighthouse"), ("paragraph", BODY.strip())]


def test_headings_of_level_one_within_the_text_are_no_titles(blocks):
    text = f"---\ntitle: The Lighthouse\n---\n\n{BODY}\n# The lamp\n\n# The stairs\n"
    assert [kind for kind, _ in blocks(text)] == ["title", "paragraph", "heading", "heading"]


def test_a_description_that_the_text_repeats_stands_once(read):
    text = f"---\ntitle: The Lighthouse\ndescription: {BODY.strip()}\n---\n\n{BODY}"
    assert read(text) == ["The Lighthouse", BODY.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, and a text.\n\n---\n\nMore.\n",
        "---\nA rule, and a text.\n\n---\n\nMore.\n",
        "{braces} begin this text.\n",
        "Title words: here is a sentence.\n\nMore.\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(read, text):
    assert front_matter(text).stop == 0
    assert "text" in read(text)[0] or "sentence" in read(text)[0]


def test_the_lines_are_those_of_the_file():
    found = front_matter("---\nx: 1\ntitle: A\ndescription: B\n---\n")
    assert [(each.key, each.line) for each in found.shown] == [("title", 3), ("description", 4)]


def test_aliases_that_grow_without_end_do_no_harm(read):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert read(f"---\n{bomb}title: The Lighthouse\n---\n\n{BODY}")[0] == "The Lighthouse"
