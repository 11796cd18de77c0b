package io.nanoarrow.naj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.modulepath.ModuleMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final String LIBRARY = "io/nanoarrow/c/linux-x86_64/libnanoarrowjni.so";

  @TempDir static Path shared;
  @TempDir Path own;

  private static String classes;
  private static String tests;
  private static String javacpp;
  private static String api;
  private static String jar;
  private static String jarWithoutLibrary;

  @BeforeAll
  static void packJars() throws Exception {
    classes = ChildJvm.homeOf(NativeLibrary.class);
    tests = ChildJvm.homeOf(NativeLibraryTest.class);
    javacpp = ChildJvm.homeOf(Loader.class);
    api = ChildJvm.homeOf(ArrowIpc.class);
    jar = ChildJvm.pack(Path.of(classes), shared.resolve("full.jar"), ".none").toString();
    jarWithoutLibrary =
        ChildJvm.pack(Path.of(classes), shared.resolve("bare.jar"), ".so").toString();
  }

  private static ChildJvm jvm(String nanoarrow) {
    return ChildJvm.withClassPath(nanoarrow, tests, javacpp, api);
  }

  private static void assertLoaded(ChildJvm.Result result) {
    assertEquals(0, result.exitCode(), result.output());
    assertTrue(result.output().contains("loaded 900 "), result.output());
  }

  private static void assertFailed(ChildJvm.Result result, String reason) {
    assertEquals(3, result.exitCode(), result.output());
    String[] lines =
        result.output().lines().filter(l -> l.startsWith("failed")).toArray(String[]::new);
    assertEquals(2, lines.length, result.output());
    for (String line : lines) {
      assertTrue(line.contains(reason), result.output());
    }
    assertTrue(lines[1].endsWith("cause true"), result.output());
  }

  @Test
  void loadsInPlaceFromAFolderOfClasses() throws Exception {
    ChildJvm.Result result = jvm(classes).run(LoadMain.class);
    assertLoaded(result);
    assertTrue(result.output().contains(classes + "/" + LIBRARY), result.output());
  }

  @Test
  void loadsFromAJarAndLeavesNothingBehind() throws Exception {
    assertLoaded(jvm(jar).option("-Djava.io.tmpdir=" + own).run(LoadMain.class));
    try (Stream<Path> left = Files.list(own)) {
      assertEquals(0, left.filter(f -> f.toString().contains("nanoarrow")).count());
    }
  }

  @Test
  void loadsFromAJarWithAHomeThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(own.resolve("not-a-folder"));
    ChildJvm.Result result = jvm(jar).option("-Duser.home=" + file).run(LoadMain.class);
    assertLoaded(result);
    // From JDK 24 on the JVM itself warns of every library that is loaded.
    assertFalse(
        result
            .output()
            .lines()
            .anyMatch(
                line ->
                    line.contains("WARN")
                        && !line.matches(
                            "WARNING: .*(estricted|java.lang.System::load|enable-native-access).*")),
        result.output());
  }

  @Test
  void usesTheCacheFolderWhenTheTemporaryFolderCannotBeWritten() throws Exception {
    Path file = Files.createFile(own.resolve("not-a-folder"));
    assertLoaded(
        jvm(jar)
            .option("-Djava.io.tmpdir=" + file)
            .option("-Duser.home=" + own)
            .run(LoadMain.class));
  }

  @Test
  void saysWhyWhenNoFolderCanBeWritten() throws Exception {
    Path file = Files.createFile(own.resolve("not-a-folder"));
    ChildJvm.Result result =
        jvm(jar)
            .option("-Djava.io.tmpdir=" + file)
            .option("-Duser.home=" + file)
            .run(LoadMain.class);
    assertFailed(result, "unpacked and loaded nowhere");
    assertFailed(result, NativeLibrary.PATH_PROPERTY);
  }

  @Test
  void twoJvmsLoadAtOnce() throws Exception {
    Process[] processes = new Process[4];
    for (int i = 0; i < processes.length; i++) {
      processes[i] = jvm(jar).option("-Djava.io.tmpdir=" + own).start(LoadMain.class);
    }
    for (Process process : processes) {
      assertLoaded(ChildJvm.finish(process));
    }
  }

  @Test
  void severalClassLoadersEachLoadTheirOwn() throws Exception {
    for (String nanoarrow : new String[] {jar, classes}) {
      ChildJvm.Result result = jvm(nanoarrow).run(LoadersMain.class);
      assertEquals(0, result.exitCode(), result.output());
      assertTrue(result.output().contains("loader 2 900"), result.output());
    }
  }

  @Test
  void aPreinstalledLibraryIsUsedByFileAndByFolder() throws Exception {
    Path file = Files.copy(Path.of(classes, LIBRARY), own.resolve("libnanoarrowjni.so"));
    for (Path path : new Path[] {file, own}) {
      ChildJvm.Result result =
          jvm(jarWithoutLibrary)
              .option("-D" + NativeLibrary.PATH_PROPERTY + "=" + path)
              .run(LoadMain.class);
      assertLoaded(result);
      assertTrue(result.output().contains(file.toString()), result.output());
    }
  }

  @Test
  void aPreinstalledLibraryThatIsNotThereIsAnErrorThoughTheJarHasOne() throws Exception {
    assertFailed(
        jvm(jar)
            .option("-D" + NativeLibrary.PATH_PROPERTY + "=" + own.resolve("none.so"))
            .run(LoadMain.class),
        "names no library");
  }

  @Test
  void aPreinstalledFileThatIsNoLibraryIsAnErrorWithTheLoadersReason() throws Exception {
    Path file = Files.writeString(own.resolve("libnanoarrowjni.so"), "no library");
    assertFailed(
        jvm(jar).option("-D" + NativeLibrary.PATH_PROPERTY + "=" + file).run(LoadMain.class),
        "cannot be loaded");
  }

  @Test
  void loadsFromTheModulePath() throws Exception {
    ChildJvm.Result result =
        ChildJvm.withClassPath(tests)
            .option("--module-path=" + String.join(":", jar, javacpp, api))
            .option("--add-modules=io.nanoarrow.c")
            .run(ModuleMain.class);
    assertEquals(0, result.exitCode(), result.output());
    assertTrue(result.output().contains("module io.nanoarrow.c 900"), result.output());
  }

  @Test
  void aMissingLibraryIsNamed() throws Exception {
    assertFailed(jvm(jarWithoutLibrary).run(LoadMain.class), "no resource /" + LIBRARY);
  }

  @Test
  void anotherPlatformIsNamed() throws Exception {
    assertFailed(jvm(jar).option("-Dos.arch=aarch64").run(LoadMain.class), "Linux aarch64");
  }

  @Test
  void theSecondUseOfAClassAfterAFailureStillTellsTheReason() throws Exception {
    ChildJvm.Result result = jvm(jarWithoutLibrary).run(FailingUseMain.class);
    assertTrue(
        result.output().lines().filter(l -> l.contains("no resource /" + LIBRARY)).count() >= 2,
        result.output());
  }
}
