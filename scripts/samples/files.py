# SPDX-License-Identifier: Apache-2.0
"""Scans as files: JPEG, PNG, TIFF, and a PDF of nothing but JPEGs."""
import io
import json
import os


def save_entries(path, entries):
    """JSON with an entry a line."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n")


def jpeg(image, dpi, quality):
    data = io.BytesIO()
    image.save(data, "JPEG", dpi=(dpi, dpi), quality=quality, optimize=True)
    return data.getvalue()


def save_one(path, image, dpi, quality):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if path.endswith(".jpg"):
        with open(path, "wb") as file:
            file.write(jpeg(image, dpi, quality))
    elif path.endswith(".png"):
        image.save(path, dpi=(dpi, dpi), optimize=True)
    else:
        save_tiff(path, [image], dpi)


def save_tiff(path, images, dpi):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    how = "group4" if images[0].mode == "1" else "tiff_lzw"
    options = {} if how == "group4" else {"tiffinfo": {317: 2}}  # horizontal differencing
    images[0].save(path, dpi=(dpi, dpi), compression=how, save_all=True, append_images=images[1:], **options)


def save_pdf(path, images, dpi, quality):
    """Pages of one JPEG each, as a copier's "scan to PDF" writes them."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(images)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {len(images)} /Kids [{kids}] >>".encode()]
    for n, image in enumerate(images):
        width, height = (side * 72 / dpi for side in image.size)
        show = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q".encode()
        data = jpeg(image, dpi, quality)
        space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Contents {4 + 3 * n} 0 R "
                       f"/Resources << /XObject << /Im0 {5 + 3 * n} 0 R >> >> >>".encode())
        objects.append(f"<< /Length {len(show)} >>\nstream\n".encode() + show + b"\nendstream")
        objects.append(f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace /{space} "
                       f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
    body, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    with open(path, "wb") as file:
        file.write(body + table.encode() + tail.encode())
