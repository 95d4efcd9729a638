"""Lists as other programs write them; each sample is made after the program's documentation."""

from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.exchange.entries import Listing
from playlists.exchange.lists import read_list
from playlists.exchange.resolving import LibraryIndex, resolved
from playlists.library.repository import FileRecord, Library

MUSIC = Path("/music")
NAMES = (
    "Mara/Low Tide/01 Caf\u00e9.flac",
    "Mara/Low Tide/02 100% Rain #2.ogg",
    "b & c.mp3",
    "\u6d77.flac",
)
HASHES = {name: track(name).content_hash for name in NAMES}

STRAWBERRY_XSPF = """<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/">
  <trackList>
    <track>
      <location>Mara/Low Tide/01 Caf\u00e9.flac</location>
      <title>Caf\u00e9</title>
      <creator>Mara</creator>
      <album>Low Tide</album>
      <duration>187000</duration>
      <trackNum>1</trackNum>
      <image>Mara/Low Tide/cover.jpg</image>
    </track>
    <track><location>/music/Mara/Low Tide/02 100% Rain #2.ogg</location></track>
    <track><location>b &amp; c.mp3</location></track>
    <track><location>\u6d77.flac</location></track>
  </trackList>
</playlist>
"""
STRAWBERRY_M3U = """#EXTM3U
#EXTINF:187,Mara - Caf\u00e9
Mara/Low Tide/01 Caf\u00e9.flac
#EXTINF:200,Mara - Rain
Mara/Low Tide/02 100% Rain #2.ogg
#EXTINF:100,b & c
b & c.mp3
#EXTINF:100,\u6d77
\u6d77.flac
"""
VLC_XSPF = """<?xml version="1.0" encoding="UTF-8"?>
<playlist xmlns="http://xspf.org/ns/0/" xmlns:vlc="http://www.videolan.org/vlc/playlist/ns/0/" \
version="1">
\t<title>Playlist</title>
\t<trackList>
\t\t<track>
\t\t\t<location>file:///music/Mara/Low%20Tide/01%20Caf%C3%A9.flac</location>
\t\t\t<title>Caf\u00e9</title>
\t\t\t<creator>Mara</creator>
\t\t\t<album>Low Tide</album>
\t\t\t<duration>187000</duration>
\t\t\t<extension application="http://www.videolan.org/vlc/playlist/0">
\t\t\t\t<vlc:id>0</vlc:id>
\t\t\t</extension>
\t\t</track>
\t\t<track><location>file:///music/Mara/Low%20Tide/02%20100%25%20Rain%20%232.ogg</location></track>
\t\t<track><location>file:///music/b%20%26%20c.mp3</location></track>
\t\t<track><location>file:///music/%E6%B5%B7.flac</location></track>
\t</trackList>
\t<extension application="http://www.videolan.org/vlc/playlist/0">
\t\t<vlc:item tid="0"/>
\t</extension>
</playlist>
"""
VLC_M3U8 = """#EXTM3U
#EXTINF:187,Mara - Caf\u00e9
#EXTVLCOPT:network-caching=1000
Mara/Low%20Tide/01%20Caf%C3%A9.flac
#EXTINF:200,Rain
Mara/Low%20Tide/02%20100%25%20Rain%20%232.ogg
#EXTINF:100,b & c
file:///music/b%20%26%20c.mp3
#EXTINF:100,\u6d77
%E6%B5%B7.flac
"""
QUOD_LIBET_M3U = """#EXTM3U
#EXTINF:187,Mara - Caf\u00e9
./Mara/Low Tide/01 Caf\u00e9.flac
#EXTINF:200,Mara - Rain
../music/Mara/Low Tide/02 100% Rain #2.ogg
#EXTINF:100, - b & c
/music/b & c.mp3
#EXTINF:100, - \u6d77
\u6d77.flac
"""
QUOD_LIBET_PLS = """[playlist]
File1=Mara/Low Tide/01 Caf\u00e9.flac
Title1=Mara - Caf\u00e9
Length1=187
File2=Mara/Low Tide/02 100% Rain #2.ogg
Title2=Mara - Rain
Length2=200
File3=b & c.mp3
Title3= - b & c
Length3=100
File4=\u6d77.flac
Title4= - \u6d77
Length4=-1
NumberOfEntries=4
Version=2
"""
KODI_M3U = """#EXTM3U
#EXTART:Mara
#EXTALB:Low Tide
#EXTINF:187,Caf\u00e9
/storage/music/Mara/Low Tide/01 Caf\u00e9.flac
#EXTINF:200,Rain
E:\\Music\\Mara\\Low Tide\\02 100% Rain #2.ogg
#EXTINF:100,b & c
/storage/music/b & c.mp3
#EXTINF:0,\u6d77
/storage/music/\u6d77.flac
"""
JSPF = """{"playlist": {"title": "Evening", "creator": "somebody", "track": [
  {"location": ["file:///music/Mara/Low%20Tide/01%20Caf%C3%A9.flac"], "title": "Caf\\u00e9",
   "creator": "Mara", "album": "Low Tide", "duration": 187000},
  {"location": "Mara/Low%20Tide/02%20100%25%20Rain%20%232.ogg"},
  {"location": ["b%20&%20c.mp3", "http://host.invalid/b.mp3"]},
  {"location": ["%E6%B5%B7.flac"]}]}}
"""
SAMPLES = {
    "strawberry.xspf": STRAWBERRY_XSPF,
    "strawberry.m3u8": STRAWBERRY_M3U,
    "vlc.xspf": VLC_XSPF,
    "vlc.m3u8": VLC_M3U8,
    "quodlibet.m3u": QUOD_LIBET_M3U,
    "quodlibet.pls": QUOD_LIBET_PLS,
    "kodi.m3u": KODI_M3U,
    "plain.jspf": JSPF,
}


@pytest.fixture
def index(tmp_path: Path) -> LibraryIndex:
    with Library.open(tmp_path / "library.sqlite") as library:
        for name in NAMES:
            library.save(track(name, path=MUSIC / name))
            library.remember(FileRecord(MUSIC / name, 1, 1, HASHES[name], None, 1))
        return LibraryIndex(library)


def found_in(listing: Listing, index: LibraryIndex, ending: str) -> list[str]:
    """Return the content of the track that each entry means."""
    meant = resolved(listing, MUSIC, index, is_uri=ending in {".xspf", ".jspf"})
    return [one.content_hash for one in meant]


@pytest.mark.parametrize("name", SAMPLES)
def test_lists_of_other_programs_are_read(name: str, index: LibraryIndex, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(SAMPLES[name].encode())

    listing = read_list(file)

    assert found_in(listing, index, file.suffix) == list(HASHES.values())
    first = listing.entries[0]
    assert (first.title, first.artist, first.duration_s) == ("Caf\u00e9", "Mara", 187.0)


@pytest.mark.parametrize(
    ("line_end", "encoding", "mark"),
    [
        ("\n", "utf-8", b""),
        ("\r\n", "utf-8", b"\xef\xbb\xbf"),
        ("\r", "utf-8", b""),
        ("\n", "utf-16-le", b"\xff\xfe"),
        ("\r\n", "utf-16-be", b"\xfe\xff"),
        ("\r\n", "utf-16-le", b""),
    ],
)
def test_a_list_is_read_whatever_its_line_ends_and_its_encoding(
    line_end: str, encoding: str, mark: bytes, index: LibraryIndex, tmp_path: Path
) -> None:
    file = tmp_path / "list.m3u"
    file.write_bytes(mark + QUOD_LIBET_M3U.replace("\n", line_end).encode(encoding))

    listing = read_list(file)

    assert found_in(listing, index, ".m3u") == list(HASHES.values())
    assert listing.entries[0].title == "Caf\u00e9"


def test_a_list_in_latin_1_is_read(index: LibraryIndex, tmp_path: Path) -> None:
    file = tmp_path / "list.m3u"
    file.write_bytes(
        "#EXTINF:187,Mara - Caf\u00e9\nMara/Low Tide/01 Caf\u00e9.flac\n".encode("latin-1")
    )

    listing = read_list(file)

    assert found_in(listing, index, ".m3u") == [HASHES[NAMES[0]]]
    assert listing.entries[0].title == "Caf\u00e9"


def test_names_of_a_system_that_takes_letters_apart_are_found(
    index: LibraryIndex, tmp_path: Path
) -> None:
    file = tmp_path / "list.m3u8"
    file.write_text("/Volumes/Music/Mara/Low Tide/01 Cafe\u0301.flac\n", encoding="utf-8")

    assert found_in(read_list(file), index, ".m3u8") == [HASHES[NAMES[0]]]
