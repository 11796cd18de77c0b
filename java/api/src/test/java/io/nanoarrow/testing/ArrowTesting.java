package io.nanoarrow.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The corpus of files by other implementations: the system property {@code arrow.testing.dir}, else
 * the variable {@code ARROW_TESTING_DIR}, taken against the root of the checkout (system property
 * {@code project.root}). Without it tests leave out what needs it, and say so.
 */
public final class ArrowTesting {
  private static final AtomicInteger LEFT_OUT = new AtomicInteger();

  private ArrowTesting() {}

  /**
   * Returns the corpus, or nothing when it is not named.
   *
   * @throws IllegalStateException when it is named but is no folder: a typo must not skip tests
   */
  public static Optional<Path> dir() {
    String named = System.getProperty("arrow.testing.dir", "");
    if (named.isBlank()) {
      named = System.getenv().getOrDefault("ARROW_TESTING_DIR", "");
    }
    return resolve(named, System.getProperty("project.root", ""));
  }

  static Optional<Path> resolve(String named, String root) {
    if (named.isBlank()) {
      return Optional.empty();
    }
    Path dir = Path.of(root).toAbsolutePath().resolve(named).normalize();
    if (!Files.isDirectory(dir)) {
      throw new IllegalStateException("the corpus is named but is no folder: " + dir);
    }
    return Optional.of(dir);
  }

  /**
   * Returns the corpus files whose path below it ends with one of the suffixes, sorted. Without the
   * corpus none, and what is left out is printed with the count so far.
   *
   * @param what the test that asks, for the message
   * @param below a folder of the corpus, "" for all
   * @param suffixes e.g. ".stream"
   */
  public static List<Path> files(String what, String below, String... suffixes) {
    Optional<Path> dir = dir();
    if (dir.isEmpty()) {
      leftOut(what);
      return List.of();
    }
    try (Stream<Path> all = Files.walk(dir.get().resolve(below))) {
      List<Path> found = new ArrayList<>();
      all.filter(Files::isRegularFile)
          .filter(path -> Stream.of(suffixes).anyMatch(path.toString()::endsWith))
          .sorted()
          .forEach(found::add);
      if (found.isEmpty()) {
        throw new IllegalStateException("nothing for " + what + " below " + below);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints that a test was left out for want of the corpus, and returns how many have been. */
  public static int leftOut(String what) {
    int count = LEFT_OUT.incrementAndGet();
    System.out.println(
        "LEFT OUT ("
            + count
            + " so far): "
            + what
            + " needs arrow.testing.dir or ARROW_TESTING_DIR");
    return count;
  }
}
