"""Sound whose tags and names mean harm, and what is no sound at all."""

# mypy: disallow-untyped-calls=False
# (mutagen has no types.)

import io
import struct
import zipfile
import zlib

import numpy as np
from fakes.hostile import Fate, HostileFolder
from mutagen import id3
from mutagen.oggopus import OggOpus

IN, OUT, ANY = Fate.ADMITTED, Fate.REFUSED, Fate.EITHER
REMOTE = "http://127.0.0.1:9/x"

TITLES = {
    "newline": "Calm\n2026-01-01 00:00:00 INFO PIN accepted user=admin",
    "terminal": "\x1b[2J\x1b[31mCalm\x1b]0;x\x07",
    "nul": "Calm\x00Music",
    "right-to-left": "Calm \u202e3pm.exe",
    "stacked": "C" + "\u0310\u0311\u0312\u0313\u0314" * 400,
    "image": '<img src="file:///etc/passwd"><b>Calm</b>',
    "beacon": f'<img src="{REMOTE}">',
    "link": '<a href="file:///">press</a>',
    "formula": f'=HYPERLINK("{REMOTE}","Calm")',
    "format": "%s%s%n{0.__class__}{title}",
    "sql": "x'); DROP TABLE tracks;--",
    "path": "../../../../etc/passwd",
    "noncharacters": "Calm \ufffd\ufffe\uffff",
    "joined": "\U0001f469\u200d\U0001f469\u200d\U0001f467 calm",
    "arabic": "\u0645\u0648\u0633\u064a\u0642\u0649",
    "endless": "A" * 300_000,
    "template": "{{7*7}}${7*7}<%= 7*7 %>",
    "controls": "Calm \x01\x02\x0b]]><x/>",
    "blank": " \u00a0\u2003\u200b ",
}
GAINS = {
    "loud": ("+60.00 dB", "0.001"),
    "overflow": ("1e308 dB", "1"),
    "nan": ("nan dB", "nan"),
    "infinite": ("-inf dB", "0"),
    "comma": ("-7,50 dB", "0,98"),
    "minus-sign": ("\u22127.5 dB", "1"),
    "empty": ("", ""),
    "long": ("9" * 5000, "9" * 5000),
    "arabic": ("\u0661\u0662 dB", "1"),
}
NAMES = (
    b"new\nline.mp3", b"tab\there.mp3", "\U0001f9d8\u200d\u2640\ufe0f calm.mp3".encode(),
    "\u202egnp.calm.mp3".encode(), "\u0645\u0648\u0633.mp3".encode(), b"\xe9t\xe9.mp3",
    b"\xff\xfe\xfd.mp3", b"a" * 251 + b".mp3", b"-rf.mp3", b" lead and trail .mp3 ",
    b".hidden.mp3", b"CON.mp3", b"quote\"'`$(touch x);&|.mp3", b"%s%n%d.mp3",
    b"percent%00%2e%2e.mp3", "e\u0301te\u0301.mp3".encode(), "\u00e9t\u00e9.mp3".encode(),
    b"<b>bold<b>.mp3", b"\x1b[31mred.mp3", b"back\\slash.mp3", b"colon:star*?.mp3",
    b"UPPER.MP3", b"noext", b"double.mp3.exe", "\ufeffbom.mp3".encode(),
)  # fmt: skip


_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
_GOOD = b"../damaged/whole.mp3"
PLAYLISTS = {
    "mark.m3u8": b"\xef\xbb\xbf#EXTM3U\n" + _GOOD,
    "utf16be.m3u": "\ufeff#EXTM3U\na.mp3\n".encode("utf-16-be"),
    "latin1.m3u": b"#EXTM3U\n#EXTINF:3,Caf\xe9\n../damaged/caf\xe9.mp3\n",
    "lines.m3u": b"#EXTM3U\r\n\r\n\r" + _GOOD + b"\r",
    "shares.m3u": b"\\\\evil\\share\\a.mp3\n//evil/share/a.mp3\nsmb://evil/share/a.mp3\n",
    "address.m3u": b"file://evil/share/a.mp3\nfile:///etc/passwd\n",
    "one.m3u": b"other.m3u\n",
    "other.m3u": b"one.m3u\n",
    "nul.m3u": _GOOD + b"\0.txt\n",
    "binary.m3u": np.random.default_rng(11).bytes(20_000),
    "empty.m3u": b"",
    "page.m3u": b"<html><script>alert(1)</script></html>",
    "lengths.m3u8": b"#EXTM3U\n#EXTINF:999999999999,Calm\n" + _GOOD + b"\n#EXTINF:nan,<b>x</b>\n",
    "ok.pls": b"[playlist]\nFile1=" + _GOOD + b"\nNumberOfEntries=1\nVersion=2\n",
    "twice.pls": b"[playlist]\nFile1=" + _GOOD + b"\nFile1=/etc/passwd\nNumberOfEntries=1\n",
    "home.pls": b"[playlist]\nFile1=%(HOME)s/x.mp3\nTitle1=100% calm\n",
    "ok.xspf": _HEAD + b"<playlist><trackList/></playlist>",
    "entity.xspf": _HEAD + b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
    "remote.xspf": _HEAD + f'<!DOCTYPE p SYSTEM "{REMOTE}.dtd"><p/>'.encode(),
    "parameter.xspf": _HEAD + b'<!DOCTYPE p [<!ENTITY % a SYSTEM "file:///etc/hosts"> %a;]><p/>',
    "square.xspf": _HEAD + b'<!DOCTYPE p [<!ENTITY a "' + b"A" * 50_000 + b'">]><p>'
    + b"&a;" * 5000 + b"</p>",
    "include.xspf": _HEAD + b'<p xmlns:xi="http://www.w3.org/2001/XInclude">'
    b'<xi:include href="file:///etc/passwd" parse="text"/></p>',
    "utf7.xspf": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-playlist/+AD4-',
    "percent.xspf": _HEAD + b"<p>file:///tmp/..%2f..%2fetc/passwd</p>",
    "nul.xspf": _HEAD + b"<p>../damaged/whole.mp3%00.txt</p>",
    "unclosed.xspf": _HEAD + b"<playlist><trackList>",
    "list.asx": f'<asx version="3.0"><entry><ref href="{REMOTE}"/></entry></asx>'.encode(),
    "words.txt": b"see the archives beside this",
}  # fmt: skip
"""As sound files: whoever imports playlists meets them as such elsewhere."""


def tag(folder: HostileFolder, name: str, whole: bytes, *frames: id3.Frame) -> None:
    """Put an MP3 with some ID3 frames."""
    path = folder.put(f"tags/{name}.mp3", whole, IN)
    tags = id3.ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path, v2_version=3)


def put_titles(folder: HostileFolder, base: dict[str, bytes]) -> None:
    """Put files with titles that some program would obey, or choke on."""
    mp3 = base["mp3"]
    for name, title in TITLES.items():
        artist = id3.TPE1(encoding=3, text=title[:2000])
        tag(folder, f"title-{name}", mp3, id3.TIT2(encoding=3, text=title), artist)
    tag(folder, "title-latin1", mp3, id3.TIT2(encoding=0, text="\xc9t\xe9"))
    tag(folder, "title-utf16", mp3, id3.TIT2(encoding=1, text="\xc9t\xe9 \u2603"))
    for name, text in {"neg": "-1", "nan": "nan", "huge": "999999", "text": "fast"}.items():
        tag(folder, f"tempo-{name}", mp3, id3.TBPM(encoding=3, text=text))
    for name, text in {"years": "99999999999", "negative": "-5"}.items():
        tag(folder, f"length-{name}", mp3, id3.TLEN(encoding=3, text=text))
    lyrics = id3.USLT(encoding=3, lang="eng", desc="", text="la la " * 50)
    tag(folder, "lyrics", mp3, lyrics)


def put_gains(folder: HostileFolder, base: dict[str, bytes]) -> None:
    """Put files whose tags ask for gains that would hurt."""
    for name, (gain, peak) in GAINS.items():
        texts = {"REPLAYGAIN_TRACK_GAIN": gain, "REPLAYGAIN_TRACK_PEAK": peak}
        frames = [id3.TXXX(encoding=3, desc=key, text=text) for key, text in texts.items()]
        tag(folder, f"gain-{name}", base["mp3"], *frames)
    opus = OggOpus(folder.put("tags/gain.opus", base["opus"], IN))
    opus["R128_TRACK_GAIN"], opus["R128_ALBUM_GAIN"] = "32767", "-99999999"
    opus.save()


def put_bombs(folder: HostileFolder, base: dict[str, bytes]) -> None:
    """Put files whose tags are much larger than they look, or nested, or countless."""
    mp3, flac, rng = base["mp3"], base["flac"], np.random.default_rng(9)
    countless = [id3.TXXX(encoding=0, desc=f"k{n}", text="v") for n in range(20_000)]
    tag(folder, "countless", mp3, *countless)
    covers = {"bomb": bomb_png(), "noise": rng.bytes(200_000), "address": REMOTE.encode()}
    for name, data in covers.items():
        mime = "-->" if name == "address" else "image/png"
        tag(folder, f"cover-{name}", mp3,
            id3.APIC(encoding=3, mime=mime, type=3, desc="", data=data))  # fmt: skip
    folder.put("tags/id3-256-mb.mp3", b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + mp3, ANY)
    folder.put("tags/id3-5000-times.mp3", (b"ID3\x03" + bytes(6)) * 5000 + mp3, ANY)
    packed = struct.pack(">I", 60_000_001) + zlib.compress(bytes(60_000_000), 9)
    frame = b"TIT2" + struct.pack(">I", len(packed)) + b"\x00\x80" + packed
    size = bytes(len(frame) >> shift & 127 for shift in (21, 14, 7, 0))
    folder.put("tags/id3-inflates.mp3", b"ID3\x03\x00\x00" + size + frame + mp3, ANY)
    comment = b"\x84\x00\x00\x08" + bytes(4) + b"\xff\xff\xff\xff"
    folder.put("tags/4g-comments.flac", flac[:42] + comment + flac[-2000:], ANY)


def put_names(folder: HostileFolder, base: dict[str, bytes]) -> None:
    """Put good files with bad names."""
    for name in NAMES:
        folder.put(b"names/" + name, base["mp3"], IN)


def put_no_sound(folder: HostileFolder, _base: dict[str, bytes]) -> None:
    """Put playlists, pictures, archives and data: whatever they hold, none is sound."""
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    texts = {
        "ok.m3u8": b"#EXTM3U\n../damaged/whole.mp3\n",
        "up.m3u": b"../../../../etc/passwd\n%2e%2e/%2e%2e/etc/passwd\n",
        "devices.m3u": b"/dev/zero\n/dev/random\n/proc/self/mem\n",
        "schemes.m3u": f"{REMOTE}\nrtsp://127.0.0.1/a\nscreen://\npulse://\n".encode(),
        "options.m3u": b"#EXTM3U\n#EXTVLCOPT:sout=#std{access=file,dst=/tmp/x}\n",
        "itself.m3u": b"itself.m3u\n",
        "shell.m3u": b"|touch /tmp/x\n$(touch /tmp/x)\n--sout=#std\n",
        "many.m3u": b"../damaged/whole.mp3\n" * 20_000,
        "line.m3u": b"A" * 100_000,
        "utf16.m3u": "\ufeff#EXTM3U\na.mp3\n".encode("utf-16-le"),
        "count.pls": b"[playlist]\nNumberOfEntries=2000000000\nFile1=a.mp3\nFile-1=x\n",
        "laughs.xspf": b"<!DOCTYPE p [<!ENTITY l0 'lol'>" + lol + b"]><playlist>&l9;</playlist>",
        "deep.xspf": b"<a>" * 20_000 + b"</a>" * 20_000,
        "file.cue": b'FILE "/etc/passwd" WAVE\nTRACK 99999 AUDIO\nINDEX 01 99999999:99:99\n',
        "shortcut.url": b"[InternetShortcut]\nURL=file:///etc/passwd\n",
        "deep.json": b"[" * 100_000 + b"]" * 100_000,
        "numbers.json": b'{"volume": NaN, "fade": Infinity, "v": 1e999}',
        "code.preset": b"cos\nsystem\n(S'touch /tmp/x'\ntR.",
        "code.yaml": b'!!python/object/apply:os.system ["touch /tmp/x"]\n',
        "entity.svg": b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        "picture.jpg": b"GIF89a" + np.random.default_rng(10).bytes(2000),
        "bomb.png": bomb_png(),
        "endless.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\xff" * 8 + b"\x08\x06\0\0\0",
        "volume.json": b'{"version": 1, "volume_db": 999, "fade_s": -1}',
        **PLAYLISTS,
        "slip.zip": zipped({"../../evil.txt": b"x", "/abs.txt": b"x"}),
        "bomb.zip": zipped({"audio/a.wav": bytes(50_000_000)}),
    }
    for name, content in texts.items():
        folder.put(f"others/{name}", content, OUT)


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def bomb_png(side: int = 30_000) -> bytes:
    """Return a picture of one bit a pixel that takes 3.6 GB when it is drawn."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + side // 8) * side), 9)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


MAKERS = (put_titles, put_gains, put_bombs, put_names, put_no_sound)
