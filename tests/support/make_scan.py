#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a small scan as a PNG or TIFF without any imaging package.

usage: make_scan.py FILE [DPI [SHADE [PAGES]]]    an A4 page of 83 x 117 pixels at 10 dpi units; DPI 0: not told
"""
import struct
import sys
import zlib

WIDTH, HEIGHT = 83, 117


def png(dpi, shade):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes([shade]) * WIDTH for _ in range(HEIGHT))
    density = round(dpi / 0.0254)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0))
            + (chunk(b"pHYs", struct.pack(">IIB", density, density, 1)) if dpi else b"")
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def tiff(dpi, shade, pages):
    data = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in range(pages):
        strip = len(data)
        data += bytes([(shade + page) % 256]) * (WIDTH * HEIGHT) + b"\0" * (WIDTH * HEIGHT % 2)
        ratio = len(data)
        data += struct.pack("<II", dpi, 1)
        tags = [(256, 4, WIDTH), (257, 4, HEIGHT), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, strip), (277, 3, 1),
                (278, 4, HEIGHT), (279, 4, WIDTH * HEIGHT)] + ([(282, 5, ratio), (283, 5, ratio)] if dpi else [])
        struct.pack_into("<I", data, link, len(data))
        data += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            data += struct.pack("<HHII", tag, kind, 1, value)
        link = len(data)
        data += struct.pack("<I", 0)
    return bytes(data)


name = sys.argv[1]
dpi, shade, pages = (int(word) for word in (sys.argv[2:] + ["300", "200", "1"][len(sys.argv) - 2:]))
with open(name, "wb") as file:
    file.write(png(dpi, shade) if name.endswith(".png") else tiff(dpi, shade, pages))
