# SPDX-License-Identifier: Apache-2.0
"""Revisions that change objects (incremental saving), and signatures of other bytes than are shown (wrapping, forgery)."""
import re

from attack_cases import EVIL, FIELD, case, changed, modified, signed, with_field
from pdf_revisions import TEXT, base, stream

# --- incremental saving: objects overridden or added behind the signature

@modified
def saving_contents():
    return changed(5, stream(EVIL))


@modified
def saving_page_added():
    return changed(2, "<</Type /Pages /Count 3 /Kids [4 0 R 6 0 R 4 0 R]>>")


@modified
def saving_page_taken_away():
    return changed(2, "<</Type /Pages /Count 1 /Kids [4 0 R]>>")


@modified
def saving_pages_turned():
    return changed(2, "<</Type /Pages /Count 2 /Kids [6 0 R 4 0 R]>>")


@modified
def saving_and_signed_by_another():
    return signed(changed(5, stream(EVIL)), key="agency", name="Sig2")


@modified
def saving_and_taken_back():
    return changed(5, stream(TEXT.format(1)), changed(5, stream(EVIL)))


@case("valid", after="bytes", file="invalid")
def saving_without_table():
    pdf = signed()
    pdf.bytes += b"5 0 obj\n" + stream(EVIL) + b"\nendobj\n"
    return pdf


@case("valid", after="bytes", file="invalid")
def saving_without_end_mark():
    pdf = signed()
    pdf.update({5: stream(EVIL)}, eof=b"")
    return pdf


@modified
def saving_page_resources():
    pdf = signed()
    pdf.update({4: pdf.with_keys(4, Group="<</S /Transparency>>")})
    return pdf


@modified
def saving_page_box():
    pdf = signed()
    pdf.update({4: pdf.with_keys(4, MediaBox="[0 0 600 400]")})
    return pdf


@modified
def saving_page_action():
    pdf = signed()
    pdf.update({4: pdf.with_keys(4, AA="<</O <</S /JavaScript /JS (x)>>>>")})
    return pdf


def catalog_case(name, key, value):
    def make():
        pdf = signed()
        pdf.update({1: pdf.with_keys(1, **{key: value})})
        return pdf
    make.__name__ = name
    modified(make)


catalog_case("saving_open_action", "OpenAction", "<</S /JavaScript /JS (x)>>")
catalog_case("saving_catalog_action", "AA", "<</WC <</S /JavaScript /JS (x)>>>>")
catalog_case("saving_names", "Names", "<</JavaScript <</Names []>>>>")
catalog_case("saving_layers", "OCProperties", "<</OCGs []>>")
catalog_case("saving_outlines", "Outlines", "<</Count 0>>")
catalog_case("saving_certification", "Perms", "<</DocMDP 5 0 R>>")
catalog_case("saving_odd_extension", "Extensions", "<</EVIL <</Contents 5>>>>")
catalog_case("saving_metadata_away", "Metadata", "5")


def form_case(name, key, value):
    def make():
        pdf = signed(with_field("Sig", "Later"))
        pdf.update({11: pdf.with_keys(11, **{key: value})})
        return pdf
    make.__name__ = name
    modified(make)


form_case("saving_form_appearances", "NeedAppearances", "true")
form_case("saving_form_xfa", "XFA", "5 0 R")
form_case("saving_form_order", "CO", "[10 0 R]")
form_case("saving_form_fields_away", "Fields", "[]")


# --- wrapping: the signed bytes are somewhere, but not what is shown

@case("invalid", "FORMAT_FAILURE", "", False)
def wrapping_with_a_larger_hole():
    """The signed end moves away, and another table stands where the signed startxref leads."""
    pdf = signed(base(page="/Padding 10 0 R", more=[stream(" " * 4000)]))
    _, hole, after, length = map(int, re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", pdf.bytes)[-1])
    value = max(number for number, body in pdf.objects.items() if body == b"signed")
    rows = {int(n): int(at) for n, at in re.findall(rb"\n(\d+) 1\n(\d{10}) 00000 n", pdf.bytes)}
    contents, tail = pdf.bytes[hole:after], pdf.bytes[after:]
    front = pdf.bytes[:after].ljust(pdf.previous)
    size = pdf.size
    rows[value] = rows[5] = 10**9
    table = "".join(f"{n} 1\n{at:010} 00000 n \n" for n, at in sorted(rows.items()))
    table = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {size} /Root 1 0 R>>\n"
    evil = f"5 0 obj\n".encode() + stream(EVIL) + b"\nendobj\n"
    rows[5] = len(front) + len(table)
    rows[value] = rows[5] + len(evil)
    table = "".join(f"{n} 1\n{at:010} 00000 n \n" for n, at in sorted(rows.items()))
    table = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {size} /Root 1 0 R>>\n"
    head = f"{value} 0 obj\n<</Type /Sig /SubFilter /ETSI.CAdES.detached /Contents {contents.decode()} /ByteRange [0 {hole} "
    end = rows[value] + len(head) + 40
    evil += (head + f"{end} {length}]>>\nendobj\n").ljust(len(head) + 40).encode()
    pdf.bytes = front + table.encode() + evil + tail
    return pdf


@case("invalid", "FORMAT_FAILURE", "", False)
def wrapping_something_behind_the_signature():
    pdf = signed()
    at = pdf.bytes.rindex(b"0000>") - 40
    pdf.bytes = pdf.bytes[:at] + b"ab" + pdf.bytes[at + 2:]
    return pdf


@case("invalid", "FORMAT_FAILURE", "", False)
def wrapping_two_ranges():
    return signed(keys="/ByteRange [0 9 9 9] ")


@case("invalid", "FORMAT_FAILURE", "", False)
def wrapping_two_contents():
    return signed(keys="/Contents <00> ")


@case("invalid", "FORMAT_FAILURE", "", False)
def wrapping_another_dictionary_of_the_same_bytes():
    pdf = signed()
    value = max(number for number, body in pdf.objects.items() if body == b"signed")
    dictionary = re.findall(rb"<</Type /Sig .*?>>>", pdf.bytes)[-1]
    pdf.update({value: re.sub(rb"/M \(D:2", b"/M (D:1", dictionary)})
    return pdf


@case("valid", after="signatures", file="invalid")
def wrapping_signature_moved_to_another_field():
    pdf = signed()
    value = max(number for number, body in pdf.objects.items() if body == b"signed")
    field = pdf.reserve()
    pdf.update({field: FIELD.format("Sig", "Copy", f" /V {value} 0 R"), **pdf.attach(field)})
    return signed(pdf, key="agency", name="Sig3")


# --- forgery: a signature that a reader cannot look at and shows as good

def forgery_case(name, dictionary):
    def make():
        pdf = base()
        value, field = pdf.reserve(), pdf.reserve()
        pdf.update({value: dictionary, field: FIELD.format("Sig", "Sig1", f" /V {value} 0 R"), **pdf.attach(field)})
        return pdf
    make.__name__ = name
    case("invalid", "FORMAT_FAILURE", "", False)(make)


HEAD = "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
for variant, rest in {
    "no_contents": "/ByteRange [0 10 20 10]", "null_contents": "/ByteRange [0 10 20 10] /Contents null",
    "empty_contents": "/ByteRange [0 10 20 10] /Contents <>", "zero_contents": "/ByteRange [0 10 20 10] /Contents <00>",
    "no_range": "/Contents <3000>", "null_range": "/ByteRange null /Contents <3000>", "empty_range": "/ByteRange [] /Contents <3000>",
    "negative_range": "/ByteRange [0 -1 -1 0] /Contents <3000>", "range_of_names": "/ByteRange [/a /b /c /d] /Contents <3000>",
    "huge_range": "/ByteRange [0 10 99999999999999999999 9] /Contents <3000>", "nothing": "",
}.items():
    forgery_case("forgery_" + variant, HEAD + rest + ">>")
forgery_case("forgery_no_sub_filter", "<</Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 10] /Contents <3000>>>")
forgery_case("forgery_odd_sub_filter", "<</Type /Sig /SubFilter /none /ByteRange [0 10 20 10] /Contents <3000>>>")
forgery_case("forgery_no_dictionary", "42")
