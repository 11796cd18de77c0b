package io.nanoarrow.crosscheck;

import io.nanoarrow.spi.CDataBridge;
import java.io.IOException;
import java.util.EnumSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * nanoarrow's own decoder through its bindings. It is for trusted input only: see {@link
 * NanoarrowFaults}. Of a file it reads the stream that lies inside. Names no class of the bindings
 * itself, so that it can be loaded without them.
 */
public final class NanoarrowParticipant implements Participant {
  private final KnownFaults faults = new NanoarrowFaults();
  private @Nullable CDataBridge bridge;

  /** For ServiceLoader. */
  public NanoarrowParticipant() {}

  @Override
  public String id() {
    return "nanoarrow";
  }

  @Override
  public @Nullable String unavailableReason() {
    if (bridge != null) {
      return null;
    }
    try {
      for (CDataBridge found : ServiceLoader.load(CDataBridge.class)) {
        NanoarrowDecoding.ensureLoaded();
        bridge = found;
        return null;
      }
    } catch (IllegalStateException | ServiceConfigurationError | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
    return "no bindings of nanoarrow on the class path";
  }

  @Override
  public Set<Omission> omissions() {
    return EnumSet.allOf(Omission.class);
  }

  @Override
  public KnownFaults knownFaults() {
    return faults;
  }

  @Override
  public Decoding open(Source source) throws IOException {
    String reason = unavailableReason();
    CDataBridge found = bridge;
    if (found == null) {
      throw new IllegalStateException(reason);
    }
    return NanoarrowDecoding.open(source, found);
  }
}
