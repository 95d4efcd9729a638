"""Every error this project raises on purpose.

* SoundscapeError
  x InvalidPlanError        a plan, route or rule is wrong: refuse it before the session, say where
  x InvalidEventError       an event is unknown or impossible now: refuse it, nothing changes
  x IllegalTransitionError  the caller asked for a step the session's state does not allow
  x SessionError            a session cannot be started, found or reached
  x OutputError             a file cannot be written where it was asked for
  x CalibrationError        a number that was typed in cannot be: for whoever holds the meter
  x LibraryError            the library is wrong or lacks something: for the therapist
    + RejectedFileError     a file that must not be trusted, with the sentence that says why
    + InvalidQueryError     a search that cannot be understood
  x ClinicError             the clinic's records, keys or backups: for the administrator
    + DeniedError           somebody may not do this, or gave a wrong PIN; carries ``wait_s``
  x EngineError             the room is wrong: sound card, file or process; the session goes on
    + DeviceLostError
    + MicrophoneError       the room cannot be heard, or must not be
    + LightsLostError       lamps that cannot be reached
    + DecodeError
    + StoreError            a file that the chair should own is missing or changed

A plan's errors are for the person who wrote it, a caller's for the programmer, the engine's
for staff in the room. Every message is one sentence that says what is wrong and, where there
is something to do, what. Nothing catches ``SoundscapeError`` but the edge that shows it.
"""


class SoundscapeError(Exception):
    """Base of every error raised on purpose."""


class InvalidPlanError(SoundscapeError):
    """A session plan, route, preset or clinic's rule that must not be used.

    Parameters
    ----------
    where : str
        Dotted path to the fault, as ``phases[2].energy``.
    why : str
        What is wrong, as a clause staff can act on.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class InvalidEventError(SoundscapeError):
    """An event that is unknown, badly formed or impossible at its moment."""


class IllegalTransitionError(SoundscapeError):
    """An event that the session's state does not allow."""


class SessionError(SoundscapeError):
    """A session that cannot be started, found or reached."""


class OutputError(SoundscapeError):
    """A file that cannot be written where somebody asked for it."""


class CalibrationError(SoundscapeError):
    """A level, sensitivity or voltage that cannot be true."""


class LibraryError(SoundscapeError):
    """The library cannot serve what was asked."""


class RejectedFileError(LibraryError):
    """A file that cannot be trusted or read; the message is the reason, in one sentence."""


class ClinicError(SoundscapeError):
    """The clinic's records, keys or backups cannot do what was asked."""


class DeniedError(ClinicError):
    """Somebody may not do this, or gave a wrong PIN.

    Parameters
    ----------
    sentence : str
        What to do.
    wait_s : float
        How long no PIN is taken; 0 where there is nothing to wait for.
    """

    def __init__(self, sentence: str, *, wait_s: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class InvalidQueryError(LibraryError):
    """A search that cannot be understood.

    Parameters
    ----------
    term : str
        The faulty part of it.
    sentence : str
        What is wrong with it, and what would be right.
    """

    def __init__(self, term: str, sentence: str) -> None:
        super().__init__(sentence)
        self.term = term


class EngineError(SoundscapeError):
    """Playback is impaired; the session's clock still runs."""


class DeviceLostError(EngineError):
    """The output device has gone, or cannot be opened."""


class MicrophoneError(EngineError):
    """A microphone cannot be opened, has gone, or must stay closed."""


class LightsLostError(EngineError):
    """The lamps of an output cannot be reached; they keep the light they have."""


class DecodeError(EngineError):
    """A file cannot be decoded as far as its cue needs."""


class StoreError(EngineError):
    """A file that the chair should own is missing or is not what it was."""
