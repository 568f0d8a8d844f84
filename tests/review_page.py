"""Uses review.html as a person does, with keys and clicks, and holds its cards against Anki's own.

    review_page.py CHROMIUM PAGE [PACKAGE]

PAGE and PACKAGE are of the notes of tests/review_in_chromium.rs; without PACKAGE, PAGE was made from the cards alone.
What is not as it should be fails an assertion.
"""

import json
import sys
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from browser import Browser

COUNT = "document.querySelector('#count').textContent"
CHOSEN = "document.querySelector('.item.chosen')"
SHOWN = f"{CHOSEN}.querySelector('.frame').shadowRoot.querySelector('#qa')"
TERM = f"{SHOWN}.querySelector('.term, .stem, .initials').textContent"
PLACE = "[...document.querySelectorAll('.place dd')].map((e) => e.textContent)"
LIT = "[...document.querySelectorAll('.line.lit .number')].map((e) => Number(e.textContent))"


def chip(words):
    return f"[...document.querySelectorAll('.chip')].find((e) => e.textContent.startsWith('{words}'))"


def line(number):
    return f"[...document.querySelectorAll('.line')].find((e) => e.querySelector('.number').textContent === '{number}')"


def card(front):
    return (
        "[...document.querySelectorAll('.frame')].find((e) => e.shadowRoot && "
        f"e.shadowRoot.querySelector('.term, .stem, .initials').textContent === '{front}')"
    )


def to_top(page):
    page.js("document.querySelector('#stream').scrollTop = 0")
    page.settle()


def keys(page):
    assert page.js(COUNT) == "22 cards", page.js(COUNT)
    page.key("j")
    assert page.js(TERM) == "Leaves"
    page.key("j")
    first = page.js(TERM)
    assert first == "Oolong", first
    assert not page.js(f"Boolean({SHOWN}.querySelector('.answer'))"), "the front shows the answer"
    page.key(" ")
    assert page.js(f"{SHOWN}.querySelector('.answer').textContent") == "partly oxidised tea"
    page.key(" ")
    assert not page.js(f"Boolean({SHOWN}.querySelector('.answer'))")
    page.key("ㅓ", code="KeyJ")
    assert page.js(TERM) == "partly oxidised tea", "j moves on under a Korean keyboard too"
    page.key("k")
    assert page.js(TERM) == first
    page.key("Escape")
    assert not page.js(f"Boolean({CHOSEN})")


def filters(page):
    page.click(chip("comparison"))
    assert page.js(COUNT) == "3 of 22 cards", page.js(COUNT)
    page.key("j")
    assert page.js(f"{SHOWN}.querySelectorAll('.asked').length") == 1, "the card's script ran"
    assert page.js(TERM) == "colour"
    page.key("Escape")
    assert page.js(COUNT) == "22 cards"
    for name, value, count in ("section", "Tea ware", 5), ("rule", "short-long", 2), ("lint", "*", 3):
        options = f"[...document.querySelector('#{name}').options]"
        at = page.js(f"{options}.findIndex((o) => o.value === '{value}' || o.text.startsWith('{value}'))")
        assert at > 0, (name, page.js(f"{options}.map((o) => o.text)"))
        page.js(f"document.querySelector('#{name}').focus()")
        page.js(f"(() => {{ const s = document.querySelector('#{name}'); s.selectedIndex = {at};"
                " s.dispatchEvent(new Event('change')); })()")
        assert page.js(COUNT) == f"{count} of 22 cards", (name, page.js(COUNT))
        page.key("Escape")
        assert page.js(COUNT) == "22 cards"
    page.click(chip("nothing recognised"))
    numbers = page.js("[...document.querySelectorAll('.line .number')].map((e) => e.textContent)")
    assert numbers == ["27"], numbers
    page.click(line(27))
    assert "No card is made of line 27" in page.js("document.querySelector('#none').textContent")
    page.key("Escape")
    page.click(chip("Show answers"))
    to_top(page)
    assert page.js(f"Boolean({card('Oolong')}.shadowRoot.querySelector('.answer'))")
    page.js("document.querySelector('#stream').scrollTop = 1e6")
    page.settle()
    shown = "[...document.querySelectorAll('.frame')].flatMap((e) => e.shadowRoot ? [...e.shadowRoot.querySelectorAll('img')] : [])"
    assert page.js(f"{shown}.some((i) => i.src.startsWith('data:image/svg') && i.naturalWidth === 40)"), "the picture is shown"
    page.click(chip("Show answers"))


def search(page):
    page.key("/")
    page.write("주전자")
    assert page.js(COUNT) == "6 of 22 cards", page.js(COUNT)
    lines = page.js("[...document.querySelectorAll('.line mark')].map((e) => e.textContent)")
    assert lines == ["주전자"], lines
    page.key("Enter", text="\r")
    assert page.js(TERM) == "Tea ware"
    page.key("Escape")
    assert page.js(COUNT) == "22 cards" and page.js("document.querySelector('#search').value") == ""


def places(page, cards):
    page.click(card("다관"))
    yaml, id, rule, note, section = page.js(PLACE)
    path, number = yaml.rsplit(":", 1)
    assert path == "out/cards/tea.yaml", yaml
    assert cards[int(number) - 1].strip() == f"- id: {id}", (yaml, cards[int(number) - 1])
    assert (rule, note, section) == ("colon", "tea.md:13", "Tea ware"), (rule, note, section)
    assert page.js(LIT) == [13]
    page.click(line(18))
    assert page.js(COUNT) == "3 of 22 cards", page.js(COUNT)
    assert page.js(LIT) == [16, 18, 19, 20, 21, 22, 23], page.js(LIT)
    page.key("Escape")
    fates = page.js("Object.fromEntries([...document.querySelectorAll('.line')].map((e) =>"
                    " [e.querySelector('.number').textContent, e.querySelector('.fate').textContent]))")
    assert fates["13"] == "answer" and fates["27"] == "nothing", fates
    share = page.js("document.querySelector('.line.heading .share').title")
    assert "answer" in share and "nothing recognised" in share, share


def hostile(page):
    text = page.js(f"{line(27)}.querySelector('.text').textContent")
    assert "</script><script>window.broken=1</script><!--" in text, text
    to_top(page)
    page.click(card("Bancha"))
    page.key(" ")
    shown = page.js(f"{SHOWN}.querySelector('.answer').textContent")
    assert shown == "</script><img src=x onerror=window.broken=2> and {{c1::term}}, {{=}}, bold", shown
    assert page.js("window.broken") is None
    assert page.js("document.querySelectorAll('script').length") == 2
    assert page.js("document.querySelectorAll('img').length") == 0


def phone(page, path):
    for dark in False, True:
        page.size(390, 844, dark)
        page.open(path)
        page.settle()
        assert page.js("document.documentElement.scrollWidth") == 390
        assert page.js("getComputedStyle(document.querySelector('#notes')).display") == "none"
        page.click(card("Oolong"))
        assert page.js(PLACE)[2] == "colon"
        assert page.js("document.documentElement.scrollWidth") == 390
        page.click("document.querySelector('button[data-pane=notes]')")
        assert page.js("getComputedStyle(document.querySelector('#cards')).display") == "none"
        assert page.js("[...document.querySelectorAll('.line')].every((e) => e.scrollWidth <= 390)")
        page.click(line(13))
        assert page.js("getComputedStyle(document.querySelector('#notes')).display") == "none", "its cards are shown"
        night = page.js(f"Boolean({SHOWN}.closest('.nightMode'))")
        assert night == dark


def as_in_anki(page, package):
    """Every side of every card, before its script, is what Anki makes."""
    home = tempfile.TemporaryDirectory(prefix="amgi-anki-", ignore_cleanup_errors=True)
    col = Collection(home.name + "/collection.anki2")
    col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions()))
    cards = [col.get_card(cid) for cid in col.find_cards("")]
    assert len(cards) == page.js("deck.cards.length")
    page.js(
        "window.tidy = (html) => { const t = document.createElement('template'); t.innerHTML = html;"
        " for (const e of t.content.querySelectorAll('script, style')) e.remove(); return t.innerHTML.trim(); }"
    )
    for one in cards:
        of = f"deck.cards.find((c) => c.entry.id + (c.face.suffix || '') === {json.dumps(one.note().guid)} && c.ord === {one.ord})"
        for back, html in ("false", one.question()), ("true", one.answer()):
            ours = page.js(f"tidy(cardHtml(deck, {of}, {back}))")
            theirs = page.js(f"tidy({json.dumps(html)})")
            assert ours == theirs, f"\n{ours}\n\nin Anki:\n{theirs}"
    col.close()


def without_notes(page):
    assert "amgi build" in page.js("document.querySelector('#no-lines').textContent")
    assert page.js("document.querySelectorAll('.line').length") == 0
    keys(page)
    page.click(card("Matcha"))
    assert page.js(PLACE)[3] == "tea.md:6"


def main():
    program, path, *package = sys.argv[1:]
    page = Browser(program)
    page.size(1280, 860)
    page.open(path)
    page.settle()
    if package:
        with_notes(page, path, package[0])
    else:
        without_notes(page)
    wrong = page.named("Runtime.exceptionThrown") + page.named("Runtime.consoleAPICalled")
    assert wrong == [], wrong
    asked = [event["request"]["url"] for event in page.named("Network.requestWillBeSent")]
    assert all(url.startswith("file://") and url.endswith("review.html") for url in asked), asked
    page.close()


def with_notes(page, path, package):
    with open(path.replace("review.html", "cards/tea.yaml"), encoding="utf-8") as file:
        cards = file.read().split("\n")
    keys(page)
    filters(page)
    search(page)
    places(page, cards)
    hostile(page)
    as_in_anki(page, package)
    phone(page, path)


main()
