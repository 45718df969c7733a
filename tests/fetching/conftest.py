"""A site on this machine, with an article in eight languages and answers that go wrong."""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from align.fetching.client import Client, FetchLimits
from align.fetching.courtesy import Visitor
from align.fetching.fetch import fetch_with

CERTIFICATES = Path(__file__).parent / "certificates"

ARTICLES = {
    "en": (
        "The Lighthouse Without a Lamp",
        "For ninety years the tower on the northern rock showed ships the way into the harbour.",
        "When the lamp was taken away in the spring, nobody in the village thought it would be "
        "missed, because every boat has instruments that are better than any light.",
        "In the first autumn storm two of them failed, and the harbour master climbed the stairs "
        "with a torch in her hand. Since then the council has paid for a new lamp.",
    ),
    "fr": (
        "Le phare sans lampe",
        "Pendant quatre-vingt-dix ans, la tour du rocher nord a montré aux navires l'entrée du "
        "port.",
        "Quand on a retiré la lampe au printemps, personne au village ne pensait qu'elle "
        "manquerait, car chaque bateau possède des instruments meilleurs que toute lumière.",
        "À la première tempête d'automne, deux d'entre eux tombèrent en panne, et la capitaine du "
        "port monta l'escalier une torche à la main. Depuis, le conseil a payé une lampe neuve.",
    ),
    "es": (
        "El faro sin lámpara",
        "Durante noventa años la torre de la roca del norte mostró a los barcos la entrada del "
        "puerto.",
        "Cuando se llevaron la lámpara en primavera, nadie en el pueblo pensó que se echaría de "
        "menos, porque cada barco tiene instrumentos mejores que cualquier luz.",
        "En la primera tormenta de otoño fallaron dos de ellos, y la capitana del puerto subió la "
        "escalera con una linterna en la mano. Desde entonces el concejo paga una lámpara nueva.",
    ),
    "ru": (
        "Маяк без лампы",
        "Девяносто лет башня на северной скале показывала кораблям вход в гавань.",
        "Когда весной лампу сняли, никто в деревне не думал, что её будет не хватать, ведь на "
        "каждой лодке есть приборы, которые лучше любого огня.",
        "В первый же осенний шторм два прибора отказали, и начальница порта поднялась по лестнице "
        "с фонарём в руке. С тех пор совет оплачивает новую лампу, и её зажигают каждый вечер.",
    ),
    "ar": (
        "المنارة بلا مصباح",
        "طوال تسعين عامًا كان البرج على الصخرة الشمالية يدل السفن على مدخل الميناء.",
        "وحين أزيل المصباح في الربيع لم يظن أحد في القرية أنه سيُفتقد، لأن في كل قارب أجهزة أفضل من "
        "أي ضوء.",
        "وفي أول عاصفة من عواصف الخريف تعطل جهازان منها، فصعدت مديرة الميناء الدرج وفي يدها مشعل. "
        "ومنذ ذلك الحين يدفع المجلس ثمن مصباح جديد يُضاء كل مساء قبل غروب الشمس.",
    ),
    "ja": (
        "灯りのない灯台",
        "北の岩に立つ塔は、九十年のあいだ船に港の入り口を教えてきた。",
        "春に灯りが取り外されたとき、村のだれもがそれを惜しむことになるとは思わなかった。どの船にも、"
        "どんな光よりもすぐれた計器があるからだ。",
        "秋の最初の嵐で、そのうちの二つが故障し、港の責任者は手に松明を持って階段を上った。それ以来、"
        "議会が新しい灯りの費用を払っている。",
    ),
    "zh-Hans": (
        "没有灯的灯塔",
        "九十年来，北边岩石上的塔一直为船只指引进港的路。",
        "春天灯被拆走的时候，村里没有人觉得会想念它，因为每条船上都有比任何灯光更好的仪器。",
        "秋天的第一场风暴中，有两台仪器坏了，港口的负责人举着火把爬上了楼梯。从那以后，议会出钱买了"
        "一盏新灯，每天傍晚都会点亮。",
    ),
    "zh-Hant": (
        "沒有燈的燈塔",
        "九十年來，北邊岩石上的塔一直為船隻指引進港的路。",
        "春天燈被拆走的時候，村裡沒有人覺得會想念它，因為每條船上都有比任何燈光更好的儀器。",
        "秋天的第一場風暴中，有兩臺儀器壞了，港口的負責人舉著火把爬上了樓梯。從那以後，議會出錢買了"
        "一盞新燈，每天傍晚都會點亮。",
    ),
}
"""The article: its title and its paragraphs, by language."""


def page(language, *, head="", lang=None, menu="", text=None):
    """A page of the article; `lang=""` is one that does not state its language."""
    title, *paragraphs = text or ARTICLES[language]
    stated = language if lang is None else lang
    attribute = f' lang="{stated}"' if stated else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html{attribute}><head><title>{title}</title>{head}</head><body>"
        f"{menu}<article><h1>{title}</h1>{body}</article></body></html>"
    )


def alternates(addresses):
    """`link rel=alternate hreflang` for languages and addresses."""
    return "".join(
        f'<link rel="alternate" hreflang="{language}" href="{address}">'
        for language, address in addresses.items()
    )


@pytest.fixture
def make_page():
    return page


@pytest.fixture
def make_alternates():
    return alternates


@dataclass
class Site:
    """What a server answers, by path or by host and path, and what it was asked."""

    port: int = 0
    answers: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __setitem__(self, path, answer):
        self.answers[path] = answer

    def url(self, path, host="127.0.0.1", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def redirect(self, path, target, status=302):
        self.answers[path] = (status, {"Location": target}, b"")

    def article(self, languages=tuple(ARTICLES), path="/{}/lighthouse"):
        """Puts up the article; every page states all editions."""
        addresses = {language: path.format(language.lower()) for language in languages}
        for language, address in addresses.items():
            self.answers[address] = page(language, head=alternates(addresses))
        return self.url(addresses[languages[0]])


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        site = self.server.site
        host = self.headers["Host"].partition(":")[0]
        site.asked.append(self.path)
        answer = site.answers.get(f"{host}{self.path}", site.answers.get(self.path))
        if callable(answer):
            self.close_connection = True
            with suppress(OSError):  # the other side has had enough
                answer(self)
            return
        if answer is None:
            answer = (404, {"Content-Type": "text/html"}, b"<p>There is nothing here.")
        if isinstance(answer, str):
            answer = (200, {"Content-Type": "text/html; charset=utf-8"}, answer.encode())
        status, headers, body = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args):
        pass  # connections that were cut, on purpose


def _serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site():
    """A server on this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = Site(server.server_port)
    yield from _serving(server)


@pytest.fixture
def secure_site():
    """A server whose certificate is for `article.test`, from an authority that is ours."""
    server = _Server(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.site = Site(server.server_port)
    yield from _serving(server)


@pytest.fixture
def our_authority():
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))


class PretendClock:
    """A clock that waits without waiting."""

    def __init__(self):
        self.now = 1000.0
        self.waits = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return PretendClock()


def on_this_machine(host, _port):
    """Looks up names: those that end in `.test` are this machine."""
    if host == "127.0.0.1" or host.endswith(".test"):
        return ["127.0.0.1"]
    raise OSError("no such name")


QUICK = FetchLimits(pause=0.0)


@pytest.fixture
def make_client():
    """A client that finds hosts by a table of its own."""

    def make(limits=QUICK, *, resolve=on_this_machine, allow_private=True, **settings):
        return Client(limits, resolve=resolve, allow_private=allow_private, **settings)

    return make


@pytest.fixture
def make_visitor(make_client, clock):
    """A visitor that waits by a pretended clock."""

    def make(limits=QUICK, **settings):
        return Visitor(make_client(limits, **settings), limits, clock=clock)

    return make


@pytest.fixture
def fetch(make_visitor, tmp_path):
    """Fetches from the site into `tmp_path / "got"`."""

    def run(*addresses, folder="got", limits=QUICK, visitor=None, **options):
        visitor = visitor or make_visitor(limits)
        return fetch_with(visitor, addresses, tmp_path / folder, **options)

    return run
