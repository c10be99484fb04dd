package dev.nanoctl.backup.crypto;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** A QR code, drawn with characters for a terminal or as SVG for paper. */
final class QrCode {
  private static final int QUIET = 4;
  private final BitMatrix dots;

  QrCode(String text) {
    try {
      this.dots =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      QUIET,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.Q));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  /** Two rows of dots a line; dots that are set are dark on the light ground of the characters. */
  String text() {
    var text = new StringBuilder();
    for (int y = 0; y < dots.getHeight(); y += 2) {
      for (int x = 0; x < dots.getWidth(); x++) {
        boolean upper = dots.get(x, y);
        boolean lower = y + 1 < dots.getHeight() && dots.get(x, y + 1);
        text.append(upper ? lower ? ' ' : '▄' : lower ? '▀' : '█');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** One path, a square for each dot that is set. */
  String svg() {
    var path = new StringBuilder();
    for (int y = 0; y < dots.getHeight(); y++) {
      for (int x = 0; x < dots.getWidth(); x++) {
        if (dots.get(x, y)) {
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="QR code" \
    shape-rendering="crispEdges"><path d="%s"/></svg>\
    """
        .formatted(dots.getWidth(), dots.getHeight(), path);
  }
}
