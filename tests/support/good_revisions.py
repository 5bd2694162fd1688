# SPDX-License-Identifier: Apache-2.0
"""What may come after a signature."""
from attack_cases import FIELD, SMALL, annotate, case, field_mdp, fill, mdp, pki, signed, with_field
from pdf_revisions import stream


@case("valid", after="nothing")
def good_one():
    return signed()


@case("valid", after="signatures")
def good_second_signature():
    return signed(signed(rect=SMALL), key="agency", name="Sig2", rect=(300, 20, 500, 60))


@case("valid", after="signatures")
def good_prepared_field():
    return signed(signed(with_field("Sig", "Later")), key="agency", into=10)


@case("valid", after="signatures")
def good_empty_field_then_signed():
    pdf = signed()
    field = pdf.reserve()
    pdf.update({field: FIELD.format("Sig", "Later", ""), **pdf.attach(field)})
    return signed(pdf, key="agency", into=field)


@case("valid", after="signatures")
def good_metadata():
    pdf = signed()
    pdf.update({8: "<</Title (The paper)>>", 9: stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'> </x:xmpmeta>", "/Type /Metadata /Subtype /XML")})
    return pdf


@case("valid", after="signatures")
def good_extensions():
    pdf = signed()
    pdf.update({1: pdf.with_keys(1, Extensions="<</ESIC 20 0 R>>"), 20: "<</BaseVersion /1.7 /ExtensionLevel 1>>"})
    return pdf


@case("valid", after="signatures")
def good_certified_1_and_time_stamped():
    pdf = signed(keys=mdp(1))
    pdf.store([b"no certificate"])
    pdf.time_stamp(pki)
    return pdf


@case("valid", after="permitted")
def good_certified_2_and_filled():
    return fill(fill(signed(with_field(), keys=mdp(2))), text="Mai")


@case("valid", after="permitted")
def good_certified_2_and_another_field_locked():
    return fill(signed(with_field(), keys=mdp(2, field_mdp("Include", "Other"))))


@case("valid", after="signatures")
def good_certified_2_and_prepared_field_signed():
    return signed(signed(with_field("Sig", "Later"), keys=mdp(2)), key="agency", into=10)


@case("valid", after="signatures")
def good_certified_2_and_countersigned():
    return signed(signed(keys=mdp(2)), key="agency", name="Sig2", rect=SMALL)


@case("valid", after="permitted")
def good_certified_3_and_note():
    return annotate(signed(keys=mdp(3)), "<</Type /Annot /Subtype /Text /F 4 /Rect [9 9 29 29] /Contents (Seen)>>")


@case("valid", after="signatures")
def good_whole_file_written_again():
    pdf = signed()
    pdf.update({n: pdf.objects[n] for n in (2, 3, 5, 7)})
    return signed(pdf, key="agency", name="Sig2")
