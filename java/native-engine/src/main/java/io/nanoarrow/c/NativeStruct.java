package io.nanoarrow.c;

import io.nanoarrow.naj.Naj;
import org.bytedeco.javacpp.Pointer;

/**
 * A C struct that may own something. One allocated by its constructor is this object's: {@link
 * #close} resets or releases what the struct owns and frees it, closing twice is harmless, and a
 * forgotten one is treated so by JavaCPP's deallocator thread. One reached through a pointer is
 * borrowed: closing the object touches nothing.
 *
 * <p>A new struct owns nothing and may be closed at once; those that hold buffers are ready for
 * appending. A C function that "moves" a struct leaves it owning nothing.
 *
 * <p>Not thread-safe.
 */
public abstract class NativeStruct extends Pointer {
  // JavaCPP makes objects for C's pointers without running a constructor: nothing may hang on a
  // field.
  @SuppressWarnings("unused")
  private final Pointer borrowedFrom;

  /** Allocates {@code count} structs of a kind of {@code enum naj_c_struct_kind}. */
  NativeStruct(int kind, long count) {
    super((Pointer) null);
    borrowedFrom = null;
    if (count < 0) {
      throw new IllegalArgumentException("count " + count);
    }
    long allocated = Naj.naj_c_struct_allocate(kind, count);
    if (allocated == 0) {
      throw new OutOfMemoryError("No native memory for " + count + " " + getClass().getName());
    }
    address = allocated;
    position = 0;
    limit = count;
    capacity = count;
    deallocator(new StructDeallocator(kind, allocated, count));
  }

  /** Borrows the struct at {@code pointer}, and keeps that object reachable. */
  NativeStruct(Pointer pointer) {
    super((Pointer) null);
    borrowedFrom = pointer;
    if (pointer != null) {
      address = pointer.address();
      position = pointer.position();
      limit = pointer.limit();
      capacity = pointer.capacity();
    }
  }

  /** The number of {@code enum naj_c_struct_kind}. */
  abstract int kind();

  /**
   * Whether the struct owns nothing: its {@code release} (or {@code private_data}) member is NULL.
   * A stream that is at its end gives an array for which this is true. The generated getter of a
   * {@code release} member cannot tell: it returns an object even for NULL.
   */
  public final boolean isReleased() {
    return isNull() || Naj.naj_c_struct_is_released(kind(), address + position * sizeof()) != 0;
  }

  /**
   * Resets or releases what the struct owns, if anything, and keeps its memory: it may be used
   * again.
   */
  public final void reset() {
    if (!isNull()) {
      Naj.naj_c_struct_reset(kind(), address + position * sizeof());
    }
  }

  private static final class StructDeallocator implements Deallocator {
    private final int kind;
    private final long count;
    private long address;

    StructDeallocator(int kind, long address, long count) {
      this.kind = kind;
      this.address = address;
      this.count = count;
    }

    @Override
    public synchronized void deallocate() {
      long owned = address;
      address = 0;
      if (owned != 0) {
        Naj.naj_c_struct_free(kind, owned, count);
      }
    }
  }
}
