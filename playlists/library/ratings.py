"""What a therapist says of several tracks at once; what is not spoken of stays as it was."""

from dataclasses import dataclass, fields, replace

from playlists.models import Rating


@dataclass(frozen=True, slots=True)
class Said:
    """A change of ratings; None leaves a field as it is.

    Attributes
    ----------
    instrumental, avoid, familiar : bool | None
        As in ``Rating``.
    energy : float | None
        0-1.
    licence, source : str | None
        As in ``Rating``.
    tags, without_tags : frozenset[str]
        To be added, and to be taken away.
    unsaid : frozenset[str]
        Fields of ``Rating`` that are to be as if nobody had said anything.
    """

    instrumental: bool | None = None
    energy: float | None = None
    avoid: bool | None = None
    familiar: bool | None = None
    licence: str | None = None
    source: str | None = None
    tags: frozenset[str] = frozenset()
    without_tags: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether it changes anything at all."""
        return self != Said()

    def applied(self, rating: Rating) -> Rating:
        """Return a rating with this change."""
        nothing = Rating()
        forgotten = replace(rating, **{name: getattr(nothing, name) for name in self.unsaid})
        said = {field.name: getattr(self, field.name) for field in fields(Rating)}
        del said["tags"]
        known = {name: value for name, value in said.items() if value is not None}
        gone = {tag.casefold() for tag in self.without_tags}
        kept = {tag for tag in forgotten.tags if tag.casefold() not in gone}
        return replace(forgotten, **known, tags=frozenset(kept | self.tags))
