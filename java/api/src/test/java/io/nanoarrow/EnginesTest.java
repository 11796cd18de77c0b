package io.nanoarrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Engine;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginesTest {
  /** An engine that is available or says why not. */
  private record Fake(String id, IllegalStateException broken) implements Engine {
    @Override
    public void ensureAvailable() {
      if (broken != null) {
        throw broken;
      }
    }

    @Override
    public EngineStream openStream(Input input, ReadOptions options) {
      throw new AssertionError();
    }

    @Override
    public EngineFile openFile(Input input, ReadOptions options) {
      throw new AssertionError();
    }
  }

  private static final Engine NATIVE = new Fake("native", null);
  private static final Engine PURE = new Fake("pure", null);
  private static final Engine BROKEN =
      new Fake("native", new IllegalStateException("no library for this platform"));

  private static Services<Engine> services(Engine... engines) {
    return new Services<>(List.of(engines), List.of());
  }

  @Test
  void nativeIsTheDefaultWhateverTheOrder() {
    assertSame(NATIVE, Engines.chooseDefault(services(PURE, NATIVE)));
    assertSame(PURE, Engines.chooseDefault(services(PURE)));
  }

  @Test
  void defaultFallsBackToWhatIsAvailable() {
    Engine brokenToo = new Fake("other", new IllegalStateException("nor this"));
    assertSame(PURE, Engines.chooseDefault(services(BROKEN, brokenToo, PURE)));
  }

  @Test
  void noneAvailableGivesTheReasonsEachTime() {
    Engine brokenToo = new Fake("pure", new IllegalStateException("nor this"));
    for (int i = 0; i < 2; i++) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> Engines.chooseDefault(services(BROKEN, brokenToo)));
      assertEquals("no library for this platform", e.getMessage());
      assertEquals("nor this", e.getSuppressed()[0].getMessage());
      assertEquals(1, e.getSuppressed().length);
    }
  }

  @Test
  void engineAskedForIsNeverReplaced() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> Engines.named("native", services(BROKEN, PURE)));
    assertEquals("no library for this platform", e.getMessage());
    assertSame(PURE, Engines.named("pure", services(BROKEN, PURE)));
  }

  @Test
  void unknownEngineNamesThoseFoundAndWhatCouldNotBeLoaded() {
    Services<Engine> services =
        new Services<>(List.of(PURE), List.of(new LinkageError("compiled for a later JVM")));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Engines.named("turbo", services));
    assertTrue(e.getMessage().contains("[pure]"), e.getMessage());
    assertEquals("compiled for a later JVM", e.getSuppressed()[0].getMessage());
  }

  @Test
  void withoutAnyEngineEveryUseSaysWhatToAdd() {
    assertEquals(List.of(), ArrowIpc.engines());
    for (int i = 0; i < 2; i++) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  ArrowIpc.openStream(new ByteArrayInputStream(new byte[0]), ReadOptions.DEFAULT));
      assertTrue(e.getMessage().contains("io.nanoarrow:nanoarrow"), e.getMessage());
    }
  }

  @Test
  void bridgeThatCouldNotBeLoadedSaysWhy() {
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () ->
                CDataBridges.first(new Services<>(List.of(), List.of(new LinkageError("broken")))));
    assertEquals("broken", e.getSuppressed()[0].getMessage());
  }
}
