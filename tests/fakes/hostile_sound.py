"""Sound files that are broken, lie about themselves, or hold what no ear should meet."""

import struct

import numpy as np
from fakes.hostile import (
    LENGTH_S,
    RATE_HZ,
    Fate,
    HostileFolder,
    pcm,
    tone,
    wav_header,
)

IN, OUT, ANY = Fate.ADMITTED, Fate.REFUSED, Fate.EITHER


def put_headers(folder: HostileFolder, _base: dict[str, bytes]) -> None:
    """Put WAV files whose headers lie or make no sense."""
    data = pcm()
    lies: dict[str, tuple[dict[str, int], Fate]] = {
        "channels-none": ({"channels": 0}, OUT),
        "channels-65535": ({"channels": 65535}, OUT),
        "rate-0": ({"rate_hz": 0}, OUT),
        "rate-1": ({"rate_hz": 1}, OUT),
        "rate-4g": ({"rate_hz": 0xFFFFFFFF}, OUT),
        "bits-none": ({"bits": 0}, OUT),
        "odd-blocks": ({"block_bytes": 3}, ANY),
    }
    for name, (fields, fate) in lies.items():
        folder.put(f"wav/{name}.wav", wav_header(len(data), **fields) + data, fate)
    noise = np.random.default_rng(7).bytes(len(data))
    folder.put("wav/claims-4-gib.wav", wav_header(0xFFFFFFF0) + data, OUT)
    folder.put("wav/claims-too-little.wav", wav_header(1000) + data, ANY)
    folder.put("wav/header-only.wav", wav_header(0), OUT)
    folder.put("wav/one-sample.wav", wav_header(4) + data[:4], OUT)
    folder.put("wav/cut-header.wav", wav_header(len(data))[:30], OUT)
    folder.put("wav/noise.wav", wav_header(len(noise)) + noise, ANY)
    for ending in ("mp3", "flac", "wav"):
        folder.put(f"wav/empty.{ending}", b"", OUT)


def put_samples(folder: HostileFolder, _base: dict[str, bytes]) -> None:
    """Put files whose samples are no music, or no numbers."""
    second = RATE_HZ
    broken = {"nan": np.nan, "inf": np.inf, "minus-inf": -np.inf}
    for name, value in broken.items():
        samples = tone()
        samples[5000:5100] = value
        folder.sound(f"samples/{name}.wav", samples, OUT, kind="FLOAT")
    folder.sound("samples/plus-54-db.wav", tone(peak=500.0), OUT, kind="FLOAT")
    tiny = tone()
    tiny[second * 10 :] = 1e-40
    folder.sound("samples/denormal.wav", tiny, IN, kind="FLOAT")
    folder.sound("samples/offset.flac", tone() + np.float32(0.5), IN)
    folder.sound("samples/square.flac", np.sign(tone() + 1e-9) * np.float32(0.999), IN)
    folder.sound("samples/silence.flac", tone() * 0, OUT)
    impulse = tone() * 0
    impulse[4 * second] = 1.0
    folder.sound("samples/impulse.flac", impulse, ANY)
    bang = tone() * np.float32(0.0005)
    bang[96_000:96_480] = 0.9 * np.sin(np.arange(480) / 5)[:, None]
    folder.sound("samples/bang.flac", bang, ANY)
    folder.sound("samples/antiphase.flac", tone() * np.array([1, -1], np.float32), IN)
    folder.sound("samples/left-only.flac", tone() * np.array([1, 0], np.float32), IN)


def put_formats(folder: HostileFolder, _base: dict[str, bytes]) -> None:
    """Put files of rare rates, widths and numbers of channels."""
    for rate_hz in (8000, 11_025, 96_000, 192_000):
        folder.sound(f"formats/{rate_hz}.flac", tone(LENGTH_S, rate_hz), IN, rate_hz=rate_hz)
    folder.sound("formats/384000.wav", tone(0.1, 384_000), ANY, rate_hz=384_000)
    for channels in (1, 3, 6, 8):
        folder.sound(f"formats/channels-{channels}.flac", tone(channels=channels), IN)
    folder.sound("formats/channels-32.wav", tone(0.05, channels=32), OUT, kind="PCM_16")
    folder.sound("formats/u8.wav", tone(), IN, kind="PCM_U8")
    folder.sound("formats/f64.wav", tone(), IN, kind="DOUBLE")


def put_damaged(folder: HostileFolder, base: dict[str, bytes]) -> None:
    """Put files of each kind that were cut, flipped, holed, prefixed or appended to."""
    rng = np.random.default_rng(7)
    for ending, whole in base.items():
        folder.put(f"damaged/whole.{ending}", whole, IN)
        half = OUT if ending == "m4a" else ANY
        folder.put(f"damaged/half.{ending}", whole[: len(whole) // 2], half)
        folder.put(f"damaged/200-bytes.{ending}", whole[:200], OUT)
        rotten = bytearray(whole)
        for place in rng.integers(len(whole) // 4, len(whole), 60):
            rotten[place] = int(rng.integers(256))
        folder.put(f"damaged/rotten.{ending}", bytes(rotten), ANY)
        third = len(whole) // 3
        holed = whole[:third] + bytes(third) + whole[2 * third :]
        folder.put(f"damaged/holed.{ending}", holed, ANY)
        folder.put(f"damaged/behind-junk.{ending}", rng.bytes(5000) + whole, ANY)
        folder.put(f"damaged/appended.{ending}", whole + b"PK\x03\x04" + rng.bytes(3000), IN)
    folder.put("damaged/twice.mp3", base["mp3"] * 2, IN)
    folder.put("damaged/chained.ogg", base["ogg"] + base["opus"], ANY)
    folder.put("damaged/flac-named.mp3", base["flac"], IN)
    folder.put("damaged/loud.opus", loud_opus(base["opus"]), OUT)
    folder.put("damaged/day-long.flac", day_long(base["flac"]), OUT)


def put_impostors(folder: HostileFolder, _base: dict[str, bytes]) -> None:
    """Put what is no sound, named like sound."""
    local = b"file:///etc/passwd"
    remote = b"http://127.0.0.1:9/x"
    hls = b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n%b\n#EXT-X-ENDLIST\n"
    impostors = {
        "page.mp3": b"<html><body>404 Not Found</body></html>",
        "program.mp3": b"\x7fELF\x02\x01\x01" + np.random.default_rng(8).bytes(20_000),
        "text.mp3": b"0123456789abcdef" * 600,
        "zeros.mp3": bytes(100_000),
        "ones.mp3": b"\xff" * 100_000,
        "headers.mp3": b"\xff\xfb\x90\x00" * 25_000,
        "hls-file.mp3": hls % local,
        "hls-remote.m4a": hls % remote,
        "concat.wav": b"ffconcat version 1.0\nfile /etc/hostname\n",
        "sdp.mp3": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
        b"m=audio 5004 RTP/AVP 0\n",
        "dash.mp3": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>'
        b"<BaseURL>%b</BaseURL></Period></MPD>" % remote,
        "link.m4a": b'<?quicktime type="application/x-quicktime-media-link"?><embed src="%b"/>'
        % remote,
        "asx.wma": b'<asx version="3.0"><entry><ref href="%b"/></entry></asx>' % remote,
    }
    for name, content in impostors.items():
        folder.put(f"impostors/{name}", content, OUT)


def loud_opus(whole: bytes) -> bytes:
    """Return an Opus file whose header tells the decoder to add 128 dB (RFC 7845 §5.1)."""
    page = bytearray(whole)
    place = page.find(b"OpusHead") + 16
    page[place : place + 2] = struct.pack("<h", 0x7FFF)
    length = 27 + page[26] + sum(page[27 : 27 + page[26]])
    page[22:26] = bytes(4)
    page[22:26] = struct.pack("<I", ogg_checksum(bytes(page[:length])))
    return bytes(page)


def ogg_checksum(page: bytes) -> int:
    """Return the checksum of an Ogg page (RFC 3533 §6)."""
    rest = 0
    for byte in page:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1) ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1
            rest &= 0xFFFFFFFF
    return rest


def day_long(flac: bytes) -> bytes:
    """Return a FLAC file that claims to last 24 hours (RFC 9639 §8.2)."""
    frames = 24 * 3600 * RATE_HZ
    place = 4 + 4 + 13  # the mark, the block's header, and half of the byte with the depth
    claimed = bytes([flac[place] & 0xF0 | frames >> 32]) + struct.pack(">I", frames & 0xFFFFFFFF)
    return flac[:place] + claimed + flac[place + 5 :]


MAKERS = (put_headers, put_samples, put_formats, put_damaged, put_impostors)
