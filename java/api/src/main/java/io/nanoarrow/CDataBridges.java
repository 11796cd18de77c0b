package io.nanoarrow;

import io.nanoarrow.spi.CDataBridge;
import java.util.ServiceLoader;

/** Finds the C Data Interface's implementation once. */
final class CDataBridges {
  private CDataBridges() {}

  private static final class Holder {
    static final CDataBridge BRIDGE =
        ServiceLoader.load(CDataBridge.class, CDataBridge.class.getClassLoader())
            .findFirst()
            .or(() -> ServiceLoader.load(CDataBridge.class).findFirst())
            .orElse(null);
  }

  static CDataBridge get() {
    if (Holder.BRIDGE == null) {
      throw new UnsupportedOperationException(
          "the C Data Interface needs the artefact io.nanoarrow:nanoarrow on the class path");
    }
    return Holder.BRIDGE;
  }
}
