"""Anki without a window, behind the interface of AnkiConnect: PyPI's anki-connect-server, with one method mended.

    ANKICONNECT_COLLECTION_PATH=/abs/collection.anki2 ANKICONNECT_PORT=PORT anki_connect.py      (Python 3.12 or newer)

anki-connect-server 0.5.0 hands Anki's importer a string and so fails on every package. Here importPackage does what the
add-on does.
"""

import warnings

from anki_connect_server.anki_wrapper import AnkiWrapper
from anki_connect_server.api import run_server


def import_package(self, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from anki.importing import AnkiPackageImporter

        try:
            AnkiPackageImporter(self.col, path).run()
        except Exception as error:
            raise ValueError(str(error)) from error
    return True


AnkiWrapper.import_package = import_package
run_server()
