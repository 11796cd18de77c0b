package io.nanoarrow;

import io.nanoarrow.spi.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the engine: native, else pure with one log line; an engine asked for is never replaced.
 */
final class Engines {
  private static final System.Logger LOG = System.getLogger("io.nanoarrow");
  private static final String DEFAULT_ID = "native";

  private Engines() {}

  private static final class Holder {
    static final List<Engine> FOUND = find();
  }

  private static @Nullable Engine defaultEngine;

  /** Chooses on first use; a failure is not kept, so that it is told the same each time. */
  private static synchronized Engine chooseDefault() {
    Engine chosen = defaultEngine;
    if (chosen == null) {
      chosen = chooseDefault(Holder.FOUND);
      defaultEngine = chosen;
    }
    return chosen;
  }

  static Engine choose(@Nullable String id) {
    if (id == null) {
      return chooseDefault();
    }
    for (Engine engine : Holder.FOUND) {
      if (engine.id().equals(id)) {
        engine.ensureAvailable();
        return engine;
      }
    }
    throw new IllegalArgumentException("no engine \"" + id + "\"; found " + ids(Holder.FOUND));
  }

  static List<String> ids() {
    return Holder.FOUND.stream().map(Engine::id).toList();
  }

  private static List<Engine> find() {
    List<Engine> found = new ArrayList<>();
    ServiceLoader.load(Engine.class).forEach(found::add);
    if (found.isEmpty()) {
      ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).forEach(found::add);
    }
    return List.copyOf(found);
  }

  private static Engine chooseDefault(List<Engine> found) {
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "no engine found: add io.nanoarrow:nanoarrow or io.nanoarrow:nanoarrow-pure");
    }
    Engine preferred =
        found.stream().filter(e -> e.id().equals(DEFAULT_ID)).findFirst().orElse(found.get(0));
    try {
      preferred.ensureAvailable();
      return preferred;
    } catch (IllegalStateException e) {
      for (Engine other : found) {
        if (other != preferred) {
          other.ensureAvailable();
          LOG.log(
              System.Logger.Level.WARNING,
              "engine {0} is not available, using {1}: {2}",
              preferred.id(),
              other.id(),
              e.getMessage());
          return other;
        }
      }
      throw e;
    }
  }

  private static String ids(List<Engine> engines) {
    return engines.stream().map(Engine::id).collect(Collectors.joining(", ", "[", "]"));
  }
}
