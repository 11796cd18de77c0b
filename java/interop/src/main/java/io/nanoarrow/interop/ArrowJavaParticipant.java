package io.nanoarrow.interop;

import io.nanoarrow.crosscheck.KnownFaults;
import io.nanoarrow.crosscheck.Participant;
import io.nanoarrow.crosscheck.Source;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * arrow-java in the cross-check, under the id "arrow-java": its own readers decode, and its vectors
 * are compared through the C Data Interface. Works only in a JVM that opens java.nio to it: {@code
 * --add-opens=java.base/java.nio=ALL-UNNAMED}. What it is known to get wrong is in {@link
 * ArrowJavaFaults}.
 */
public final class ArrowJavaParticipant implements Participant {
  private final KnownFaults faults = new ArrowJavaFaults();
  private @Nullable String unavailable;
  private boolean isTried;

  /** For ServiceLoader. */
  public ArrowJavaParticipant() {}

  @Override
  public String id() {
    return "arrow-java";
  }

  @Override
  public @Nullable String unavailableReason() {
    if (!isTried) {
      isTried = true;
      try (BufferAllocator allocator = new RootAllocator()) {
        allocator.buffer(8).close();
      } catch (RuntimeException | LinkageError e) {
        unavailable = "arrow-java does not start here (--add-opens?): " + e;
      }
    }
    return unavailable;
  }

  @Override
  public Set<Omission> omissions() {
    return EnumSet.of(Omission.BATCH_METADATA, Omission.DICTIONARY_IDS);
  }

  @Override
  public KnownFaults knownFaults() {
    return faults;
  }

  @Override
  public Decoding open(Source source) throws IOException {
    return ArrowJavaDecoding.open(source);
  }
}
