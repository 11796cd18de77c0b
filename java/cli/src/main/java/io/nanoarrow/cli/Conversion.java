package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileReader;
import io.nanoarrow.Output;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.compare.Difference;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the batches of some inputs, one after the other, to one output. */
final class Conversion {
  /** What failed, and with which file. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;

    Failed(String file, Throwable cause) {
      super(cause.getMessage(), cause);
      this.file = file;
    }

    String file() {
      return file;
    }
  }

  private final ReadOptions reading;
  private final WriteOptions writing;
  private final Progress progress;

  Conversion(ReadOptions reading, WriteOptions writing, Progress progress) {
    this.reading = reading;
    this.writing = writing;
    this.progress = progress;
  }

  /**
   * Converts; when that fails, nothing is left of a path.
   *
   * @param name the output's, for messages
   */
  void run(List<String> inputs, Output output, String name, boolean toFile) throws Failed {
    BatchWriter writer = null;
    try {
      for (String input : inputs) {
        writer = append(input, writer, output, name, toFile);
      }
      if (writer != null) {
        finish(writer, name);
      }
    } catch (Failed | RuntimeException | Error e) {
      if (writer != null) {
        abort(writer, e);
      }
      throw e;
    }
  }

  private static void finish(BatchWriter writer, String name) throws Failed {
    try {
      writer.close();
    } catch (IOException | ArrowFormatException | IllegalArgumentException e) {
      throw new Failed(name, asBad(e));
    }
  }

  private static void abort(BatchWriter writer, Throwable cause) {
    try {
      writer.abort();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Copies an input; begins the output when it is the first one. Closes what it began on failure.
   */
  private BatchWriter append(
      String input, @Nullable BatchWriter begun, Output output, String name, boolean toFile)
      throws Failed {
    BatchWriter writer = begun;
    try (BatchReader reader = Inputs.open(input, reading)) {
      if (writer == null) {
        writer = begin(reader, output, name, toFile);
      } else {
        checkSchema(writer.schema(), reader.schema());
      }
      progress.start(input, reader instanceof FileReader file ? file.batchCount() : -1);
      if (toFile && writing.unifyDictionaries() && hasNestedDictionaries(reader.schema())) {
        copyWhole(reader, writer, name);
      } else {
        copy(reader, writer, name);
      }
      return writer;
    } catch (IOException
        | ArrowFormatException
        | FileCommand.WrongUse
        | java.nio.file.InvalidPathException
        | OutOfMemoryError e) {
      abortNew(begun, writer, e);
      throw new Failed(input, e);
    } catch (Failed | RuntimeException | Error e) {
      abortNew(begun, writer, e);
      throw e;
    } finally {
      progress.stop();
    }
  }

  private static void abortNew(
      @Nullable BatchWriter begun, @Nullable BatchWriter writer, Throwable cause) {
    if (begun == null && writer != null) {
      abort(writer, cause);
    }
  }

  private BatchWriter begin(BatchReader reader, Output output, String name, boolean toFile)
      throws Failed {
    Metadata footer = reader instanceof FileReader file ? file.metadata() : Metadata.EMPTY;
    try {
      return toFile
          ? ArrowIpc.newFile(output, reader.schema(), writing, footer)
          : ArrowIpc.newStream(output, reader.schema(), writing);
    } catch (IOException e) {
      throw new Failed(name, e);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new FileCommand.WrongUse(e.getMessage());
    }
  }

  private static void checkSchema(Schema written, Schema other) {
    Difference found = BatchComparison.DEFAULT.firstDifference(written, other);
    if (found != null) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED, "its schema is not that of the inputs before: " + found);
    }
  }

  /** A file cannot hold that such dictionaries grow: all batches are needed before the first. */
  private static void copyWhole(BatchReader reader, BatchWriter writer, String name)
      throws IOException, Failed {
    try (Table table = reader.readAll()) {
      writeTable(table, writer, name);
    }
  }

  private static void writeTable(Table table, BatchWriter writer, String name) throws Failed {
    try {
      writer.write(table);
    } catch (IOException e) {
      throw new Failed(name, e);
    } catch (IllegalArgumentException e) {
      throw asBad(e);
    }
  }

  private static boolean hasNestedDictionaries(Schema schema) {
    return schema.fields().stream().anyMatch(field -> hasNested(field, false));
  }

  private static boolean hasNested(Field field, boolean isWithin) {
    boolean isEncoded = field.dictionary() != null;
    return isWithin && isEncoded
        || field.children().stream().anyMatch(child -> hasNested(child, isWithin || isEncoded));
  }

  private void copy(BatchReader reader, BatchWriter writer, String name)
      throws IOException, Failed {
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      try (RecordBatch open = batch) {
        write(open, writer, name);
      }
      progress.step();
    }
  }

  private static void write(RecordBatch batch, BatchWriter writer, String name) throws Failed {
    try {
      writer.write(batch);
    } catch (IOException e) {
      throw new Failed(name, e);
    } catch (IllegalArgumentException e) {
      throw asBad(e);
    }
  }

  /** What the writer refuses as an argument is, here, a fault of the data. */
  private static ArrowFormatException asBad(IllegalArgumentException e) {
    return new ArrowFormatException(ErrorKind.UNSUPPORTED, e.getMessage());
  }

  private static Exception asBad(Exception e) {
    return e instanceof IllegalArgumentException refused ? asBad(refused) : e;
  }
}
