package io.nanoarrow.pure.source;

/**
 * Leaves the decoding of a message whose bytes have not all come: {@link PushedSource} is back at
 * its start, and decoding begins anew once they have. Never leaves the engine.
 */
public final class NeedInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final NeedInput INSTANCE = new NeedInput();

  private NeedInput() {
    super("the bytes of this message have not come yet", null, false, false);
  }
}
