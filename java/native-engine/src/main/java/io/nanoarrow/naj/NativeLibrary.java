package io.nanoarrow.naj;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;

/**
 * Loads the one shared library, once per class loader. Where it comes from:
 *
 * <ol>
 *   <li>the file that the property {@value #PATH_PROPERTY} names (or the folder that holds it);
 *   <li>the file beside the classes, in place;
 *   <li>the jar: copied to a new private folder below {@code java.io.tmpdir}, else below the user's
 *       cache folder, and deleted as soon as it is loaded. So nothing is shared between processes
 *       or class loaders, a read-only home does no harm and nothing stays behind.
 * </ol>
 *
 * <p>A failure is kept: every later call throws it again with its reason. Thread-safe.
 */
public final class NativeLibrary {
  /** Names a preinstalled library: a file, or the folder that holds it. */
  public static final String PATH_PROPERTY = "io.nanoarrow.library.path";

  static final String FILE_NAME = "libnanoarrowjni.so";
  private static final String PLATFORM = "linux-x86_64";
  private static final String RESOURCE = "/io/nanoarrow/c/" + PLATFORM + "/" + FILE_NAME;

  private static boolean isLoaded;
  private static UnsatisfiedLinkError failure;
  private static String origin = "";

  private NativeLibrary() {}

  /**
   * Makes sure that the library is loaded.
   *
   * @throws UnsatisfiedLinkError with the reason in its message, and as its cause if there is one;
   *     the same at every call
   */
  public static synchronized void load() {
    if (isLoaded) {
      return;
    }
    if (failure == null) {
      try {
        loadFirst();
        return;
      } catch (UnsatisfiedLinkError e) {
        failure = e;
      } catch (IOException | RuntimeException | LinkageError e) {
        failure = error("The native library cannot be loaded: " + e, e);
      }
      isLoaded = false;
    }
    throw error(failure.getMessage(), failure.getCause() == null ? failure : failure.getCause());
  }

  /** Where the library was loaded from, for diagnostics; empty before. */
  public static synchronized String origin() {
    return origin;
  }

  private static void loadFirst() throws IOException {
    String path = System.getProperty(PATH_PROPERTY, "");
    if (!path.isEmpty()) {
      loadPreinstalled(path);
    } else {
      requirePlatform();
      loadBundled();
    }
    // The natives called now initialise classes that call load() again.
    isLoaded = true;
    checkJavaCpp();
    if (Naj.naj_bind_is_thread_safe() == 0) {
      throw error(
          "The native library at "
              + origin
              + " was built without atomic reference counts (ArrowSharedBufferIsThreadSafe is 0):"
              + " memory could not be released from any thread.",
          null);
    }
  }

  private static void loadPreinstalled(String path) {
    Path file = Path.of(path);
    if (Files.isDirectory(file)) {
      file = file.resolve(FILE_NAME);
    }
    file = file.toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw error("The property " + PATH_PROPERTY + " names no library: there is no " + file, null);
    }
    try {
      System.load(file.toString());
    } catch (UnsatisfiedLinkError e) {
      throw error(
          "The library that the property "
              + PATH_PROPERTY
              + " names cannot be loaded: "
              + e.getMessage(),
          e);
    }
    origin = file.toString();
  }

  private static void requirePlatform() {
    String os = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "");
    boolean isX64 = architecture.equals("amd64") || architecture.equals("x86_64");
    if (!os.toLowerCase(Locale.ROOT).startsWith("linux") || !isX64) {
      throw error(
          "There is no native library for "
              + os
              + " "
              + architecture
              + ", only for "
              + PLATFORM
              + "; the artefact nanoarrow-pure serves everywhere.",
          null);
    }
  }

  private static void loadBundled() throws IOException {
    URL resource = NativeLibrary.class.getResource(RESOURCE);
    if (resource == null) {
      throw error("The native library is missing: no resource " + RESOURCE, null);
    }
    if ("file".equals(resource.getProtocol())) {
      try {
        Path file = Path.of(resource.toURI());
        System.load(file.toString());
        origin = file.toString();
        return;
      } catch (URISyntaxException | UnsatisfiedLinkError e) {
        // One file serves one class loader only: another one gets a copy.
        if (e instanceof UnsatisfiedLinkError && !isTakenByAnotherLoader(e)) {
          throw error("The native library cannot be loaded: " + e.getMessage(), e);
        }
      }
    }
    loadCopy(resource);
  }

  private static boolean isTakenByAnotherLoader(Throwable e) {
    return String.valueOf(e.getMessage()).contains("already loaded in another classloader");
  }

  private static void loadCopy(URL resource) throws IOException {
    List<Throwable> reasons = new ArrayList<>();
    for (Path parent : temporaryParents()) {
      Path folder = null;
      try {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "nanoarrow-java-");
        Path copy = folder.resolve(FILE_NAME);
        try (InputStream in = resource.openStream()) {
          Files.copy(in, copy);
        }
        System.load(copy.toString());
        origin = resource.toString();
        return;
      } catch (IOException | UnsatisfiedLinkError e) {
        // A full, read-only or noexec folder: try the next.
        reasons.add(e);
      } finally {
        deleteQuietly(folder);
      }
    }
    StringBuilder text =
        new StringBuilder("The native library could be unpacked and loaded nowhere:");
    for (Throwable reason : reasons) {
      text.append(' ').append(reason).append(';');
    }
    text.append(" set java.io.tmpdir, or unpack ")
        .append(RESOURCE)
        .append(" and name it by the property ")
        .append(PATH_PROPERTY)
        .append('.');
    UnsatisfiedLinkError error = error(text.toString(), reasons.get(0));
    reasons.stream().skip(1).forEach(error::addSuppressed);
    throw error;
  }

  private static List<Path> temporaryParents() {
    List<Path> parents = new ArrayList<>();
    parents.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath());
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && !cache.isEmpty()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home", "."), ".cache");
    parents.add(base.resolve("nanoarrow-java").toAbsolutePath());
    return parents;
  }

  /** A loaded library stays mapped when its file goes. */
  private static void deleteQuietly(Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve(FILE_NAME));
      Files.deleteIfExists(folder);
    } catch (IOException ignored) {
      // What cannot be deleted stays in the temporary folder.
    }
  }

  /** JavaCPP's own natives are in our library: found only from the class loader that loaded it. */
  private static void checkJavaCpp() {
    try (BytePointer probe = new BytePointer(1)) {
      probe.put((byte) 1);
    } catch (LinkageError e) {
      throw error(
          "JavaCPP's native methods are not found in the library at "
              + origin
              + (Loader.class.getClassLoader() == NativeLibrary.class.getClassLoader()
                  ? "."
                  : ": javacpp and nanoarrow must be loaded by the same class loader."),
          e);
    }
  }

  private static UnsatisfiedLinkError error(String message, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }
}
