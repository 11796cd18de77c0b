package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/nanoarrow in a copy of the tree whose Java and Maven are stand-ins that write down calls. */
class LauncherTest {
  /** What the script may find on PATH besides the tools of the build. */
  private static final List<String> UTILITIES =
      List.of(
          "sh",
          "sed",
          "find",
          "dirname",
          "readlink",
          "head",
          "sort",
          "tr",
          "mkdir",
          "touch",
          "rm",
          "cat",
          "sleep",
          "mv");

  private static final String JAR = "java/cli/target/nanoarrow-cli-0.1.0-SNAPSHOT-all.jar";

  @TempDir Path temporary;
  private Path root;
  private Path tools;
  private Path javaHome;

  @BeforeEach
  void tree() throws IOException {
    root = temporary.resolve("a tree with spaces");
    tools = Files.createDirectories(temporary.resolve("tools"));
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("java/api/src/main/java"));
    Files.createDirectories(root.resolve("native"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.copy(Run.ROOT.resolve("bin/nanoarrow"), root.resolve("bin/nanoarrow"));
    for (String name : UTILITIES) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(folder, name);
        if (Files.exists(real) && !Files.exists(tools.resolve(name))) {
          script(tools.resolve(name), "exec " + real + " \"$@\"");
        }
      }
    }
    javaHome = temporary.resolve("jdk");
    script(javaHome.resolve("bin/java"), "for a in \"$@\"; do printf '[%s]' \"$a\"; done; echo");
    script(javaHome.resolve("bin/javac"), "exit 0");
    release("17.0.9");
  }

  private void release(String version) throws IOException {
    Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path path, String body) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void buildTools() throws IOException {
    for (String name : List.of("cmake", "make", "cc", "c++", "python3")) {
      script(tools.resolve(name), "exit 0");
    }
    script(tools.resolve("mvn"), "echo build >>../builds.log; echo out of mvn; sleep 1; : >" + JAR);
  }

  private void jar() throws IOException {
    Path jar = root.resolve(JAR);
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private Process start(Path command, String... args) throws IOException {
    String[] line = new String[args.length + 1];
    line[0] = command.toString();
    System.arraycopy(args, 0, line, 1, args.length);
    ProcessBuilder builder = new ProcessBuilder(line).directory(temporary.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    return builder.start();
  }

  private static Run finish(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Run(process.exitValue(), out, err);
  }

  private Run run(String... args) throws IOException, InterruptedException {
    return finish(start(root.resolve("bin/nanoarrow"), args));
  }

  private long builds() throws IOException {
    Path log = temporary.resolve("builds.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void runsTheJarThroughLinksAndSpacesWithItsArguments() throws Exception {
    jar();
    Path link = temporary.resolve("a link");
    Files.createSymbolicLink(link, Path.of("a tree with spaces/bin/nanoarrow"));
    Path second = Files.createSymbolicLink(temporary.resolve("second"), link);
    Run run = finish(start(second, "cat", "a file", "", "*"));
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().endsWith("[-jar][" + root.toRealPath().resolve(JAR) + "][cat][a file][][*]\n"),
        run.out());
  }

  @Test
  void startsFromTheArchiveOfTheSameJavaOnly() throws Exception {
    jar();
    Path archive = root.toRealPath().resolve("java/cli/target/nanoarrow-17.0.9.jsa");
    Files.writeString(archive, "");
    String use = "[-XX:SharedArchiveFile=" + archive + "]";
    assertTrue(run("cat").out().contains(use));
    release("21.0.1");
    assertFalse(run("cat").out().contains("SharedArchiveFile"));
  }

  @Test
  void namesAllThatIsMissingAtOnce() throws Exception {
    Run run = run("cat");
    assertEquals(2, run.code());
    for (String tool : List.of("mvn", "cmake", "make", "cc", "c++", "python3")) {
      assertTrue(run.err().contains(" " + tool), tool + " in " + run.err());
    }
    assertTrue(
        run.err().contains("apt-get install cmake g++ gcc make maven python3 python3-pip\n"),
        run.err());
    assertEquals("", run.out());
  }

  @Test
  void anOldJavaIsNamedWhetherOrNotThereIsAJar() throws Exception {
    buildTools();
    release("11.0.2");
    Run building = run("cat");
    assertEquals(2, building.code());
    assertTrue(building.err().contains("openjdk-17-jdk-headless"), building.err());
    jar();
    Run running = run("cat");
    assertEquals(2, running.code());
    assertTrue(running.err().contains("(version 11)"), running.err());
  }

  @Test
  void firstCallsAtOnceBuildOnce() throws Exception {
    buildTools();
    Process first = start(root.resolve("bin/nanoarrow"), "cat", "1");
    Process second = start(root.resolve("bin/nanoarrow"), "cat", "2");
    Run one = finish(first);
    Run two = finish(second);
    assertEquals(0, one.code(), one.err());
    assertEquals(0, two.code(), two.err());
    assertEquals(1, builds());
    assertTrue(one.out().endsWith("[cat][1]\n") && two.out().endsWith("[cat][2]\n"));
    assertFalse(one.out().contains("out of mvn"), "the build writes to the error stream");
    assertFalse(Files.exists(root.resolve("java/cli/target/build.lock")));
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    buildTools();
    run("cat");
    run("cat");
    assertEquals(1, builds());
    Path source = Files.writeString(root.resolve("java/api/src/main/java/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    run("cat");
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildIsTwoAndLeavesNoLock() throws Exception {
    buildTools();
    script(tools.resolve("mvn"), "echo broken; exit 1");
    Run run = run("cat");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("broken") && run.err().contains("the build failed"), run.err());
    assertFalse(Files.exists(root.resolve("java/cli/target/build.lock")));
  }

  @Test
  void aLockOfADeadBuildIsTakenOver() throws Exception {
    buildTools();
    Path lock = Files.createDirectories(root.resolve("java/cli/target/build.lock"));
    Files.writeString(lock.resolve("pid"), "999999999");
    assertEquals(0, run("cat").code());
  }
}
