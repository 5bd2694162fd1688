# SPDX-License-Identifier: Apache-2.0
"""Revisions that a file was prepared for (shadows), and those that bend what fields and certifications allow."""
from attack_cases import EVIL, FIELD, SMALL, annotate, case, changed, field_mdp, fill, mdp, modified, signed, with_field
from pdf_revisions import TEXT, base, stream

# --- shadows: the signed file was prepared for it

@modified
def shadow_hide():
    pdf = base(more=[stream("1 0 0 1 0 0 cm", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")],
               page="/Metadata 10 0 R")
    pdf = signed(pdf)
    pdf.update({}, free=[10])
    return pdf


@modified
def shadow_replace_font():
    return changed(3, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>")


@modified
def shadow_replace_value():
    return fill(signed(with_field(more=" /V (one)")))


@modified
def shadow_hide_and_replace():
    pdf = base(more=["<</Type /Pages /Count 1 /Kids [11 0 R]>>",
                     "<</Type /Page /Parent 10 0 R /MediaBox [0 0 600 800] /Contents 12 0 R>>", stream(EVIL)])
    pdf = signed(pdf)
    pdf.update({1: pdf.with_keys(1, Pages="10 0 R")})
    return pdf


@modified
def shadow_other_catalog():
    pdf = signed(base(more=["<</Type /Catalog /Pages 2 0 R>>"]))
    pdf.update({}, root=10)
    return pdf


@modified
def shadow_table_alone():
    hidden = b"5 0 obj\n" + stream(EVIL) + b"\nendobj\n"
    pdf = base()
    pdf.bytes += hidden
    at = pdf.bytes.rindex(hidden)
    pdf.update({8: "<</Title (Paper)>>"})
    pdf = signed(pdf)
    pdf.update({}, places=[(5, at)])
    return pdf


@modified
def shadow_defined_later():
    pdf = base()
    pdf.update({4: pdf.with_keys(4, Contents="[5 0 R 30 0 R]")})
    return changed(30, stream(EVIL), signed(pdf))


@modified
def shadow_metadata_that_is_drawn():
    pdf = base()
    pdf.update({4: pdf.with_keys(4, Contents="[5 0 R 9 0 R]")})
    return changed(9, stream(EVIL, "/Type /Metadata /Subtype /XML"), signed(pdf))


@modified
def shadow_validation_data_that_is_drawn():
    pdf = base(catalog="/DSS 10 0 R", more=["<</Certs [5 0 R]>>"])
    return changed(5, stream(EVIL), signed(pdf))


@modified
def shadow_information_that_is_drawn():
    pdf = base(page="/PieceInfo 8 0 R")
    return changed(8, "<</Title (B)>>", signed(pdf))


@modified
def shadow_length():
    pdf = base(more=["40"])
    pdf.update({5: f"<</Length 10 0 R>>\nstream\n{TEXT.format(1)[:40]}\nendstream"})
    return changed(10, "20", signed(pdf))


# --- fields and annotations

@modified
def field_of_text_added():
    pdf = signed()
    field = pdf.reserve()
    pdf.update({field: FIELD.format("Tx", "New", " /V (x)"), **pdf.attach(field)})
    return pdf


@modified
def field_with_an_action():
    return signed(signed(), key="agency", name="Sig2", field_keys="/AA <</E <</S /JavaScript /JS (x)>>>>")


@modified
def field_of_the_same_name():
    return signed(signed(name="Sig1"), key="agency", name="Sig1")


@modified
def field_signed_gets_another_look():
    pdf = signed(rect=SMALL)
    look = max(number for number, body in pdf.objects.items() if b"/Subtype /Form" in (body if isinstance(body, bytes) else b""))
    return changed(look, stream(EVIL, "/Type /XObject /Subtype /Form /BBox [0 0 180 40]"), pdf)


@modified
def field_prepared_is_moved():
    pdf = signed(with_field("Sig", "Later"))
    pdf.update({10: pdf.with_keys(10, Rect="[0 0 600 800]")})
    return pdf


@modified
def field_filled_without_certification():
    return fill(signed(with_field()))


@modified
def field_filled_and_moved():
    pdf = signed(with_field(), keys=mdp(2))
    pdf.update({10: pdf.with_keys(10, V="(x)", Rect="[0 0 600 800]")})
    return pdf


@modified
def field_locked_and_filled():
    return fill(signed(with_field(), keys=mdp(2, field_mdp("Include", "Name"))))


@modified
def field_locked_by_exclusion_and_filled():
    return fill(signed(with_field(), keys=mdp(2, field_mdp("Exclude", "Other"))))


@modified
def field_locked_all_and_signed():
    return signed(signed(keys="/Reference [" + field_mdp("All") + "] "), key="agency", name="Sig2")


@modified
def annotation_without_certification():
    return annotate(signed(), "<</Type /Annot /Subtype /FreeText /F 4 /Rect [0 0 600 800] /Contents (Not valid)>>")


@modified
def annotation_taken_away():
    pdf = annotate(base(), "<</Type /Annot /Subtype /Text /F 4 /Rect [9 9 29 29] /Contents (Draft)>>")
    pdf = signed(pdf, page=6)
    pdf.update({4: pdf.with_keys(4, Annots="[]")})
    return pdf


@modified
def annotation_with_an_action():
    return annotate(signed(keys=mdp(3)), "<</Type /Annot /Subtype /Link /F 4 /Rect [0 0 600 800] /A <</S /Launch /F (x)>>>>")


# --- certification attacks

@modified
def certified_1_and_signed():
    return signed(signed(keys=mdp(1)), key="agency", name="Sig2")


@modified
def certified_2_and_annotated():
    return annotate(signed(keys=mdp(2)), "<</Type /Annot /Subtype /FreeText /F 4 /Rect [0 0 600 800] /Contents (x)>>")


@case("indeterminate", "SUSPECT_MODIFICATION", "suspect")
def certified_3_and_covered():
    return annotate(signed(keys=mdp(3)), "<</Type /Annot /Subtype /FreeText /F 4 /Rect [0 0 600 800] /Contents (x)>>")


@case("indeterminate", "SUSPECT_MODIFICATION", "suspect")
def certified_2_and_sneaky_signature():
    return signed(signed(keys=mdp(2)), key="agency", name="Sig2", rect=(0, 600, 600, 720), appearance=EVIL)


@case("indeterminate", "SUSPECT_MODIFICATION", "suspect")
def signature_as_large_as_the_page():
    return signed(signed(), key="agency", name="Sig2", rect=(0, 0, 600, 800), appearance=EVIL)


@case("indeterminate", "SUSPECT_MODIFICATION", "suspect")
def signatures_that_cover_the_page_together():
    pdf = signed()
    for part in range(3):
        pdf = signed(pdf, key="agency", name=f"Part{part}", rect=(0, 100 * part, 600, 100 * part + 80), appearance=EVIL)
    return pdf
