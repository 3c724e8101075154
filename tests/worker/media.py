#!/usr/bin/env python3
# media.py: makes and looks into the pictures of the worker's tests, with the standard library alone.
#
# media.py exif IN.jpg OUT.jpg    adds EXIF: orientation 6 (lies on its side), maker, a place; a comment; data after the end
# media.py bomb OUT.png           20000 x 20000 pixels in about a megabyte
# media.py look FILE.jpg          prints "<width> <height> <names of the segments that hold metadata>"
import struct
import sys
import zlib


def exif_segment():
    maker = b"SecretPhone\0"
    ifd0_entries = 3
    ifd0 = 8
    data = ifd0 + 2 + ifd0_entries * 12 + 4
    gps = data + len(maker)
    entries = struct.pack("<HHII", 0x010F, 2, len(maker), data)
    entries += struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    entries += struct.pack("<HHII", 0x8825, 4, 1, gps)
    tiff = b"II*\0" + struct.pack("<I", ifd0) + struct.pack("<H", ifd0_entries) + entries + struct.pack("<I", 0) + maker
    place = gps + 2 + 2 * 12 + 4
    tiff += struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0") + struct.pack("<HHII", 2, 5, 3, place)
    tiff += struct.pack("<I", 0) + struct.pack("<6I", 39, 1, 54, 1, 20, 1)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def exif(source, target):
    with open(source, "rb") as f:
        jpeg = f.read()
    comment = b"SecretComment"
    jpeg = jpeg[:2] + exif_segment() + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:]
    with open(target, "wb") as f:
        f.write(jpeg)


def bomb(target):
    side = 20000

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 + side)) for _ in range(side)) + packer.flush()
    with open(target, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)))
        f.write(chunk(b"IDAT", packed) + chunk(b"IEND", b""))


def look(source):
    with open(source, "rb") as f:
        jpeg = f.read()
    at, size, names = 2, (0, 0), []
    while at < len(jpeg):
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        body = jpeg[at + 4:at + 2 + length]
        if marker in (0xC0, 0xC1, 0xC2):
            size = struct.unpack(">HH", body[1:5])[::-1]
        if marker == 0xFE:
            names.append("COM")
        if 0xE1 <= marker <= 0xEF and not body.startswith(b"Adobe"):
            names.append("APP%d" % (marker - 0xE0))
        if marker == 0xDA:
            break
        at += 2 + length
    print(size[0], size[1], " ".join(names) or "none")


{"exif": exif, "bomb": bomb, "look": look}[sys.argv[1]](*sys.argv[2:])
