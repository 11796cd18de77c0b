package io.nanoarrow;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The providers of a service, and why others could not be had: a broken one must hide neither the
 * good ones nor its own reason.
 *
 * @param found providers, those that the library's class loader sees or else those of the thread's
 * @param failures of the others
 */
record Services<S>(List<S> found, List<Throwable> failures) {
  private static final int MAX_FAILURES = 16;

  Services {
    found = List.copyOf(found);
    failures = List.copyOf(failures);
  }

  static <S> Services<S> find(Class<S> service) {
    List<S> found = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    collect(ServiceLoader.load(service, service.getClassLoader()), found, failures);
    if (found.isEmpty()) {
      collect(ServiceLoader.load(service), found, failures);
    }
    return new Services<>(found, failures);
  }

  private static <S> void collect(
      ServiceLoader<S> loader, List<S> found, List<Throwable> failures) {
    Iterator<S> providers = loader.iterator();
    while (failures.size() < MAX_FAILURES) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add(e);
      }
    }
  }

  /** Returns the error with the failures suppressed in it. */
  <E extends Throwable> E withFailures(E error) {
    failures.forEach(error::addSuppressed);
    return error;
  }
}
