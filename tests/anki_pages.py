"""Writes each card of a package as the page Anki shows, and sets them beside each other as on telephones.

    anki_pages.py PACKAGE FOLDER WIDTH

FOLDER/day.html and FOLDER/night.html hold front and back of every card in frames WIDTH pixels wide; of a card with
something to tap also its front after a tap, and its back when it is turned then. Once laid out, they list of every frame
its name, how wide its content became, and how wide it is: <li>GUID-ORD-front 390/390</li>.
"""

import json
import sys
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

PAGE = """<!doctype html>
<html class="{mode}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"></head>
<body class="card card{number} {mode}"><div id="qa">{card}</div>
<script>
{then}
document.querySelectorAll("details").forEach(function (d) {{ d.open = true; }});
parent.postMessage("{name} " + document.documentElement.scrollWidth + "/" + innerWidth, "*");
</script></body></html>
"""

TAP = 'document.querySelector(".tappable").click();'

# As Anki's own window turns a card: in the same page, scripts run anew.
TURN = TAP + """
var qa = document.getElementById("qa");
qa.innerHTML = %s;
qa.querySelectorAll("script").forEach(function (old) {
  var script = document.createElement("script");
  script.textContent = old.textContent;
  old.replaceWith(script);
});"""

GALLERY = """<!doctype html>
<html><head><meta charset="utf-8"><style>
body {{ margin: 0; background: {ground}; }}
iframe {{ width: {width}px; height: {height}px; border: 0; margin: 6px; float: left; }}
ul {{ display: none; }}
</style></head><body><ul></ul>
<script>
addEventListener("message", function (e) {{
  var item = document.createElement("li");
  item.textContent = e.data;
  document.querySelector("ul").appendChild(item);
}});
</script>
{frames}</body></html>
"""


def main():
    package, folder, width = sys.argv[1:]
    home = tempfile.TemporaryDirectory(prefix="amgi-anki-", ignore_cleanup_errors=True)
    col = Collection(home.name + "/collection.anki2")
    col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions()))
    cards = [col.get_card(cid) for cid in col.find_cards("")]
    cards.sort(key=lambda card: (card.due, card.ord))
    for time, mode, ground in ("day", "", "#cfcfca"), ("night", "nightMode night_mode", "#000"):
        frames = ""
        for card in cards:
            front, back = card.question(), card.answer()
            sides = [("front", front, ""), ("back", back, "")]
            if 'class="choices"' in front or "<template" in front:
                turn = TURN % json.dumps(back).replace("</", "<\\/")
                sides[1:1] = [("tapped", front, TAP), ("turned", front, turn)]
            for side, html, then in sides:
                name = f"{card.note().guid}-{card.ord}-{side}"
                with open(f"{folder}/{name}-{time}.html", "w", encoding="utf-8") as page:
                    page.write(PAGE.format(mode=mode, number=card.ord + 1, card=html, name=name, then=then))
                frames += f'<iframe src="{name}-{time}.html"></iframe>\n'
        with open(f"{folder}/{time}.html", "w", encoding="utf-8") as gallery:
            height = 700 if int(width) < 600 else 420
            gallery.write(GALLERY.format(ground=ground, width=width, height=height, frames=frames))
    col.close()


main()
