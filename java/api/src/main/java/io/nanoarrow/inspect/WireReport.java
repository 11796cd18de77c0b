package io.nanoarrow.inspect;

import io.nanoarrow.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a stream or file found, as far as it goes.
 *
 * @param sizeBytes of the input
 * @param isFile whether it begins with the magic of the file format
 * @param isBigEndian whether the schema message says so
 * @param schema of the schema message, null where there is none that can be read
 * @param messages in the order of their offsets
 * @param endMarkerOffset where the end-of-stream marker lies, -1 without one
 * @param footer of a file, null where there is none that can be read
 * @param problems in the order found
 */
public record WireReport(
    long sizeBytes,
    boolean isFile,
    boolean isBigEndian,
    @Nullable Schema schema,
    List<WireMessage> messages,
    long endMarkerOffset,
    @Nullable WireFooter footer,
    List<WireProblem> problems) {

  /** Returns the messages of a kind. */
  public List<WireMessage> messages(WireMessage.Kind kind) {
    return messages.stream().filter(message -> message.kind() == kind).toList();
  }
}
