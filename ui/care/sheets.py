"""Papers as pictures: shown before they are handed over, and printed."""

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF
from PyQt6.QtGui import QImage, QPageSize, QPainter
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

from soundscape.visit.pdf import Paper
from ui.words import _

_SIZES = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
}
_PRINT_DPI = 300


def picture_of(pdf: bytes, width_px: int, ratio: float = 1.0) -> QImage:
    """Return the first page of a PDF as a picture.

    Parameters
    ----------
    pdf : bytes
        The document.
    width_px : int
        How wide it is to be shown.
    ratio : float
        The screen's pixels in a pixel of the layout.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    page = document.pagePointSize(0)
    image = _rendered(document, page, width_px * ratio)
    image.setDevicePixelRatio(ratio)
    document.close()
    return image


def print_sheet(pdf: bytes, paper: Paper) -> str:
    """Print a PDF of one page on the machine's usual printer; return what came of it in words."""
    found = QPrinterInfo.defaultPrinter()
    if found.isNull():
        return _("No printer is set up on this machine. Save the sheet and print it elsewhere.")
    printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_PRINT_DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    painter = QPainter()
    if not painter.begin(printer):
        return _("The printer {name} does not take it.").format(name=found.description())
    area = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    painter.drawImage(area, picture_of(pdf, round(area.width())))
    painter.end()
    return _("Sent to {name}.").format(name=found.description())


def _rendered(document: QPdfDocument, page: QSizeF, width: float) -> QImage:
    """Return the first page on white: a PDF has no ground of its own."""
    size = QSize(round(width), round(width * page.height() / page.width()))
    drawn = document.render(0, size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image
