"""Imports packages into a fresh collection with Anki's own library and says, as JSON, what Anki made of them.

    anki_import.py STEP...    each a package to import, or review=GUID:ORD

After the imports every card is rendered, and Anki looks for missing, empty and broken cards. What is said of a note
comes after each step, so that steps can be compared.
"""

import json
import os
import re
import sys
import tempfile

import anki.lang
from anki import import_export_pb2 as pb
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.utils import field_checksum

IF_NEWER = pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER


def load(col, path):
    options = ImportAnkiPackageOptions(
        merge_notetypes=False,
        update_notes=IF_NEWER,
        update_notetypes=IF_NEWER,
        with_scheduling=False,
        with_deck_configs=True,  # not the default: shows that the package brings no presets
    )
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    col.models._clear_cache()
    names = ["new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field"]
    return {name: len(getattr(log, name)) for name in names}


def review(col, guid, ord):
    card_id = col.db.scalar("select c.id from cards c join notes n on c.nid = n.id where n.guid = ? and c.ord = ?", guid, int(ord))
    card = col.get_card(card_id)
    card.start_timer()
    col.sched.answerCard(card, 3)
    return {"reviewed": guid}


def notes(col):
    out = {}
    for nid in col.find_notes(""):
        note = col.get_note(nid)
        kind = note.note_type()
        cards = [
            {
                "id": card.id,
                "ord": card.ord,
                "deck": col.decks.name(card.did),
                "reviews": col.db.scalar("select count() from revlog where cid = ?", card.id),
                "reps": card.reps,
                "due": card.due,
            }
            for card in note.cards()
        ]
        out.setdefault(note.guid, []).append(
            {
                "id": note.id,
                "mod": note.mod,
                "type": kind["name"],
                "fields": dict(zip([f["name"] for f in kind["flds"]], note.fields)),
                "tags": list(note.tags),
                "cards": sorted(cards, key=lambda card: card["ord"]),
            }
        )
    return out


def body(html):
    return re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.S)


def rendered(col):
    """What is wrong with any card, and the text of each."""
    wrong, texts = [], {}
    for cid in col.find_cards("", order=True):
        card = col.get_card(cid)
        question, answer = body(card.question()), body(card.answer())
        shown = re.sub(r"<[^>]+>", "", question).strip()
        guid = card.note().guid
        for side in (question, answer):
            if card.note_type()["type"] == 1 and ("{{" in side or "}}" in side):
                wrong.append(f"{guid}/{card.ord}: braces left over")
            if "template" in side.lower() and "problem" in side.lower() or "Invalid HTML" in side:
                wrong.append(f"{guid}/{card.ord}: template problem")
        if not shown or "front of this card is blank" in question or "No cloze" in question:
            wrong.append(f"{guid}/{card.ord}: blank front")
        if card.question_av_tags() or card.answer_av_tags():
            wrong.append(f"{guid}/{card.ord}: sound")
        texts[f"{guid}/{card.ord}"] = [question, answer]
    return wrong, texts


def main():
    anki.lang.set_lang("en_US")
    home = tempfile.TemporaryDirectory(prefix="amgi-anki-", ignore_cleanup_errors=True)
    col = Collection(home.name + "/collection.anki2")
    preset = col.decks.get_config(1)
    preset["new"]["perDay"] = 33
    col.decks.update_config(preset)
    presets = json.dumps(col.decks.all_config(), sort_keys=True)
    steps = []
    for step in sys.argv[1:]:
        done = review(col, *step.removeprefix("review=").split(":")) if step.startswith("review=") else load(col, step)
        steps.append({"step": step, "log": done, "notes": notes(col)})
    wrong, texts = rendered(col)
    checksums = col.db.all("select flds, csum, sfld from notes")
    out = {
        "steps": steps,
        "decks": sorted(d.name for d in col.decks.all_names_and_ids()),
        "tags": sorted(col.tags.all()),
        "note_types": {
            m["name"]: [m["id"], [f["name"] for f in m["flds"]], [t["name"] for t in m["tmpls"]]]
            for m in col.models.all()
            if col.models.use_count(m)
        },
        "wrong": wrong,
        "texts": texts,
        "wrong_checksums": [f for f, c, s in checksums if field_checksum(f.split("\x1f")[0]) != c],
        "notes_without_cards": col.db.scalar("select count() from notes where id not in (select nid from cards)"),
        "empty_cards": sum(len(n.card_ids) for n in col.get_empty_cards().notes),
        "media": sorted(os.listdir(col.media.dir())),
        "missing_media": list(col.media.check().missing),
        "presets_unchanged": json.dumps(col.decks.all_config(), sort_keys=True) == presets,
        "cards": col.card_count(),
        "check_database": list(col._backend.check_database()),
        # Anki adds the cards a note lacks while it checks, and says nothing.
        "cards_after_check": col.card_count(),
    }
    col.close()
    print(json.dumps(out, ensure_ascii=False))


main()
