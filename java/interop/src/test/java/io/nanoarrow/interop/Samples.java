package io.nanoarrow.interop;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamReader;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.DynamicTest;

/** Every engine with every sample type. */
final class Samples {
  static final List<String> ENGINES = List.of("native", "pure");

  private Samples() {}

  /** A test that may throw. */
  interface Body {
    void run(String engine, Field field, MemoryCheck memory) throws Exception;
  }

  /** Returns a test for each engine and sample type, each with a memory check of its own. */
  static Stream<DynamicTest> eachEngineAndType(Body body) {
    return ENGINES.stream()
        .flatMap(
            engine ->
                SampleTypes.all().stream()
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                engine + " " + field.getName(),
                                () -> {
                                  try (MemoryCheck memory = new MemoryCheck()) {
                                    body.run(engine, field, memory);
                                  }
                                })));
  }

  static StreamReader open(String engine, byte[] bytes) throws IOException {
    return ArrowIpc.openStream(
        ByteBuffer.wrap(bytes), ReadOptions.builder().engine(engine).build());
  }
}
