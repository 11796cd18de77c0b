package io.nanoarrow;

import io.nanoarrow.spi.Engine;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the engine: native, else another with one log line; an engine asked for is never
 * replaced. A failure is thrown with its reason each time it is asked for.
 */
final class Engines {
  private static final System.Logger LOG = System.getLogger("io.nanoarrow");
  private static final String DEFAULT_ID = "native";

  private static volatile @Nullable Engine defaultEngine;

  private Engines() {}

  private static final class Holder {
    static final Services<Engine> FOUND = Services.find(Engine.class);
  }

  static Engine choose(@Nullable String id) {
    if (id != null) {
      return named(id, Holder.FOUND);
    }
    Engine known = defaultEngine;
    return known != null ? known : chooseDefault();
  }

  private static synchronized Engine chooseDefault() {
    Engine known = defaultEngine;
    if (known == null) {
      known = chooseDefault(Holder.FOUND);
      defaultEngine = known;
    }
    return known;
  }

  static List<String> ids() {
    return ids(Holder.FOUND.found());
  }

  static Engine named(String id, Services<Engine> services) {
    for (Engine engine : services.found()) {
      if (engine.id().equals(id)) {
        engine.ensureAvailable();
        return engine;
      }
    }
    throw services.withFailures(
        new IllegalArgumentException("no engine \"" + id + "\"; found " + ids(services.found())));
  }

  /** Returns the native engine, or the first other one that is available, saying why in the log. */
  static Engine chooseDefault(Services<Engine> services) {
    List<Engine> found = services.found();
    if (found.isEmpty()) {
      throw services.withFailures(
          new IllegalStateException(
              "no engine found: add io.nanoarrow:nanoarrow or io.nanoarrow:nanoarrow-pure"));
    }
    Engine preferred =
        found.stream().filter(e -> e.id().equals(DEFAULT_ID)).findFirst().orElse(found.get(0));
    try {
      preferred.ensureAvailable();
      return preferred;
    } catch (IllegalStateException e) {
      return fallback(found, preferred, e);
    }
  }

  private static Engine fallback(
      List<Engine> found, Engine preferred, IllegalStateException reason) {
    IllegalStateException none = new IllegalStateException(reason.getMessage(), reason);
    for (Engine other : found) {
      if (other == preferred) {
        continue;
      }
      try {
        other.ensureAvailable();
      } catch (IllegalStateException e) {
        none.addSuppressed(e);
        continue;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "engine {0} is not available, using {1}: {2}",
          preferred.id(),
          other.id(),
          reason.getMessage());
      return other;
    }
    throw none;
  }

  private static List<String> ids(List<Engine> engines) {
    return engines.stream().map(Engine::id).collect(Collectors.toUnmodifiableList());
  }
}
