# SPDX-License-Identifier: Apache-2.0
"""What the makers of good and bad revisions share: the table of cases, and signed files to begin with."""
import sys

from pdf_permissions import field_mdp, mdp  # noqa: F401
from pdf_revisions import TEXT, base, stream

pki = sys.argv[1]
CASES = {}
FIELD = "<</Type /Annot /Subtype /Widget /FT /{0} /T ({1}) /F 4 /Rect [50 50 250 70] /P 4 0 R{2}>>"
FORM = "/AcroForm 11 0 R"
EVIL = TEXT.format("a thousand")
SMALL = (20, 20, 200, 60)


def case(verdict, sub="-", after="content", digests=True, file=None):
    def add(make):
        CASES[make.__name__] = (make, verdict, sub, after, digests, file or verdict)
        return make
    return add


def modified(make):
    return case("invalid", "MODIFIED_AFTER_SIGNING")(make)


def signed(pdf=None, **more):
    pdf = pdf or base()
    pdf.sign(pki, **more)
    return pdf


def with_field(kind="Tx", name="Name", more="", second=""):
    extra = [second] if second else []
    fields = "10 0 R 12 0 R" if second else "10 0 R"
    return base(FORM, f"/Annots [{fields}]", [FIELD.format(kind, name, more), f"<</Fields [{fields}]>>", *extra])


def fill(pdf, number=10, text="Lan"):
    look = pdf.reserve()
    pdf.update({number: pdf.with_keys(number, V=f"({text})", AP=f"<</N {look} 0 R>>"),
                look: stream("0 0 m", "/Type /XObject /Subtype /Form /BBox [0 0 200 20]")})
    return pdf


def changed(number, body, pdf=None):
    pdf = pdf or signed()
    pdf.update({number: body})
    return pdf


def annotate(pdf, body):
    number = pdf.reserve()
    pdf.update({number: body, 4: pdf.with_keys(4, Annots=f"[{pdf.items(4, 'Annots')} {number} 0 R]")})
    return pdf
