package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.CDataBridge;
import io.nanoarrow.spi.EngineStream;
import java.util.List;

/** The C Data Interface for batches of any engine. */
public final class NativeCDataBridge implements CDataBridge {
  /** For {@link java.util.ServiceLoader}. */
  public NativeCDataBridge() {}

  @Override
  public void exportSchema(Schema schema, long address) {
    requireAddress(address);
    long handle = SchemaWriter.toHandle(schema);
    try {
      Scratch scratch = Scratch.get();
      if (Naj.naj_bind_schema_export(handle, address, scratch.error) != Status.OK) {
        throw Status.failure(scratch);
      }
    } finally {
      Naj.naj_bind_schema_release(handle);
    }
  }

  @Override
  public void exportBatch(
      Schema schema, BatchData owner, List<ColumnData> columns, long rowCount, long address) {
    requireAddress(address);
    long handle = SchemaWriter.toHandle(schema);
    try {
      ArrayExporter.export(handle, owner, columns, rowCount, address);
    } finally {
      Naj.naj_bind_schema_release(handle);
    }
  }

  @Override
  public void exportStream(EngineStream stream, long address) {
    requireAddress(address);
    ExportedStreams.export(stream, address);
  }

  @Override
  public Schema importSchema(long address) {
    requireAddress(address);
    Scratch scratch = Scratch.get();
    long handle = Naj.naj_bind_schema_import(address, 0, scratch.error);
    if (handle == 0) {
      throw Status.failure(scratch);
    }
    try {
      return SchemaReader.read(handle);
    } finally {
      Naj.naj_bind_schema_release(handle);
    }
  }

  @Override
  public BatchData importBatch(Schema schema, long address) {
    requireAddress(address);
    long handle = SchemaWriter.toHandle(schema);
    try {
      return ImportedBatch.take(schema, handle, address);
    } finally {
      Naj.naj_bind_schema_release(handle);
    }
  }

  @Override
  public EngineStream importStream(long address) {
    requireAddress(address);
    return new ImportedStream(address);
  }

  private static void requireAddress(long address) {
    NativeRuntime.ensureLoaded();
    if (address == 0) {
      throw new IllegalArgumentException("the address of a C Data struct must not be 0");
    }
  }
}
