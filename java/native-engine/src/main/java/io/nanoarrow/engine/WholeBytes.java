package io.nanoarrow.engine;

/** A stream that lies in memory as a whole. */
final class WholeBytes implements StreamBytes {
  private final NativeRegion region;
  private long offset;

  WholeBytes(NativeRegion takeRegion) {
    region = takeRegion;
  }

  @Override
  public NativeRegion region() {
    return region;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long available() {
    return region.sizeBytes() - offset;
  }

  @Override
  public boolean isAtEnd() {
    return true;
  }

  @Override
  public void advanceTo(long newOffset) {
    offset = newOffset;
  }

  @Override
  public boolean fill(long needed) {
    throw new IllegalStateException("the decoder wants more than all bytes");
  }

  @Override
  public void close() {
    region.release();
  }
}
