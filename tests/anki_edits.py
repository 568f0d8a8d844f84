"""A learner's Anki: imports a package, edits it there, and exports it again.

    anki_edits.py PACKAGE FOLDER

Writes FOLDER/legacy.apkg, FOLDER/modern.apkg and FOLDER/all.colpkg. Of the notes, by their first field: `Sloop` gets
another answer and a tag, a cloze another hidden word, `Ketch` is deleted, `Yawl` is reviewed only.
"""

import sys
import tempfile
import time
from pathlib import Path

import anki.lang
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

package, folder = sys.argv[1], Path(sys.argv[2])
anki.lang.set_lang("en_US")
home = tempfile.TemporaryDirectory(prefix="amgi-anki-", ignore_cleanup_errors=True)
col = Collection(str(Path(home.name) / "collection.anki2"))
col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions()))


def note(term):
    found = [col.get_note(nid) for nid in col.find_notes("") if col.get_note(nid).fields[0] == term]
    assert len(found) == 1, (term, len(found))
    return found[0]


sloop = note("Sloop")
sloop.fields[1] = "<div>a boat with <b>one</b> mast</div><ul><li>fast</li><li>&lt;small&gt;</li></ul>"
sloop.tags = ["sail", "hard"]
col.update_note(sloop)
sentence = next(col.get_note(nid) for nid in col.find_notes("") if "calm" in col.get_note(nid).fields[0])
sentence.fields[0] = sentence.fields[0].replace("bow", "stern")
col.update_note(sentence)
col.remove_notes([note("Ketch").id])
card = note("Yawl").cards()[0]
card.start_timer()
col.sched.answerCard(card, 3)

for name, legacy in [("legacy.apkg", True), ("modern.apkg", False)]:
    col.export_anki_package(
        out_path=str(folder / name),
        limit=None,
        options=ExportAnkiPackageOptions(with_scheduling=True, with_media=False, legacy=legacy),
    )
col.export_collection_package(str(folder / "all.colpkg"), include_media=False, legacy=False)
