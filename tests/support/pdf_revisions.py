# SPDX-License-Identifier: Apache-2.0
"""PDFs of many revisions, signed and time-stamped by the openssl program alone: good ones, and those that attack.

PKI is a folder of scripts/make-test-pki. The clock is the environment's (tests/support/preload.cpp)."""
import datetime
import os
import re
import subprocess
import tempfile
import time

from pki_der import children, element, inside, oid, sequence

ROOM = 9000
RANGE = 60
TS_CONFIG = """
[tsa]
default_tsa = t
[t]
serial = {0}/serial
default_policy = 1.3.6.1.4.1.99999.1
digests = sha1, sha256, sha512
ess_cert_id_alg = sha256
signer_digest = sha256
"""
TEXT = "BT /F 12 Tf 100 700 Td (Pay {0} to the bearer) Tj ET"


def openssl(*words, stdin=b""):
    return subprocess.run(["openssl", *words], input=stdin, check=True, capture_output=True).stdout


def stream(content, entries=""):
    content = content if isinstance(content, bytes) else content.encode("latin-1")
    return f"<<{entries} /Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def base(catalog="", page="", more=(), page2=""):
    """Objects 1 catalog, 2 page tree, 3 font, 4 and 6 pages, 5 and 7 their contents, 8 document information, 9 XMP; 10 … more."""
    box = "/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources <</Font <</F 3 0 R>>>>"
    objects = [f"<</Type /Catalog /Pages 2 0 R /Metadata 9 0 R {catalog}>>", "<</Type /Pages /Count 2 /Kids [4 0 R 6 0 R]>>",
               "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>", f"<<{box} /Contents 5 0 R {page}>>",
               stream(TEXT.format(1)), f"<<{box} /Contents 7 0 R {page2}>>", stream(TEXT.format(2)),
               "<</Title (A paper)>>", stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "/Type /Metadata /Subtype /XML"), *more]
    pdf = Pdf(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    pdf.update(dict(enumerate(objects, 1)), trailer="/Info 8 0 R ")
    return pdf


class Pdf:
    def __init__(self, content):
        self.bytes = content
        self.size = 1
        self.objects = {}
        self.previous = None

    def reserve(self):
        self.size += 1
        return self.size - 1

    def update(self, objects, free=(), trailer="/Info 8 0 R ", root=1, places=(), eof=b"%%EOF\n"):
        """`places`: (number, offset) of objects whose old bytes are to be found again."""
        self.size = max([self.size, *(n + 1 for n in objects)])
        rows = {number: (0, 1, "f") for number in free}
        rows.update({number: (offset, 0, "n") for number, offset in places})
        for number, body in objects.items():
            body = body if isinstance(body, bytes) else body.encode("latin-1")
            rows[number] = (len(self.bytes), 0, "n")
            self.bytes += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
            self.objects[number] = body
        if self.previous is None:
            rows[0] = (0, 65535, "f")
        at = len(self.bytes)
        table = "".join(f"{n} 1\n{offset:010} {generation:05} {kind} \n" for n, (offset, generation, kind) in sorted(rows.items()))
        previous = "" if self.previous is None else f"/Prev {self.previous} "
        self.bytes += (f"xref\n{table}trailer\n<</Size {self.size} /Root {root} 0 R {trailer}{previous}/ID [<00> <01>]>>\n"
                       f"startxref\n{at}\n").encode() + eof
        self.previous = at

    def text(self, number):
        body = self.objects[number]
        return body.decode("latin-1") if isinstance(body, bytes) else body

    def with_keys(self, number, **keys):
        """The object's dictionary with further or other simple keys."""
        body = self.text(number)
        for key, value in keys.items():
            body = re.sub(rf" ?/{key} (\[[^\]]*\]|<<[^>]*>>|\d+ 0 R|[^ />]+)", "", body, count=1)
            body = body.replace("<<", f"<</{key} {value} ", 1)
        return body

    def items(self, number, key):
        found = re.search(rf"/{key} \[([^\]]*)\]", self.text(number))
        return found.group(1) if found else ""

    def attach(self, field, page=4):
        """The catalog's form and the page with one more field."""
        form = re.search(r"/AcroForm (\d+) 0 R", self.text(1))
        number = int(form.group(1)) if form else self.reserve()
        fields = self.items(number, "Fields") if form else ""
        changed = {number: f"<</SigFlags 3 /Fields [{fields} {field} 0 R]>>"}
        if not form:
            changed[1] = self.with_keys(1, AcroForm=f"{number} 0 R")
        if page:
            changed[page] = self.with_keys(page, Annots=f"[{self.items(page, 'Annots')} {field} 0 R]")
        return changed

    def sign(self, pki, key="officer", name="Sig1", rect=None, into=None, keys="", field_keys="", sub_filter=None, stamp=None,
             claimed=None, more=None, digest="sha256", cms=None, page=4, appearance="0 0 m"):
        """A signature; `stamp`: its time-stamping authority. `cms` makes Contents in another way."""
        value = self.reserve()
        made = dict(more or {})
        if into:
            made[into] = self.with_keys(into, V=f"{value} 0 R")
        else:
            field = self.reserve()
            look = ""
            if rect:
                form = self.reserve()
                made[form] = stream(appearance, f"/Type /XObject /Subtype /Form /BBox [0 0 {rect[2] - rect[0]} {rect[3] - rect[1]}]")
                look = f"/AP <</N {form} 0 R>> "
            box = " ".join(map(str, rect or (0, 0, 0, 0)))
            where = f"/P {page} 0 R " if page else ""
            made[field] = (f"<</Type /Annot /Subtype /Widget /FT /Sig /T ({name}) /F 4 /Rect [{box}] {look}{where}"
                           f"/V {value} 0 R {field_keys}>>")
            for number, body in self.attach(field, page).items():
                made.setdefault(number, body)
        claimed = claimed or datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).strftime("%Y%m%d%H%M%SZ")
        made[value] = (f"<</Type /{'DocTimeStamp' if sub_filter == 'ETSI.RFC3161' else 'Sig'} /Filter /Adobe.PPKLite "
                       f"/SubFilter /{sub_filter or 'ETSI.CAdES.detached'} /M (D:{claimed}) {keys}"
                       f"/ByteRange [{' ' * RANGE}] /Contents <{'0' * 2 * ROOM}>>>")
        self.update(made)
        hole = self.bytes.rindex(b"/Contents <") + len(b"/Contents ")
        after = hole + 2 * ROOM + 2
        span = f"0 {hole} {after} {len(self.bytes) - after}".ljust(RANGE).encode()
        at = self.bytes.rindex(b"/ByteRange [") + len(b"/ByteRange [")
        self.bytes = self.bytes[:at] + span + self.bytes[at + RANGE:]
        signed = self.bytes[:hole] + self.bytes[after:]
        der = (cms or (lambda content: make_cms(pki, key, content, stamp, digest)))(signed)
        self.bytes = self.bytes[:hole + 1] + der.hex().ljust(2 * ROOM, "0").encode() + self.bytes[after - 1:]
        self.objects[value] = b"signed"
        return value

    def time_stamp(self, pki, authority="tsa", name="Stamp1", **more):
        return self.sign(pki, name=name, sub_filter="ETSI.RFC3161", cms=lambda content: token(pki, authority, content),
                         page=more.pop("page", None), **more)

    def store(self, certificates=(), crls=(), answers=()):
        """A DSS with DER of all of them, in place of what there was."""
        made = {}
        lists = []
        for key, items in (("Certs", certificates), ("CRLs", crls), ("OCSPs", answers)):
            numbers = [self.reserve() for _ in items]
            made.update({number: stream(item) for number, item in zip(numbers, items)})
            lists.append(f"/{key} [{' '.join(f'{n} 0 R' for n in numbers)}]")
        dss = self.reserve()
        made[dss] = f"<<{' '.join(lists)}>>"
        made[1] = self.with_keys(1, DSS=f"{dss} 0 R")
        self.update(made)


def make_cms(pki, key, content, stamp=None, digest="sha256"):
    der = openssl("cms", "-sign", "-binary", "-cades", "-noindef", "-md", digest, "-outform", "DER", "-nosmimecap",
                  "-signer", f"{pki}/{key}.pem", "-inkey", f"{pki}/{key}.key", "-certfile", f"{pki}/intermediate.pem", stdin=content)
    return with_stamp(der, token(pki, stamp, signature_of(der))) if stamp else der


def signed_data(der):
    kind, content = inside(der)
    return kind[2], [whole for _, _, whole in children(children(content[1])[0][1])]


def signature_of(der):
    infos = signed_data(der)[1][-1]
    return [body for tag, body, _ in children(inside(infos)[0][1]) if tag == 4][-1]


def with_stamp(der, stamp):
    kind, parts = signed_data(der)
    info = [whole for _, _, whole in children(inside(parts[-1])[0][1])]
    info.append(element(0xA1, sequence(oid("1.2.840.113549.1.9.16.2.14"), element(0x31, stamp))))
    return sequence(kind, element(0xA0, sequence(*parts[:-1], element(0x31, sequence(*info)))))


def token(pki, authority, content, digest="sha256"):
    with tempfile.TemporaryDirectory() as work:
        write(f"{work}/serial", b"01" + os.urandom(7).hex().encode() + b"\n")
        write(f"{work}/config", TS_CONFIG.format(work).encode())
        write(f"{work}/content", content)
        openssl("ts", "-query", "-data", f"{work}/content", f"-{digest}", "-cert", "-out", f"{work}/query")
        return openssl("ts", "-reply", "-config", f"{work}/config", "-queryfile", f"{work}/query", "-token_out", "-signer",
                       f"{pki}/{authority}.pem", "-inkey", f"{pki}/{authority}.key", "-chain", f"{pki}/intermediate.pem")


def certificates(pki, *names):
    return [openssl("x509", "-in", f"{pki}/{name}.pem", "-outform", "DER") for name in names]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
