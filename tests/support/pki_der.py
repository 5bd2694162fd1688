# SPDX-License-Identifier: Apache-2.0
"""As much of DER as a time-stamping authority and a responder of certificates' status need."""


def element(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*parts):
    return element(0x30, *parts)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    body = bytes([40 * first + second])
    for arc in rest:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(0x80 | arc & 0x7F)
        body += bytes(reversed(digits))
    return element(6, body)


def children(der):
    """(tag, body, whole) of each element of `der`."""
    found, at = [], 0
    while at < len(der):
        size, head = der[at + 1], at + 2
        if size & 0x80:
            head += size & 0x7F
            size = int.from_bytes(der[at + 2:head], "big")
        found.append((der[at], der[head:head + size], der[at:head + size]))
        at = head + size
    return found


def inside(der):
    """The children of the only element of `der`."""
    return children(children(der)[0][1])
