package io.nanoarrow.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Whether one handle (a batch, a reader) is still open. Columns ask it before they read. */
public final class Lease {
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED = MethodHandles.lookup().findVarHandle(Lease.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String noun;

  // Read without a fence on the hot path: a racing getter is made harmless by MemoryRegion, not
  // here.
  private boolean closed;

  /**
   * An open lease.
   *
   * @param noun what the message of a use after close names
   */
  public Lease(String noun) {
    this.noun = noun;
  }

  /**
   * Checks that the handle is open.
   *
   * @throws IllegalStateException when it is closed
   */
  public void ensureOpen() {
    if (closed) {
      throw new IllegalStateException(noun + " is closed");
    }
  }

  /** Closes; true for the one call that did. */
  public boolean close() {
    return CLOSED.compareAndSet(this, false, true);
  }

  /** Tells whether the handle is open. */
  public boolean isOpen() {
    return !(boolean) CLOSED.getVolatile(this);
  }
}
