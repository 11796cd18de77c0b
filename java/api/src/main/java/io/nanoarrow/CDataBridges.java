package io.nanoarrow;

import io.nanoarrow.spi.CDataBridge;

/** Finds the C Data Interface's implementation once. */
final class CDataBridges {
  private CDataBridges() {}

  private static final class Holder {
    static final Services<CDataBridge> FOUND = Services.find(CDataBridge.class);
  }

  static CDataBridge get() {
    return first(Holder.FOUND);
  }

  static CDataBridge first(Services<CDataBridge> services) {
    if (services.found().isEmpty()) {
      throw services.withFailures(
          new UnsupportedOperationException(
              "the C Data Interface needs the artefact io.nanoarrow:nanoarrow on the class path"));
    }
    return services.found().get(0);
  }
}
