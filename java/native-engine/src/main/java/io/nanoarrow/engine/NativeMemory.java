package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One use and one reservation of a {@code naj_memory}, given back by {@link #close}, or by a
 * cleaner when it was forgotten. Any thread.
 *
 * <p>Each buffer made here holds a reservation of its own for as long as it is reachable: after the
 * last use it reads as zeros (foreign memory excepted), never as unmapped memory.
 */
final class NativeMemory {
  private final long handle;
  private final long address;
  private final long sizeBytes;
  private final Cleaner.Cleanable cleanable;
  private boolean closed;
  private @Nullable ByteBuffer root;

  private NativeMemory(long takeHandle) {
    handle = takeHandle;
    address = Naj.naj_bind_memory_address(takeHandle);
    sizeBytes = Naj.naj_bind_memory_size_bytes(takeHandle);
    cleanable = NativeRuntime.CLEANER.register(this, () -> giveBack(takeHandle));
  }

  /** Takes a handle with its use and reservation. */
  static NativeMemory adopt(long takeHandle) {
    return new NativeMemory(takeHandle);
  }

  /**
   * Maps a file.
   *
   * @param name what an exception calls the file
   * @param pathBytes the path as the operating system knows it
   */
  static NativeMemory mapFile(String name, byte[] pathBytes) throws IOException {
    Scratch scratch = Scratch.get();
    ByteBuffer path = ByteBuffer.allocateDirect(pathBytes.length + 1);
    path.put(0, pathBytes);
    long handle = Naj.naj_bind_memory_map_file(AddressPointer.addressOf(path), scratch.error);
    Reference.reachabilityFence(path);
    if (handle == 0) {
      throw Status.failure(scratch, name);
    }
    return adopt(handle);
  }

  /** Allocates zeroed memory. */
  static NativeMemory allocate(long sizeBytes) {
    Scratch scratch = Scratch.get();
    long handle = Naj.naj_bind_memory_allocate(sizeBytes, scratch.error);
    if (handle == 0) {
      throw Status.failure(scratch);
    }
    return adopt(handle);
  }

  /** Allocates memory for message bodies: counted as such. */
  static NativeMemory allocateBody(long sizeBytes) {
    NativeMemory memory = allocate(sizeBytes);
    NativeRuntime.countBody(sizeBytes);
    return memory;
  }

  /**
   * Allocates a range for a message body of which only {@code countedBytes} will be written, and
   * counts these; the rest takes no memory and reads as zeros.
   */
  static NativeMemory allocateSparseBody(long sizeBytes, long countedBytes) {
    Scratch scratch = Scratch.get();
    long handle = Naj.naj_bind_memory_allocate_sparse(sizeBytes, countedBytes, scratch.error);
    if (handle == 0) {
      throw Status.failure(scratch);
    }
    NativeMemory memory = adopt(handle);
    NativeRuntime.countBody(countedBytes);
    return memory;
  }

  /** Wraps memory of someone else; {@code release} runs once, after the last use. */
  static NativeMemory wrap(long address, long sizeBytes, Runnable release) {
    Scratch scratch = Scratch.get();
    long id = ForeignMemory.register(release);
    long handle = Naj.naj_bind_memory_wrap(address, sizeBytes, id, scratch.error);
    if (handle == 0) {
      ForeignMemory.forget(id);
      throw Status.failure(scratch);
    }
    return adopt(handle);
  }

  /** Returns the {@code naj_memory}; valid until {@link #close}. */
  long handle() {
    return handle;
  }

  long address() {
    return address;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Makes a little-endian root buffer over {@code [start, start + size)}.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized ByteBuffer buffer(long start, int size) {
    if (closed) {
      throw new IllegalStateException("the memory has been released");
    }
    ByteBuffer buffer = AddressPointer.buffer(address + start, size);
    if (size > 0) {
      reserveFor(buffer, handle);
    }
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the buffer over the whole memory, of at most 2 GiB; the same each time. */
  synchronized ByteBuffer root() {
    if (root == null) {
      root = buffer(0, Math.toIntExact(sizeBytes));
    }
    return root;
  }

  /** Gives the use back; twice is harmless. */
  synchronized void close() {
    closed = true;
    cleanable.clean();
  }

  /**
   * Makes a native-order buffer over memory that somebody else holds a use of; its range stays for
   * as long as the buffer is reachable.
   *
   * @param handle the {@code naj_memory} that the bytes lie in
   */
  static ByteBuffer lent(long handle, long address, int size) {
    ByteBuffer buffer = AddressPointer.buffer(address, size);
    reserveFor(buffer, handle);
    return buffer;
  }

  private static void reserveFor(ByteBuffer buffer, long handle) {
    Naj.naj_bind_memory_reserve(handle);
    NativeRuntime.CLEANER.register(buffer, () -> Naj.naj_bind_memory_unreserve(handle));
  }

  private static void giveBack(long handle) {
    Naj.naj_bind_memory_release(handle);
    Naj.naj_bind_memory_unreserve(handle);
  }
}
