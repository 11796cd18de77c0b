package io.nanoarrow.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the buffers of a RecordBatch table with their names and sizes. One thread. */
final class BufferLister {
  private static final int BUFFERS = 2;
  private static final int VARIADIC_COUNTS = 4;

  private final WireBytes bytes;
  private final List<WireProblem> problems;

  BufferLister(WireBytes bytes, List<WireProblem> problems) {
    this.bytes = bytes;
    this.problems = problems;
  }

  /**
   * Returns the buffers.
   *
   * @param slots their names, null where the schema is not known
   * @param bodyOffset of the body in the input
   * @param codec what buffers are compressed with, null for nothing
   */
  List<WireBuffer> list(
      FlatTable batch,
      @Nullable List<BufferSlots.Slot> slots,
      long bodyOffset,
      long bodyBytes,
      @Nullable String codec)
      throws IOException {
    long[] places = batch.getLongStructs(BUFFERS, 2);
    List<BufferSlots.Slot> named =
        slots == null
            ? List.of()
            : named(slots, batch.getLongStructs(VARIADIC_COUNTS, 1), places.length / 2);
    if (slots != null && named.size() != places.length / 2) {
      problems.add(
          new WireProblem(
              bodyOffset, places.length / 2 + " buffers where the schema has " + named.size()));
    }
    List<WireBuffer> buffers = new ArrayList<>(places.length / 2);
    for (int i = 0; i < places.length / 2; i++) {
      long offset = places[2 * i];
      long size = places[2 * i + 1];
      BufferSlots.Slot slot = i < named.size() ? named.get(i) : null;
      boolean isInside =
          offset >= 0 && size >= 0 && offset <= bodyBytes && size <= bodyBytes - offset;
      if (!isInside) {
        problems.add(
            new WireProblem(
                bodyOffset,
                "buffer " + i + ", " + size + " bytes at " + offset + ", leaves its body"));
      }
      buffers.add(
          new WireBuffer(
              slot == null ? -1 : slot.column(),
              slot == null ? "" : slot.path(),
              slot == null ? "unknown" : slot.kind(),
              saturatedSum(bodyOffset, offset),
              size,
              !isInside ? -1 : codec == null ? size : decoded(bodyOffset + offset, size)));
    }
    return buffers;
  }

  /** Repeats variadic slots as often as the message says, but not beyond its buffers. */
  private static List<BufferSlots.Slot> named(
      List<BufferSlots.Slot> slots, long[] variadicCounts, int bufferCount) {
    List<BufferSlots.Slot> named = new ArrayList<>();
    int view = 0;
    for (BufferSlots.Slot slot : slots) {
      long times = 1;
      if (slot.isVariadic()) {
        times = view < variadicCounts.length ? variadicCounts[view] : 0;
        view++;
      }
      for (long i = 0; i < times && named.size() <= bufferCount; i++) {
        named.add(slot);
      }
    }
    return named;
  }

  /** Returns the size that a compressed buffer announces in its first 8 bytes. */
  private long decoded(long offset, long size) throws IOException {
    if (size < Long.BYTES || !bytes.holds(offset, Long.BYTES)) {
      return size == 0 ? 0 : -1;
    }
    long announced = bytes.read(offset, Long.BYTES).getLong(0);
    if (announced == -1) {
      return size - Long.BYTES;
    }
    if (announced < 0) {
      problems.add(
          new WireProblem(offset, "a buffer of " + announced + " bytes when decompressed"));
      return -1;
    }
    return announced;
  }

  /** Returns the bytes of a body that none of its buffers hold. */
  static long padding(List<WireBuffer> buffers, long bodyOffset, long bodyBytes) {
    long[][] ranges =
        buffers.stream()
            .filter(b -> b.sizeBytes() > 0 && b.decodedBytes() >= 0)
            .map(b -> new long[] {b.offset() - bodyOffset, b.offset() - bodyOffset + b.sizeBytes()})
            .sorted((a, b) -> Long.compare(a[0], b[0]))
            .toArray(long[][]::new);
    long covered = 0;
    long end = 0;
    for (long[] range : ranges) {
      covered += Math.max(0, range[1] - Math.max(end, range[0]));
      end = Math.max(end, range[1]);
    }
    return bodyBytes - covered;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? (b < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
