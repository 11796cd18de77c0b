package io.nanoarrow.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSinkTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("out.arrow");
  }

  private static List<ByteBuffer> text(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNameIsTakenWhenTheFileIsComplete(boolean fsync) throws IOException {
    Files.writeString(file, "old");
    Sink sink = PathSink.open(file, false, fsync);
    sink.write(text("new "));
    sink.write(text("content"));
    assertEquals("old", Files.readString(file));
    assertEquals(2, names().size());
    sink.complete();
    assertEquals("new content", Files.readString(file));
    assertEquals(List.of("out.arrow"), names());
  }

  @Test
  void whatIsAbandonedLeavesWhatWasThere() throws IOException {
    Sink sink = PathSink.open(file, false, false);
    sink.write(text("new"));
    sink.abandon();
    assertEquals(List.of(), names());
    Files.writeString(file, "old");
    Sink second = PathSink.open(file, false, false);
    second.write(text("new"));
    second.abandon();
    second.abandon();
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("out.arrow"), names());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inPlaceTheNameHasWhatIsWrittenSoFar(boolean fsync) throws IOException {
    Files.writeString(file, "something old and long");
    Sink sink = PathSink.open(file, true, fsync);
    sink.write(text("new"));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("out.arrow"), names());
    sink.complete();
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aLinkStaysALinkAndItsTargetIsReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("sub")).resolve("real.arrow");
    Files.writeString(target, "old");
    Files.createSymbolicLink(file, Path.of("sub", "real.arrow"));
    Sink sink = PathSink.open(file, false, false);
    sink.write(text("new"));
    sink.complete();
    assertTrue(Files.isSymbolicLink(file));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void aLinkToNothingGetsItsTarget() throws IOException {
    Files.createSymbolicLink(file, Path.of("later.arrow"));
    Sink sink = PathSink.open(file, false, false);
    sink.write(text("new"));
    sink.complete();
    assertEquals("new", Files.readString(folder.resolve("later.arrow")));
    assertTrue(Files.isSymbolicLink(file));
  }

  @Test
  void linksThatGoInACircleAreRefused() throws IOException {
    Files.createSymbolicLink(file, Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("out.arrow"));
    assertThrows(FileSystemLoopException.class, () -> PathSink.open(file, false, false));
  }

  @Test
  void permissionsOfAReplacedFileAreKept() throws IOException {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    PathSink.open(file, false, false).complete();
    assertEquals("rw-r-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    PathSink.open(file, false, false).complete();
    Files.delete(other);
    Files.newOutputStream(other).close();
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(file));
  }

  @Test
  void aFolderIsRefused() {
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> PathSink.open(folder, false, false));
    assertTrue(e.getMessage().contains("is a directory"), e.getMessage());
  }

  @Test
  void aFolderThatIsMissingIsRefusedAtOnce() {
    Path nowhere = folder.resolve("none").resolve("out.arrow");
    assertThrows(NoSuchFileException.class, () -> PathSink.open(nowhere, false, false));
  }

  @Test
  void aDeviceIsWrittenInPlaceAndItsFailureReachesTheCaller() throws IOException {
    Path full = Path.of("/dev/full");
    Sink sink = PathSink.open(full, false, false);
    assertThrows(IOException.class, () -> sink.write(text("anything")));
    sink.abandon();
    assertTrue(Files.exists(full));
    Sink nothing = PathSink.open(Path.of("/dev/null"), false, true);
    nothing.write(text("anything"));
    nothing.complete();
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void aFileInSharedMemoryIsReplacedWhenItIsComplete() throws IOException {
    Path shared = Files.createTempFile(Path.of("/dev/shm"), "sink", ".arrow");
    try {
      Files.writeString(shared, "old");
      Sink sink = PathSink.open(shared, false, false);
      sink.write(text("new"));
      assertEquals("old", Files.readString(shared));
      sink.complete();
      assertEquals("new", Files.readString(shared));
    } finally {
      Files.delete(shared);
    }
  }

  @Test
  void onlyRegularFilesOutsideOfDevicesAreReplacedAsAWhole() throws IOException {
    Files.writeString(file, "old");
    assertTrue(PathSink.isReplacedAsAWhole(file));
    assertFalse(PathSink.isReplacedAsAWhole(folder));
    assertFalse(PathSink.isReplacedAsAWhole(Path.of("/dev/null")));
    assertFalse(PathSink.isReplacedAsAWhole(Path.of("/proc/self/root" + file.toAbsolutePath())));
  }
}
