package io.nanoarrow.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinksTest {
  /** A channel that takes a few bytes at a time, none every other time. */
  private static class ShortChannel implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final int most;
    int calls;
    boolean open = true;

    ShortChannel(int most) {
      this.most = most;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
      int count = calls++ % 2 == 0 ? 0 : Math.min(most, buffer.remaining());
      for (int i = 0; i < count; i++) {
        taken.write(buffer.get());
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private static class ShortGathering extends ShortChannel implements GatheringByteChannel {
    int mostBuffers;

    ShortGathering(int most) {
      super(most);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
      mostBuffers = Math.max(mostBuffers, length);
      int left = calls++ % 2 == 0 ? 0 : most;
      long count = 0;
      for (int i = offset; i < offset + length; i++) {
        for (; left > 0 && buffers[i].hasRemaining(); left--, count++) {
          taken.write(buffers[i].get());
        }
      }
      return count;
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
      return write(buffers, 0, buffers.length);
    }
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    return bytes;
  }

  /** Returns the bytes in parts of all kinds and sizes, some empty. */
  private static List<ByteBuffer> parts(byte[] bytes) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int at = 0, size = 0; at < bytes.length; at += size, size = (size * 3 + 1) % 4001) {
      int count = Math.min(size, bytes.length - at);
      ByteBuffer part = ByteBuffer.wrap(bytes, at, count);
      if (parts.size() % 3 == 1) {
        part = ByteBuffer.allocateDirect(count).put(part).flip();
      } else if (parts.size() % 3 == 2) {
        part = part.asReadOnlyBuffer();
      }
      parts.add(part);
      size = count;
    }
    return parts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1 << 20})
  void aChannelThatTakesLittleAtATimeGetsEverything(int most) throws IOException {
    byte[] bytes = pattern(50_000);
    ShortChannel channel = new ShortChannel(most);
    new ChannelSink(channel, false).write(parts(bytes));
    assertArrayEquals(bytes, channel.taken.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1 << 20})
  void aGatheringChannelGetsManyBuffersAtOnceAndEverything(int most) throws IOException {
    byte[] bytes = pattern(50_000);
    List<ByteBuffer> parts = parts(bytes);
    for (int i = 0; i < 3000; i++) {
      parts.add(ByteBuffer.wrap(bytes, i, 1));
    }
    ShortGathering channel = new ShortGathering(most);
    new ChannelSink(channel, false).write(parts);
    byte[] taken = channel.taken.toByteArray();
    assertEquals(bytes.length + 3000, taken.length);
    assertArrayEquals(bytes, java.util.Arrays.copyOf(taken, bytes.length));
    assertEquals(1024, channel.mostBuffers);
  }

  @Test
  void largeHeapBuffersAreWrittenInPieces() throws IOException {
    byte[] bytes = pattern((3 << 20) + 5);
    List<Integer> sizes = new ArrayList<>();
    ShortGathering channel =
        new ShortGathering(Integer.MAX_VALUE) {
          @Override
          public int write(ByteBuffer buffer) throws IOException {
            sizes.add(buffer.remaining());
            return super.write(buffer);
          }
        };
    new ChannelSink(channel, false).write(List.of(ByteBuffer.wrap(bytes)));
    assertArrayEquals(bytes, channel.taken.toByteArray());
    assertTrue(sizes.stream().allMatch(size -> size <= 1 << 20), sizes.toString());
  }

  @Test
  void aChannelThatNeverTakesAnythingIsAnIoException() {
    WritableByteChannel channel = new ShortChannel(0);
    ChannelSink sink = new ChannelSink(channel, false);
    List<ByteBuffer> parts = List.of(ByteBuffer.allocate(3));
    IOException e = assertThrows(IOException.class, () -> sink.write(parts));
    assertTrue(e.getMessage().contains("blocking"), e.getMessage());
  }

  @Test
  void channelsAreClosedOnlyWhenAskedTo() throws IOException {
    ShortChannel kept = new ShortChannel(1);
    new ChannelSink(kept, false).complete();
    new ChannelSink(kept, false).abandon();
    assertTrue(kept.isOpen());
    ShortChannel closed = new ShortChannel(1);
    new ChannelSink(closed, true).abandon();
    assertFalse(closed.isOpen());
  }

  /** Counts what matters of a stream's calls. */
  private static final class CountingStream extends ByteArrayOutputStream {
    int writes;
    int flushes;
    int closes;

    @Override
    public void write(byte[] bytes, int offset, int count) {
      writes++;
      super.write(bytes, offset, count);
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void close() {
      closes++;
    }
  }

  @Test
  void aStreamGetsSmallPartsTogetherAndAllOfAMessage() throws IOException {
    byte[] bytes = pattern(200_000);
    CountingStream stream = new CountingStream();
    StreamSink sink = new StreamSink(stream, false);
    sink.write(parts(bytes));
    assertArrayEquals(bytes, stream.toByteArray());
    assertEquals(4, stream.writes);
    sink.write(List.of(ByteBuffer.wrap(bytes)));
    assertEquals(5, stream.writes);
    assertEquals(400_000, stream.size());
    assertEquals(0, stream.flushes);
    sink.complete();
    assertEquals(1, stream.flushes);
    assertEquals(0, stream.closes);
  }

  @Test
  void aStreamIsClosedWhenAskedTo() throws IOException {
    CountingStream stream = new CountingStream();
    new StreamSink(stream, true).complete();
    new StreamSink(stream, true).abandon();
    assertEquals(2, stream.closes);
    assertEquals(1, stream.flushes);
  }

  @Test
  void aBufferWithTooLittleRoomGetsNothingOfTheMessage() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(10);
    BufferSink sink = new BufferSink(buffer);
    sink.write(List.of(ByteBuffer.allocate(3), ByteBuffer.allocateDirect(4)));
    assertEquals(7, buffer.position());
    List<ByteBuffer> parts = List.of(ByteBuffer.allocate(2), ByteBuffer.allocate(2));
    IOException e = assertThrows(IOException.class, () -> sink.write(parts));
    assertEquals(7, buffer.position());
    assertTrue(e.getMessage().contains("3 more bytes, not for 4"), e.getMessage());
  }

  @Test
  void memoryGrowsAndKeepsEveryByteInOrder() {
    byte[] bytes = pattern(700_000);
    MemorySink sink = new MemorySink(0);
    for (ByteBuffer part : parts(bytes)) {
      sink.write(List.of(part));
    }
    assertEquals(bytes.length, sink.sizeBytes());
    assertTrue(sink.buffers().size() > 1);
    assertArrayEquals(bytes, joined(sink));
  }

  @Test
  void memoryOfTheExpectedSizeIsOnePiece() {
    byte[] bytes = pattern(700_000);
    MemorySink sink = new MemorySink(bytes.length);
    sink.write(parts(bytes));
    assertEquals(1, sink.buffers().size());
    assertArrayEquals(bytes, joined(sink));
    sink.reset();
    assertEquals(0, sink.sizeBytes());
    assertEquals(List.of(), sink.buffers());
    sink.write(List.of(ByteBuffer.wrap(bytes, 5, 3)));
    assertArrayEquals(new byte[] {bytes[5], bytes[6], bytes[7]}, joined(sink));
  }

  private static byte[] joined(MemorySink sink) {
    ByteBuffer all = ByteBuffer.allocate((int) sink.sizeBytes());
    sink.buffers().forEach(all::put);
    return all.array();
  }
}
