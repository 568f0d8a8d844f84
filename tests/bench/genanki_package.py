"""Writes the notes of FOLDER/notes.json with genanki; prints the seconds it took and the peak of memory (MB).

    genanki_package.py FOLDER
"""

import json
import resource
import sys
import time

import genanki

folder = sys.argv[1]
with open(folder + "/notes.json", encoding="utf-8") as file:
    notes = json.load(file)
count = len(notes[0][1])
model = genanki.Model(
    1742000000001,
    "bench",
    fields=[{"name": f"F{i}"} for i in range(count)],
    templates=[
        {"name": "Answer", "qfmt": "{{#F0}}{{F6}} {{F0}}{{/F0}}", "afmt": "{{F0}} {{F1}}"},
        {"name": "Term", "qfmt": "{{#F7}}{{#F1}}{{F7}} {{F1}}{{/F1}}{{/F7}}", "afmt": "{{F1}} {{F0}}"},
    ],
)
start = time.perf_counter()
decks = {}
for at, (guid, fields) in enumerate(notes):
    name = f"bench::{at % 8}::{at % 97}"
    if name not in decks:
        decks[name] = genanki.Deck(2000000000 + len(decks), name)
    decks[name].add_note(genanki.Note(model=model, fields=fields, guid=guid))
genanki.Package(list(decks.values())).write_to_file(folder + "/genanki.apkg")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
