package io.nanoarrow.pure.body;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.codec.CodecException;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.memory.BlockRegion;
import io.nanoarrow.pure.source.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a batch that could not stay as they lie in the body: decompressed, or put into
 * little-endian order, each in a block of the Java heap. Holds the one use of each block until
 * {@link #release}.
 */
final class Contents {
  private static final int MAX_SIZE = Integer.MAX_VALUE - 1024;

  /** From so many decompressed bytes on threads are worth their start. */
  private static final long THREADS_FROM = 1 << 20;

  /** A buffer to make. */
  private record Job(int index, BodyPlan.Node node, int swap) {}

  private final @Nullable BlockRegion[] blocks;

  private Contents(int bufferCount) {
    blocks = new BlockRegion[bufferCount];
  }

  /**
   * Makes them, all at once, so that what is wrong with them shows before anybody has the batch.
   *
   * @param first the first buffer of each node and a last entry
   * @param buffers offset and size of each buffer, inside the body, without prefixes of stored
   *     ones; of what has no content the size becomes 0
   * @param useThreads several threads may decompress a large body
   * @throws io.nanoarrow.error.ArrowFormatException when one is not what was announced
   */
  static Contents of(
      BodyPlan plan,
      int[] first,
      long[] buffers,
      @Nullable Compression compression,
      Body body,
      boolean useThreads) {
    Contents contents = new Contents(buffers.length / 2);
    boolean together = useThreads && compression != null && isLarge(compression, buffers);
    List<Job> jobs = new ArrayList<>();
    try {
      for (int i = 0; i < plan.nodeCount(); i++) {
        BodyPlan.Node node = plan.node(i);
        for (int index = first[i]; index < first[i + 1]; index++) {
          int data = index - first[i] - (node.validity ? 1 : 0);
          int swap = plan.isBigEndian() && data >= 0 ? ByteSwap.of(node, data) : ByteSwap.NONE;
          if (together) {
            jobs.add(new Job(index, node, swap));
          } else {
            contents.add(index, node, swap, buffers, compression, body);
          }
        }
      }
      contents.addAll(jobs, buffers, compression, body);
      return contents;
    } catch (Throwable t) {
      contents.release();
      throw t;
    }
  }

  private static boolean isLarge(Compression compression, long[] buffers) {
    long size = 0;
    for (int i = 0; i < buffers.length / 2; i++) {
      size += compression.isPacked(i) ? compression.contentSize(i, buffers[2 * i + 1]) : 0;
    }
    return size >= THREADS_FROM && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** Makes buffers with several threads; of several failures the first in order is thrown. */
  private void addAll(
      List<Job> jobs, long[] buffers, @Nullable Compression compression, Body body) {
    AtomicInteger next = new AtomicInteger();
    Throwable[] failures = new Throwable[jobs.size()];
    int threads = Math.min(jobs.size(), Runtime.getRuntime().availableProcessors());
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            thread -> {
              for (int i = next.getAndIncrement(); i < jobs.size(); i = next.getAndIncrement()) {
                Job job = jobs.get(i);
                try {
                  add(job.index, job.node, job.swap, buffers, compression, body);
                } catch (RuntimeException | Error e) {
                  failures[i] = e;
                }
              }
            });
    for (Throwable failure : failures) {
      if (failure instanceof Error error) {
        throw error;
      } else if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  private void add(
      int index,
      BodyPlan.Node node,
      int swap,
      long[] buffers,
      @Nullable Compression compression,
      Body body) {
    long size = buffers[2 * index + 1];
    boolean packed = compression != null && compression.isPacked(index);
    long contentSize = packed ? compression.contentSize(index, size) : size;
    if (contentSize == 0) {
      buffers[2 * index + 1] = 0;
    }
    if (size == 0 || contentSize == 0 || !packed && swap == ByteSwap.NONE) {
      return;
    }
    long inputOffset = body.inputOffset() + buffers[2 * index];
    if (contentSize > MAX_SIZE || size > MAX_SIZE) {
      throw Faults.unsupported(
          "a compressed or big-endian buffer above 2 GiB", inputOffset, node.path.toString());
    }
    ArrowBuffer source = body.buffer(buffers[2 * index], size);
    byte[] bytes;
    try {
      bytes = packed ? compression.content(source, index) : new byte[(int) size];
    } catch (CodecException e) {
      throw Faults.invalid(e.getMessage(), inputOffset, node.path.toString());
    }
    if (!packed) {
      source.copyTo(0, bytes, 0, bytes.length);
    }
    ByteSwap.apply(swap, bytes, bytes.length);
    blocks[index] = new BlockRegion(bytes);
  }

  /** Returns a buffer that was made, or null for one that stayed in the body. */
  @Nullable ArrowBuffer buffer(int index) {
    BlockRegion block = blocks[index];
    return block == null ? null : new ArrowBuffer(block, 0, block.sizeBytes());
  }

  /** Gives all blocks back; called once. */
  void release() {
    for (BlockRegion block : blocks) {
      if (block != null) {
        block.release();
      }
    }
  }
}
