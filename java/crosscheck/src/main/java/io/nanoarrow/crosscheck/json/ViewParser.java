package io.nanoarrow.crosscheck.json;

import io.nanoarrow.memory.ArrowBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads VIEWS and VARIADIC_DATA_BUFFERS into the buffers of a view array. */
final class ViewParser {
  private static final int INLINE_BYTES = 12;
  private static final int PREFIX_BYTES = 4;

  private final JsonInput in;
  private final boolean text;
  private final Growing views = new Growing();
  private final List<ArrowBuffer> data = new ArrayList<>();
  private long count;

  ViewParser(JsonInput in, boolean text) {
    this.in = in;
    this.text = text;
  }

  long count() {
    return count;
  }

  /** Returns the views, then the data. */
  List<ArrowBuffer> buffers() {
    List<ArrowBuffer> buffers = new ArrayList<>();
    buffers.add(views.toBuffer());
    buffers.addAll(data);
    return buffers;
  }

  void views() throws IOException {
    in.array(
        () -> {
          view();
          count++;
        });
  }

  void data() throws IOException {
    in.array(() -> data.add(ArrowBuffer.wrap(Texts.hex(in))));
  }

  private static final class View {
    int size;
    int buffer;
    int offset;
    byte[] inlined = {};
    byte[] prefix = {};
  }

  private void view() throws IOException {
    View view = new View();
    in.object(
        key -> {
          switch (key) {
            case "SIZE" -> view.size = in.integer(0, Integer.MAX_VALUE);
            case "INLINED" -> view.inlined = text ? Texts.utf8(in, in.text()) : Texts.hex(in);
            case "PREFIX_HEX" -> view.prefix = Texts.hex(in);
            case "BUFFER_INDEX" -> view.buffer = in.integer(0, Integer.MAX_VALUE);
            case "OFFSET" -> view.offset = in.integer(0, Integer.MAX_VALUE);
            default -> {
              return false;
            }
          }
          return true;
        });
    views.addInt(view.size);
    if (view.size <= INLINE_BYTES) {
      if (view.inlined.length != view.size) {
        throw in.invalid("a view of " + view.size + " bytes with " + view.inlined.length);
      }
      views.add(view.inlined);
      views.addZeros(INLINE_BYTES - view.size);
    } else {
      if (view.prefix.length != PREFIX_BYTES) {
        throw in.invalid("a prefix that has not " + PREFIX_BYTES + " bytes");
      }
      views.add(view.prefix);
      views.addInt(view.buffer);
      views.addInt(view.offset);
    }
  }
}
