package io.nanoarrow.pure.truncate;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Views of text and bytes. Their data buffers are passed on whole, unless the rows refer to no more
 * than half of them: then what they refer to is gathered.
 */
final class Views {
  static final int SIZE = 16;
  private static final int MAX_INLINE = 12;

  /** Where a gathered buffer ends, so that every offset is a 32-bit number. */
  private static final long MAX_GATHERED = 1L << 30;

  private Views() {}

  static void write(BodySink out, Rows rows) {
    if (rows.count() == 0) {
      out.variadic(0);
      out.empty();
      return;
    }
    ArrowBuffer views = rows.fixed(0, SIZE, 0);
    List<ArrowBuffer> data = rows.array().buffers().subList(1, rows.array().buffers().size());
    long there = data.stream().mapToLong(ArrowBuffer::sizeBytes).sum();
    long needed = 0;
    boolean areNullsInside = true;
    for (long i = 0; i < rows.count(); i++) {
      int size = views.getInt((rows.from() + i) * SIZE);
      if (size >= 0 && size <= MAX_INLINE) {
        continue;
      }
      String fault = fault(views, (rows.from() + i) * SIZE, data);
      if (!rows.isValid(i)) {
        areNullsInside &= fault == null;
      } else if (fault != null) {
        throw rows.invalid(i, fault);
      } else {
        needed += size;
      }
    }
    if (needed <= there / 2 && there > 0) {
      new Gathering(out, rows, views, data).write();
      return;
    }
    out.variadic(data.size());
    if (areNullsInside) {
      out.keep(views, rows.from() * SIZE, rows.count() * SIZE);
    } else {
      clearNulls(out, rows, views);
    }
    for (ArrowBuffer buffer : data) {
      out.keep(buffer, 0, buffer.sizeBytes());
    }
  }

  /** Returns what is wrong with a view that is not inline, or null. */
  private static @org.jspecify.annotations.Nullable String fault(
      ArrowBuffer views, long at, List<ArrowBuffer> data) {
    int size = views.getInt(at);
    int buffer = views.getInt(at + 8);
    int offset = views.getInt(at + 12);
    if (size < 0) {
      return "a view of negative size";
    } else if (buffer < 0 || buffer >= data.size()) {
      return "a view into a buffer that is not there";
    } else if (offset < 0 || size > data.get(buffer).sizeBytes() - offset) {
      return "a view beyond its buffer";
    }
    return null;
  }

  /** Writes the views as they are, with zeros where rows are null. */
  private static void clearNulls(BodySink out, Rows rows, ArrowBuffer views) {
    out.begin();
    for (long done = 0; done < rows.count(); ) {
      int n = (int) Math.min(BodySink.MAX_ROOM / SIZE, rows.count() - done);
      ByteBuffer room = out.room(n * SIZE);
      for (long i = done; i < done + n; i++) {
        long at = (rows.from() + i) * SIZE;
        boolean isValid = rows.isValid(i);
        room.putLong(isValid ? views.getLong(at) : 0);
        room.putLong(isValid ? views.getLong(at + 8) : 0);
      }
      done += n;
    }
    out.end();
  }

  /** Rows whose data is copied together; all of it was checked. */
  private static final class Gathering {
    private final BodySink out;
    private final Rows rows;
    private final ArrowBuffer views;
    private final List<ArrowBuffer> data;

    /** Where the value of the next row goes. */
    private int buffer;

    private long filled;

    /** A stretch of a data buffer that is still to be copied. */
    private int source;

    private long from;
    private long to;

    Gathering(BodySink out, Rows rows, ArrowBuffer views, List<ArrowBuffer> data) {
      this.out = out;
      this.rows = rows;
      this.views = views;
      this.data = data;
    }

    void write() {
      for (long i = 0; i < rows.count(); i++) {
        place(i);
      }
      out.variadic(buffer == 0 && filled == 0 ? 0 : buffer + 1);
      writeViews();
      writeData();
    }

    /** Finds room for the value of a row; its size, 0 for what is inline or null. */
    private int place(long row) {
      int size = views.getInt((rows.from() + row) * SIZE);
      if (size <= MAX_INLINE || !rows.isValid(row)) {
        return 0;
      }
      if (filled > 0 && filled + size > MAX_GATHERED) {
        buffer++;
        filled = 0;
      }
      filled += size;
      return size;
    }

    private void restart() {
      buffer = 0;
      filled = 0;
    }

    private void writeViews() {
      restart();
      out.begin();
      for (long done = 0; done < rows.count(); ) {
        int n = (int) Math.min(BodySink.MAX_ROOM / SIZE, rows.count() - done);
        ByteBuffer room = out.room(n * SIZE);
        for (long i = done; i < done + n; i++) {
          long at = (rows.from() + i) * SIZE;
          boolean isValid = rows.isValid(i);
          int size = place(i);
          room.putLong(isValid ? views.getLong(at) : 0);
          if (size > 0) {
            room.putInt(buffer).putInt((int) (filled - size));
          } else {
            room.putLong(isValid ? views.getLong(at + 8) : 0);
          }
        }
        done += n;
      }
      out.end();
    }

    private void writeData() {
      restart();
      int begun = -1;
      for (long i = 0; i < rows.count(); i++) {
        int size = place(i);
        if (size == 0) {
          continue;
        }
        if (buffer != begun) {
          flush();
          if (begun >= 0) {
            out.end();
          }
          out.begin();
          begun = buffer;
        }
        long at = (rows.from() + i) * SIZE;
        add(views.getInt(at + 8), views.getInt(at + 12), size);
      }
      if (begun >= 0) {
        flush();
        out.end();
      }
    }

    private void add(int newSource, long at, int size) {
      if (newSource != source || at != to) {
        flush();
        source = newSource;
        from = at;
      }
      to = at + size;
    }

    private void flush() {
      if (to > from) {
        out.bytes(data.get(source), from, to - from);
      }
      from = to;
    }
  }
}
