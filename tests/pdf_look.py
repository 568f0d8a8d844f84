"""Says, as JSON, what a PDF shows: its pages' texts, bookmarks, title, whether anything is coloured, and where words stand.

    pdf_look.py FILE.pdf WORD…

A word's places are [page from 0, left, bottom, right, top], in points from the lower left.
"""

import json
import sys

import pypdfium2


def places(texts, word):
    found = []
    for number, text in enumerate(texts):
        searcher = text.search(word, match_case=True)
        while (at := searcher.get_next()) is not None:
            boxes = [text.get_charbox(i) for i in range(at[0], at[0] + at[1])]
            left, bottom, right, top = zip(*boxes)
            found.append([number, min(left), min(bottom), max(right), max(top)])
    return found


def is_coloured(page):
    pixels = page.render(scale=1, rev_byteorder=True)
    data, step = bytes(pixels.buffer), pixels.n_channels
    rows = [data[y * pixels.stride : y * pixels.stride + pixels.width * step] for y in range(pixels.height)]
    return any(row[0::step] != row[1::step] or row[1::step] != row[2::step] for row in rows)


document = pypdfium2.PdfDocument(sys.argv[1])
pages = list(document)
texts = [page.get_textpage() for page in pages]
json.dump(
    {
        "sizes": [list(page.get_size()) for page in pages],
        "pages": [text.get_text_range() for text in texts],
        "bookmarks": [bookmark.get_title() for bookmark in document.get_toc()],
        "title": document.get_metadata_dict()["Title"],
        "coloured": any(is_coloured(page) for page in pages),
        "places": {word: places(texts, word) for word in sys.argv[2:]},
    },
    sys.stdout,
    ensure_ascii=False,
)
