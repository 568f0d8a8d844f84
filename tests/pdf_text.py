"""Says, as JSON, what a PDF reader finds in a file: its pages' sizes (points) and all its text.

    pdf_text.py FILE.pdf
"""

import json
import sys

import pypdfium2

document = pypdfium2.PdfDocument(sys.argv[1])
pages = [page for page in document]
text = "\n".join(page.get_textpage().get_text_range() for page in pages)
json.dump({"sizes": [[round(side) for side in page.get_size()] for page in pages], "text": text}, sys.stdout, ensure_ascii=False)
