# SPDX-License-Identifier: Apache-2.0
"""What signing costs: many files of one page, by a key in a file and by one on a token, against OpenSSL alone."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from .cost import measure

SOFTHSM = pathlib.Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "2468"


def one_page(sohoa, root, folder):
    """A PDF/A of one scanned page, as `sohoa pdf` makes it."""
    scan = folder / "scan.jpg"
    subprocess.run([root / "tests/support/make-scan", scan, "--text", "Quyết định số 1", "--text", "Kính gửi các cơ quan"], check=True)
    records = subprocess.run([sohoa, "ingest", scan], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    subprocess.run([sohoa, "pdf", "-o", folder / "pdf"], check=True, input=records, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return next((folder / "pdf").rglob("*.pdf"))


def raw_rsa():
    """Seconds of processor time that OpenSSL takes for one RSA-2048 signature."""
    told = subprocess.run(["openssl", "speed", "-mr", "-seconds", "3", "rsa2048"], check=True, capture_output=True, text=True).stdout
    rate = float(next(line for line in told.splitlines() if line.startswith("+F2")).split(":")[3])  # signatures a second
    return 1 / rate


def token_of(pki, folder):
    """A SoftHSM token with the officer's key; the options that name it."""
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "bench", "--pin", PIN, "--so-pin", "13579"], **quiet)
    for kind, convert in (("privkey", ["pkey", "-in", pki / "officer.key"]), ("cert", ["x509", "-in", pki / "officer.pem"])):
        subprocess.run(["openssl", *convert, "-outform", "DER", "-out", folder / "object.der"], **quiet)
        subprocess.run(["pkcs11-tool", "--module", SOFTHSM, "--token-label", "bench", "--login", "--pin", PIN, "--write-object",
                        folder / "object.der", "--type", kind, "--id", "01", "--label", "officer"], **quiet)
    (folder / "pin").touch(mode=0o600)
    (folder / "pin").write_text(PIN + "\n")
    return ["--pkcs11", "pkcs11:token=bench", "--pkcs11-module", SOFTHSM, "--passphrase-file", folder / "pin"]


def signing(sohoa, root, pki, count, jobs):
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = pathlib.Path(name)
        page = one_page(sohoa, root, folder)
        raw = raw_rsa()
        print(f"{count} files of one page, {page.stat().st_size} bytes; {jobs} jobs; raw RSA-2048: {raw * 1000:.3f} ms cpu a signature")
        key = ["--key", pki / "officer.p12", "--passphrase-file", pki / "passphrase"]
        ways = {"sohoa sign --key": key}
        if shutil.which("softhsm2-util") and shutil.which("pkcs11-tool") and SOFTHSM.exists():
            ways["sohoa sign --pkcs11"] = token_of(pki, folder)
        for title, options in ways.items():
            files = [folder / f"{number:05d}.pdf" for number in range(count)]
            for file in files:
                shutil.copyfile(page, file)
            os.sync()
            _tell(title, count, raw, measure([[sohoa, "--jobs", str(jobs), "sign", "--quiet", *options, *files]]))
        openssl = ["openssl", "cms", "-sign", "-binary", "-cades", "-outform", "DER", "-signer", pki / "officer.pem", "-inkey",
                   pki / "officer.key", "-in", page, "-out"]
        _tell("openssl cms -sign", count, raw, measure([[*openssl, folder / f"{number:05d}.cms"] for number in range(count)], jobs))


def _tell(title, count, raw, cost):
    for _, status, said in cost.failures:
        raise SystemExit(f"bench: {title} ended with status {status}:\n{said}")
    print(f"{title:20s} {count / cost.wall:7.0f} files/s {cost.wall:7.2f} s wall {cost.cpu:7.2f} s cpu   "
          f"{cost.cpu / count * 1000:6.2f} ms cpu a file, {cost.cpu / count / raw:5.1f} times raw RSA")
