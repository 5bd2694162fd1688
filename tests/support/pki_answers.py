# SPDX-License-Identifier: Apache-2.0
"""What an authority's servers answer: time-stamps (RFC 3161) and the status of certificates (RFC 6960), right and wrong.

All signatures are the openssl program's."""
import datetime
import hashlib
import os
import subprocess
import tempfile

from pki_der import children, element, inside, oid, sequence

TS_CONFIG = """
[tsa]
default_tsa = t
[t]
serial = %(serial)s
default_policy = 1.3.6.1.4.1.99999.1
other_policies = 1.3.6.1.4.1.99999.2
digests = sha1, sha256, sha384, sha512
ess_cert_id_alg = sha256
ess_cert_id_chain = no
signer_digest = sha256
clock_precision_digits = 0
"""
BASIC = "1.3.6.1.5.5.7.48.1.1"
NONCE = oid("1.3.6.1.5.5.7.48.1.2")


def openssl(*words, stdin=b""):
    return subprocess.run(["openssl", *words], input=stdin, check=True, capture_output=True).stdout


def rejection():
    text = sequence(element(0x0C, "không đóng dấu".encode()))
    return sequence(sequence(element(2, b"\x02"), text, element(3, b"\x05\x20")))  # rejection, badRequest


class TimeStamps:
    def __init__(self, folder):
        self.folder = folder

    def answer(self, query, mode):
        if mode == "rejected":
            return rejection()
        if mode == "wrong-digest":
            imprint = children(inside(query)[1][1])[1][1]
            query = query.replace(imprint, hashlib.sha256(imprint).digest()[:len(imprint)].ljust(len(imprint), b"x"))
        if mode == "wrong-nonce":
            nonce = [body for tag, body, _ in inside(query)[2:] if tag == 2][0]
            query = query.replace(nonce, nonce[:-1] + bytes([nonce[-1] ^ 1]))
        if mode == "no-certificate":
            query = query.replace(b"\x01\x01\xff", b"\x01\x01\x00")
        signer = "tsa-short" if mode == "short" else "tsa"
        with tempfile.TemporaryDirectory() as work:
            paths = {name: os.path.join(work, name) for name in ("serial", "config", "query")}
            write(paths["serial"], ("01" + os.urandom(7).hex() + "\n").encode())
            write(paths["config"], (TS_CONFIG % paths).encode())
            write(paths["query"], query)
            chain = [] if mode == "bare" else ["-chain", self.file("intermediate.pem")]
            answer = openssl("ts", "-reply", "-config", paths["config"], "-queryfile", paths["query"],
                             "-signer", self.file(signer + ".pem"), "-inkey", self.file(signer + ".key"), *chain)
            if mode == "broken":
                answer = answer[:-1] + bytes([answer[-1] ^ 1])
            return self.by_a_stranger(answer, work) if mode == "stranger" else answer

    def by_a_stranger(self, answer, work):
        """The same statement, signed with a certificate that is not for time-stamping."""
        status, token = inside(answer)
        signed, content = os.path.join(work, "token"), os.path.join(work, "statement")
        write(signed, token[2])
        openssl("cms", "-verify", "-noverify", "-inform", "DER", "-in", signed, "-out", content)
        forged = openssl("cms", "-sign", "-nodetach", "-binary", "-cades", "-md", "sha256", "-outform", "DER",
                         "-in", content, "-econtent_type", "1.2.840.113549.1.9.16.1.4",
                         "-signer", self.file("agency.pem"), "-inkey", self.file("agency.key"))
        return sequence(status[2], forged)

    def file(self, name):
        return os.path.join(self.folder, name)


class Statuses:
    def __init__(self, folder):
        self.folder = folder

    def answer(self, query, mode):
        tbs = children(inside(query)[0][1])
        requests = next(body for tag, body, _ in tbs if tag == 0x30)
        name = children(children(requests)[0][1])[0]  # the certID
        nonce = [whole for tag, body, _ in tbs if tag == 0xA2 for _, _, whole in inside(body) if NONCE in whole]
        _, _, key_hash, serial = children(name[1])
        issuer = "root" if key_hash[1] == self.key_hash("root") else "intermediate"
        signer = issuer if issuer == "root" or mode == "by-issuer" else "ocsp"
        signer = "agency" if mode == "stranger" else signer
        return self.response(name[2], self.status(serial[1], mode), mode, [] if mode == "no-nonce" else nonce, signer)

    def status(self, serial, mode):
        if mode == "unknown":
            return element(0x82)
        with open(os.path.join(self.folder, "index"), encoding="utf-8") as index:
            rows = [line.split("\t") for line in index]
        for row in rows:
            if int(row[3], 16) == int.from_bytes(serial, "big"):
                return element(0xA1, moment("20" + row[2].split(",")[0]))
        return element(0x80)

    def response(self, name, status, mode, nonce, signer):
        now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        this = now - datetime.timedelta(days=60 if mode == "stale" else 0)
        if mode == "other":
            name = name[:-1] + bytes([name[-1] ^ 1])
        single = sequence(name, status, moment(this), element(0xA0, moment(this + datetime.timedelta(days=7))))
        extensions = [element(0xA1, sequence(*nonce))] if nonce else []
        tbs = sequence(element(0xA2, element(4, self.key_hash(signer))), moment(now), sequence(single), *extensions)
        signature = openssl("dgst", "-sha256", "-sign", self.file(signer + ".key"), stdin=tbs)
        if mode == "broken":
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
        rsa, ecdsa = ("1.2.840.113549.1.1.11", element(5)), ("1.2.840.10045.4.3.2", b"")
        method, nothing = rsa if signer in ("root", "intermediate") else ecdsa
        algorithm = sequence(oid(method), nothing)
        certificate = openssl("x509", "-in", self.file(signer + ".pem"), "-outform", "DER")
        basic = sequence(tbs, algorithm, element(3, b"\0" + signature), element(0xA0, sequence(certificate)))
        return sequence(element(0x0A, b"\0"), element(0xA0, sequence(oid(BASIC), element(4, basic))))

    def key_hash(self, name):
        key = openssl("x509", "-in", self.file(name + ".pem"), "-pubkey", "-noout")
        info = openssl("pkey", "-pubin", "-outform", "DER", stdin=key)
        return hashlib.sha1(inside(info)[1][1][1:]).digest()

    def file(self, name):
        return os.path.join(self.folder, name)


def moment(when):
    text = when if isinstance(when, str) else when.strftime("%Y%m%d%H%M%SZ")
    return element(0x18, text.encode())


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
