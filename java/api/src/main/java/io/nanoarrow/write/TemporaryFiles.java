package io.nanoarrow.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that are not complete yet. Those left when the JVM ends by itself or by a signal that it
 * handles are deleted; what is left by a killed one has a name that says so.
 */
final class TemporaryFiles {
  private static final int NAME_BYTES = 8;
  private static final int TRIES = 100;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFiles::deleteAll));
    } catch (IllegalStateException e) {
      // The JVM is ending already: whoever writes now closes what it opened or leaves it.
      System.getLogger("io.nanoarrow").log(System.Logger.Level.DEBUG, "no hook at exit", e);
    }
  }

  /** A file that nobody else had before. */
  record Temporary(Path path, FileChannel channel) {}

  private TemporaryFiles() {}

  /** Creates a file of an unpredictable name in a folder. */
  static Temporary create(Path folder) throws IOException {
    for (int tries = 1; ; tries++) {
      byte[] random = new byte[NAME_BYTES];
      RANDOM.nextBytes(random);
      Path path = folder.resolve(".nanoarrow-" + HexFormat.of().formatHex(random) + ".tmp");
      OPEN.add(path);
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Temporary(path, channel);
      } catch (FileAlreadyExistsException e) {
        OPEN.remove(path);
        if (tries == TRIES) {
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        OPEN.remove(path);
        throw e;
      }
    }
  }

  /** Takes note that the file has its final name now. */
  static void forget(Path path) {
    OPEN.remove(path);
  }

  static void delete(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } finally {
      OPEN.remove(path);
    }
  }

  private static void deleteAll() {
    for (Path path : OPEN) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // Nobody is left to be told; the name says what the file is.
        continue;
      }
    }
  }
}
