package io.nanoarrow.pure.encode;

import io.nanoarrow.options.Compression;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.pure.codec.Codec;
import io.nanoarrow.pure.codec.FrameCompressor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Compresses bodies buffer by buffer. Chunks of buffers are work that several threads share; a
 * buffer that does not save enough is stored behind a size of -1. One body at a time.
 */
final class BodyCompressor {
  private static final int CHUNK_SIZE = FrameCompressor.CHUNK_SIZE;

  /** Chunks are handed out together until they have this many bytes. */
  private static final long WORK_BYTES = 256 << 10;

  private static final int PREFIX_SIZE = 8;
  private static final long STORED = -1;
  private static final double LEAST_SAVING = 0;

  private final Codec codec;
  private final int level;
  private final double share;
  private final boolean useThreads;
  private final int alignmentBytes;
  private final Pairs buffers = new Pairs();
  private final Parts parts = new Parts();
  private final Queue<Bench> benches = new ConcurrentLinkedQueue<>();

  /** A compressor of what the options say, which name one. */
  BodyCompressor(Compression compression, WriteOptions options) {
    codec = codec(compression);
    level = compression.level() == null ? 1 : compression.level();
    share = options.minSpaceSavings() == null ? LEAST_SAVING : options.minSpaceSavings();
    useThreads = options.useThreads() && Runtime.getRuntime().availableProcessors() > 1;
    alignmentBytes = options.alignmentBytes();
  }

  /** Returns the codec whose ordinal is its number in the format. */
  static Codec codec(Compression compression) {
    return switch (compression.codec()) {
      case LZ4_FRAME -> Codec.LZ4_FRAME;
      case ZSTD -> Codec.ZSTD;
    };
  }

  /** What one thread works with. */
  private static final class Bench {
    private final FrameCompressor compressor;
    private byte[] content = {};
    private byte[] out = {};

    Bench(FrameCompressor compressor) {
      this.compressor = compressor;
    }
  }

  /** A part of a buffer. */
  private record Chunk(long offset, int size, long bufferSize, boolean isFirst, boolean isLast) {}

  /** Chunks that one thread compresses one after the other, and what became of them. */
  private static final class Work {
    private final List<Chunk> chunks = new ArrayList<>();
    private long sizeBytes;
    private int[] ends = {};
    private ByteBuffer result = ByteBuffer.allocate(0);
  }

  /** Returns the body compressed; holds until the next call, and while the other is kept. */
  BodyContent compress(BodyContent body) {
    buffers.clear();
    parts.clear();
    StoredBytes content = new StoredBytes(body.parts().get());
    List<Work> work = divide(body.buffers());
    if (useThreads && work.size() > 1) {
      IntStream.range(0, work.size()).parallel().forEach(i -> run(work.get(i), content));
    } else {
      work.forEach(each -> run(each, content));
    }
    gather(body.buffers(), work, content);
    return new BodyContent(body.nodes(), body.variadicCounts(), buffers, parts);
  }

  private static List<Work> divide(Pairs plain) {
    List<Work> all = new ArrayList<>();
    Work work = null;
    for (int i = 0; i < plain.count(); i++) {
      long size = plain.second(i);
      for (long done = 0; done < size; ) {
        int n = (int) Math.min(CHUNK_SIZE, size - done);
        if (work == null || work.sizeBytes >= WORK_BYTES) {
          work = new Work();
          all.add(work);
        }
        boolean isLast = done + n == size;
        work.chunks.add(new Chunk(plain.first(i) + done, n, size, done == 0, isLast));
        work.sizeBytes += n;
        done += n;
      }
    }
    return all;
  }

  private void run(Work work, StoredBytes content) {
    Bench bench = benches.poll();
    if (bench == null) {
      bench = new Bench(codec.compressor(level));
    }
    int bound = work.chunks.stream().mapToInt(c -> bound(c)).sum();
    if (bench.out.length < bound) {
      bench.out = new byte[bound];
    }
    work.ends = new int[work.chunks.size()];
    int end = 0;
    for (int i = 0; i < work.ends.length; i++) {
      end = run(work.chunks.get(i), content, bench, end);
      work.ends[i] = end;
    }
    work.result = ByteBuffer.wrap(java.util.Arrays.copyOf(bench.out, end));
    benches.add(bench);
  }

  /** Returns the most bytes that a chunk becomes, with the slack that compressors take. */
  private int bound(Chunk chunk) {
    return chunk.size() + chunk.size() / 128 + 128;
  }

  private static int run(Chunk chunk, StoredBytes content, Bench bench, int at) {
    byte[] out = bench.out;
    int end = chunk.isFirst() ? bench.compressor.begin(chunk.bufferSize(), out, at) : at;
    ByteBuffer there = content.inArray(chunk.offset(), chunk.size());
    if (there != null) {
      int from = there.arrayOffset();
      end =
          bench.compressor.chunk(
              there.array(), from, from + chunk.size(), chunk.isLast(), out, end);
    } else {
      if (bench.content.length < chunk.size()) {
        bench.content = new byte[chunk.size()];
      }
      content.copy(chunk.offset(), bench.content, chunk.size());
      end = bench.compressor.chunk(bench.content, 0, chunk.size(), chunk.isLast(), out, end);
    }
    return chunk.isLast() ? bench.compressor.end(out, end) : end;
  }

  /** Puts the frames behind each other, or stores what did not become smaller. */
  private void gather(Pairs plain, List<Work> work, StoredBytes content) {
    int workIndex = 0;
    int chunkIndex = 0;
    List<ByteBuffer> frame = new ArrayList<>();
    for (int i = 0; i < plain.count(); i++) {
      long size = plain.second(i);
      long begun = parts.sizeBytes();
      if (size > 0) {
        frame.clear();
        long frameSize = 0;
        for (boolean isLast = false; !isLast; ) {
          Work from = work.get(workIndex);
          int start = chunkIndex == 0 ? 0 : from.ends[chunkIndex - 1];
          int length = from.ends[chunkIndex] - start;
          frame.add(from.result.slice(start, length));
          frameSize += length;
          isLast = from.chunks.get(chunkIndex).isLast();
          chunkIndex++;
          if (chunkIndex == from.ends.length) {
            workIndex++;
            chunkIndex = 0;
          }
        }
        boolean saves = frameSize < size && size - frameSize >= share * size;
        parts.room(PREFIX_SIZE).putLong(saves ? size : STORED);
        (saves ? frame : content.range(plain.first(i), size)).forEach(parts::add);
      }
      buffers.add(begun, parts.sizeBytes() - begun);
      parts.pad(alignmentBytes);
    }
  }
}
