package io.nanoarrow.cli;

import io.nanoarrow.inspect.DictionaryUse;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.inspect.WireFooter;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireReport;
import java.util.Locale;

/** A wire layout as text. */
final class WireText {
  private WireText() {}

  static void print(String name, WireReport report, Terminal to) {
    to.println(
        String.format(
            Locale.ROOT,
            "%s: %s, %d bytes, %d messages",
            Cells.printable(name),
            report.isFile() ? "file" : "stream",
            report.sizeBytes(),
            report.messages().size()));
    for (WireMessage message : report.messages()) {
      to.println(line(message));
      for (WireBuffer buffer : message.buffers()) {
        to.println(line(buffer, message.codec() != null));
      }
    }
    if (report.endMarkerOffset() >= 0) {
      to.println("end marker at " + report.endMarkerOffset());
    }
    WireFooter footer = report.footer();
    if (footer != null) {
      to.println(
          String.format(
              Locale.ROOT,
              "footer at %d: %d bytes, %d dictionary and %d record batches",
              footer.offset(),
              footer.sizeBytes(),
              footer.dictionaries().size(),
              footer.batches().size()));
    }
    for (DictionaryUse use : DictionaryUse.of(report)) {
      to.println(
          String.format(
              Locale.ROOT,
              "dictionary %d: %d batches, %d of them deltas, %d values, for %s",
              use.id(),
              use.batches(),
              use.deltas(),
              use.values(),
              use.fields().isEmpty()
                  ? "no field"
                  : Cells.printable(String.join(", ", use.fields()))));
    }
    report
        .problems()
        .forEach(
            problem ->
                to.println(
                    Cells.printable("problem at " + problem.offset() + ": " + problem.text())));
  }

  static String kind(WireMessage message) {
    return message.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String line(WireMessage message) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s at %d: metadata %d, body %d",
                kind(message),
                message.offset(),
                message.metadataBytes(),
                message.bodyBytes()));
    if (message.bodyPaddingBytes() > 0) {
      line.append(" (").append(message.bodyPaddingBytes()).append(" padding)");
    }
    line.append(", V").append(message.version());
    if (message.dictionaryId() >= 0) {
      line.append(message.isDelta() ? ", delta of " : ", id ").append(message.dictionaryId());
    }
    if (message.rowCount() >= 0) {
      line.append(", ").append(message.rowCount()).append(" rows");
    }
    if (message.codec() != null) {
      line.append(", ").append(message.codec());
    }
    if (!message.isInSequence()) {
      line.append(", only in the footer");
    }
    return line.append(message.isWhole() ? "" : ", cut off").toString();
  }

  private static String line(WireBuffer buffer, boolean isCompressed) {
    String line =
        String.format(
            Locale.ROOT,
            "  %-24s %-9s at %d: %d",
            buffer.path().isEmpty() ? "?" : Cells.printable(buffer.path()),
            buffer.kind(),
            buffer.offset(),
            buffer.sizeBytes());
    if (!isCompressed || buffer.decodedBytes() < 0) {
      return line;
    }
    String decoded = " of " + buffer.decodedBytes();
    return buffer.sizeBytes() == 0
        ? line + decoded
        : line + decoded + String.format(Locale.ROOT, " (%.2f)", ratio(buffer));
  }

  private static double ratio(WireBuffer buffer) {
    return (double) buffer.decodedBytes() / buffer.sizeBytes();
  }
}
