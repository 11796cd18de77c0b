package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.io.IOException;

/** Writes VIEWS and VARIADIC_DATA_BUFFERS. */
final class ViewPrinter {
  private static final int VIEW_BYTES = 16;
  private static final int INLINE_BYTES = 12;
  private static final int PREFIX_BYTES = 4;

  private final JsonGenerator out;

  ViewPrinter(JsonGenerator out) {
    this.out = out;
  }

  void views(ColumnData data, boolean text, String path) throws IOException {
    ArrowBuffer views = data.buffers().get(0);
    out.writeArrayFieldStart("VIEWS");
    for (long row = 0; row < data.length(); row++) {
      long at = (data.offset() + row) * VIEW_BYTES;
      boolean valid = ColumnPrinter.isValid(data, row);
      int size = valid ? views.getInt(at) : 0;
      out.writeStartObject();
      out.writeNumberField("SIZE", size);
      if (size <= INLINE_BYTES) {
        byte[] bytes = bytes(views, at + Integer.BYTES, size);
        out.writeStringField(
            "INLINED", text ? Texts.text(bytes, "a text", path) : Texts.hex(bytes));
      } else {
        out.writeStringField(
            "PREFIX_HEX", Texts.hex(bytes(views, at + Integer.BYTES, PREFIX_BYTES)));
        out.writeNumberField("BUFFER_INDEX", views.getInt(at + 2 * Integer.BYTES));
        out.writeNumberField("OFFSET", views.getInt(at + 3 * Integer.BYTES));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("VARIADIC_DATA_BUFFERS");
    for (ArrowBuffer buffer : data.buffers().subList(1, data.buffers().size())) {
      out.writeString(
          Texts.hex(bytes(buffer, 0, ValuePrinter.arraySize(buffer.sizeBytes(), path))));
    }
    out.writeEndArray();
  }

  static byte[] bytes(ArrowBuffer buffer, long at, int count) {
    byte[] bytes = new byte[count];
    buffer.copyTo(at, bytes, 0, count);
    return bytes;
  }
}
