package io.nanoarrow.crosscheck.json;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns integration JSON, streams and files into each other, batch by batch, uncompressed. The
 * metadata of schemas, fields and batches is kept wherever the target has a place for it. Any
 * thread.
 *
 * <p>Methods throw IOException when reading or writing fails and {@link
 * io.nanoarrow.error.ArrowFormatException} when the input is wrong, of kind UNSUPPORTED for what
 * the target cannot hold, as a dictionary that is replaced in a file. Paths are replaced when they
 * are there, and only by what is complete.
 */
public final class IntegrationConversion {
  private final ReadOptions reading;
  private final WriteOptions writing;

  /**
   * A conversion by one engine.
   *
   * @param engine reads and writes, by id; null for the default one
   */
  public IntegrationConversion(@Nullable String engine) {
    reading = ReadOptions.builder().engine(engine).build();
    writing = WriteOptions.builder().engine(engine).build();
  }

  /** Writes a file of a JSON text. */
  public void jsonToFile(Path json, Path arrow) throws IOException {
    try (IntegrationReader in = IntegrationReader.open(json);
        BatchWriter out = ArrowIpc.newFile(arrow, in.schema(), writing)) {
      try {
        for (RecordBatch next = in.next(); next != null; next = in.next()) {
          try (RecordBatch batch = next) {
            out.write(batch);
          }
        }
      } catch (IOException | RuntimeException e) {
        out.abort();
        throw e;
      }
    }
  }

  /** Writes the JSON text of a stream or file; see {@link IntegrationWriter}. */
  public void arrowToJson(Path arrow, Path json) throws IOException {
    new IntegrationWriter(reading).write(arrow, json);
  }

  /** Writes a stream with the batches of a file. */
  public void fileToStream(Path file, OutputStream stream) throws IOException {
    try (FileReader in = ArrowIpc.openFile(file, reading);
        BatchWriter out = ArrowIpc.newStream(stream, in.schema(), writing)) {
      out.writeAll(in);
    }
  }

  /** Writes a file with the batches of a stream. */
  public void streamToFile(InputStream stream, Path file) throws IOException {
    try (StreamReader in = ArrowIpc.openStream(stream, reading);
        BatchWriter out = ArrowIpc.newFile(file, in.schema(), writing)) {
      out.writeAll(in);
    }
  }

  /** Writes a file with the batches of a stream to another stream. */
  public void streamToFile(InputStream stream, OutputStream file) throws IOException {
    try (StreamReader in = ArrowIpc.openStream(stream, reading);
        BatchWriter out = ArrowIpc.newFile(file, in.schema(), writing)) {
      out.writeAll(in);
    }
  }
}
