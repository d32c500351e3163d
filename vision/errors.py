"""The one error tree.  Its text is one clear sentence that names what is wrong and the mend."""

from __future__ import annotations


class DeskcheckError(Exception):
    """Root of every error that deskcheck raises on purpose; its text is one clear sentence.

    DeskcheckError
    |-- InputError            the user gave something wrong; names file, line or field, and the mend
    |   |-- ImageError        a picture can't be read
    |   |-- LayoutError       a hall layout is wrong
    |   |-- PackError         a rule pack is wrong
    |   |-- CalendarError     a calendar file is wrong
    |   `-- DatasetError      a labelled set is wrong
    |-- ModelError            a model file does not fit (hash, classes, shape)
    |-- CameraError           a camera can't be reached, refuses or sends rubbish
    |-- StoreError            the database or the media store refuses
    |   `-- BusyError         another run holds the lock
    `-- DeniedError           the caller may not do this
    """


class InputError(DeskcheckError):
    """What the user gave is wrong: the text names the file, line or field, and the mend."""


class ImageError(InputError):
    """A picture can't be read; the text says why."""


class LayoutError(InputError):
    """A hall layout is wrong."""


class PackError(InputError):
    """A rule pack is wrong."""


class CalendarError(InputError):
    """A calendar file is wrong, or a year has none."""


class DatasetError(InputError):
    """A labelled set is wrong."""


class ModelError(DeskcheckError):
    """A model file does not fit: hash, class list, shape or format."""


class CameraError(DeskcheckError):
    """A camera can't be reached, refuses, or sends what is no picture."""


class StoreError(DeskcheckError):
    """The database or the media store refuses."""


class BusyError(StoreError):
    """Another run holds the lock."""


class DeniedError(DeskcheckError):
    """The caller may not do this."""
