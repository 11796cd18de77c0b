package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A column of text: string, large_string or string_view. */
public final class Utf8Column extends BytesColumn {
  private static final int MAX_BYTES_PER_CHAR = 4;

  Utf8Column(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }

  /**
   * Returns the text of a row, null when it is null. Bytes that are not UTF-8 become U+FFFD; {@link
   * #getBytes} has them as they are.
   */
  public @Nullable String getString(long row) {
    return isNull(row) ? null : text8(copy(row, Integer.MAX_VALUE));
  }

  private static String text8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    if (isNull(row)) {
      out.add("null");
      return;
    }
    long most = (long) MAX_BYTES_PER_CHAR * (out.room() + 1L);
    String text = text8(copy(row, (int) Math.min(most, Integer.MAX_VALUE)));
    if (quoted) {
      out.addQuoted(text);
    } else {
      out.add(text);
    }
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getString(row);
  }
}
