package io.nanoarrow.write;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Set;

/**
 * A file by its path. What is written goes to a temporary file in the same folder, which takes the
 * name when it is complete; until then the name keeps what it had. A symbolic link stays one: what
 * it points to is replaced. The permissions of a file that is replaced are kept, other attributes
 * and hard links are not; a file that may not be written is not replaced.
 */
public final class PathSink implements Sink {
  private static final int MOST_LINKS = 40;
  private static final Set<String> STANDARD_OUTPUT =
      Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

  private final FileChannel channel;
  private final Path temporary;
  private final Path target;
  private final boolean fsync;

  private PathSink(TemporaryFiles.Temporary file, Path target, boolean fsync) {
    this.channel = file.channel();
    this.temporary = file.path();
    this.target = target;
    this.fsync = fsync;
  }

  /**
   * Opens a path for writing. Pipes, devices and what lies in /dev and /proc are written in place,
   * but for the files in /dev/shm, which are files like others.
   *
   * @param inPlace write under the name itself from the start
   * @param fsync at the end wait until content and name are on the medium
   */
  public static Sink open(Path path, boolean inPlace, boolean fsync) throws IOException {
    if (STANDARD_OUTPUT.contains(path.toString())) {
      // Opening it again would begin at byte 0 of a file that the shell appends to.
      return new ChannelSink(new FileOutputStream(FileDescriptor.out).getChannel(), false);
    }
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    boolean special = Files.exists(path) && !Files.isRegularFile(path);
    if (special || inPlace || isDevice(path)) {
      return inPlace(path, fsync && !special);
    }
    Path target = followLinks(path);
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new AccessDeniedException(path.toString());
    }
    Path folder = target.toAbsolutePath().getParent();
    TemporaryFiles.Temporary file = TemporaryFiles.create(folder);
    try {
      copyPermissions(target, file.path());
    } catch (IOException | RuntimeException e) {
      discard(file.channel(), file.path());
      throw e;
    }
    return new PathSink(file, target, fsync);
  }

  /**
   * Tells whether {@link #open} replaces what the path names only when all is written, so that it
   * can be read until then.
   */
  public static boolean isReplacedAsAWhole(Path path) {
    return Files.isRegularFile(path) && !isDevice(path);
  }

  private static boolean isDevice(Path path) {
    Path full = path.toAbsolutePath();
    return full.startsWith("/proc") || full.startsWith("/dev") && !full.startsWith("/dev/shm");
  }

  private static Sink inPlace(Path path, boolean fsync) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return new InPlace(channel, path, fsync);
  }

  private static Path followLinks(Path path) throws IOException {
    Path target = path;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }

  @Override
  public void write(List<ByteBuffer> parts) throws IOException {
    FullWrites.write(channel, parts);
  }

  @Override
  public void complete() throws IOException {
    if (fsync) {
      channel.force(true);
    }
    channel.close();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    TemporaryFiles.forget(temporary);
    if (fsync) {
      syncFolder(target);
    }
  }

  @Override
  public void abandon() throws IOException {
    discard(channel, temporary);
  }

  private static void discard(FileChannel channel, Path temporary) throws IOException {
    try {
      channel.close();
    } finally {
      TemporaryFiles.delete(temporary);
    }
  }

  private static void syncFolder(Path file) throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Under its own name: an end that is missing marks what is not complete. */
  private record InPlace(FileChannel channel, Path path, boolean fsync) implements Sink {
    @Override
    public void write(List<ByteBuffer> parts) throws IOException {
      FullWrites.write(channel, parts);
    }

    @Override
    public void complete() throws IOException {
      if (fsync) {
        channel.force(true);
      }
      channel.close();
      if (fsync) {
        syncFolder(path);
      }
    }

    @Override
    public void abandon() throws IOException {
      channel.close();
    }
  }
}
