package io.nanoarrow.crosscheck;

import io.nanoarrow.schema.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a decoder is known to crash on, refuse or get wrong; each answer names its reference. */
public interface KnownFaults {
  /**
   * Returns why the decoder must be kept away from a source that another participant has read and
   * checked in full ("unsafe: …"), or null.
   *
   * @throws IOException when the source cannot be looked at
   */
  @Nullable String unsafe(Source source, Schema schema) throws IOException;

  /**
   * Returns the known fault that explains a refusal of, or a difference in, this source, or null
   * when nothing is known that does.
   *
   * @param difference what differs, or null for a refusal
   * @throws IOException when the source cannot be looked at
   */
  @Nullable String explain(Source source, Schema schema, @Nullable Difference difference)
      throws IOException;
}
