package io.nanoarrow.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a reader holds in C, freed once: by {@link #close}, or by the cleaner (as a Runnable) when
 * the reader was forgotten; but never under a running call: then by the last call that leaves. A
 * blocked call does not block {@code close}, which {@linkplain #wake wakes} it.
 */
abstract class NativeState implements Runnable {
  private static final int CLOSED = Integer.MIN_VALUE;

  private final String noun;

  /** Running calls, and {@link #CLOSED}. */
  private final AtomicInteger calls = new AtomicInteger();

  private volatile @Nullable IOException closeFailure;

  /**
   * An open state.
   *
   * @param noun what the message of a use after close names
   */
  NativeState(String noun) {
    this.noun = noun;
  }

  /** Begins a call that others may overlap; {@link #exit} ends it. */
  final void enter() {
    int now = calls.get();
    while (true) {
      if (now < 0) {
        throw closed();
      }
      if (calls.compareAndSet(now, now + 1)) {
        return;
      }
      now = calls.get();
    }
  }

  /** Begins a call that must be the only one. */
  final void enterAlone() {
    if (!tryEnterAlone()) {
      if (calls.get() < 0) {
        throw closed();
      }
      throw new IllegalStateException("two threads use one " + noun + " at once");
    }
  }

  /** Begins a call if none is running and the state is open. */
  final boolean tryEnterAlone() {
    return calls.compareAndSet(0, 1);
  }

  final void exit() {
    if (calls.decrementAndGet() == CLOSED) {
      freeOnce();
    }
  }

  final void close() {
    int before = calls.getAndUpdate(n -> n | CLOSED);
    if (before == 0) {
      freeOnce();
    } else if (before > 0) {
      wakeOnce();
    }
  }

  private void wakeOnce() {
    try {
      wake();
    } catch (IOException e) {
      closeFailure = e;
    }
  }

  /** Ends a call that is blocked, if this can; called while it runs, by another thread. */
  void wake() throws IOException {}

  @Override
  public final void run() {
    close();
  }

  /** Throws what closing an input threw. */
  final void throwCloseFailure() throws IOException {
    IOException failure = closeFailure;
    if (failure != null) {
      closeFailure = null;
      throw failure;
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(noun + " is closed");
  }

  private void freeOnce() {
    try {
      free();
    } catch (IOException e) {
      closeFailure = e;
    }
  }

  /** Frees everything; called once, when no call runs. Only closing an input may throw. */
  abstract void free() throws IOException;
}
