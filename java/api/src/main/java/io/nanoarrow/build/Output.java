package io.nanoarrow.build;

import io.nanoarrow.memory.MemoryRegion;
import java.util.ArrayList;
import java.util.List;

/**
 * Where builders put what they finish: the uses of memory that the result holds. With sharing the
 * builder goes on appending behind what is finished; without it begins anew.
 */
final class Output {
  private final boolean sharing;
  private final List<MemoryRegion> regions = new ArrayList<>();

  Output(boolean sharing) {
    this.sharing = sharing;
  }

  boolean isSharing() {
    return sharing;
  }

  /** Adds a use that the builder has. */
  void take(MemoryRegion takeRegion) {
    regions.add(takeRegion);
  }

  /** Adds a use of its own. */
  void share(MemoryRegion region) {
    region.retain();
    regions.add(region);
  }

  /** Returns the uses, for their new owner. */
  List<MemoryRegion> regions() {
    return regions;
  }
}
