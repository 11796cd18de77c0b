package io.nanoarrow.pure.encode;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.dictionary.DictionaryPlans;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.schema.SchemaReader;
import io.nanoarrow.pure.verify.FlatVerifier;
import io.nanoarrow.pure.verify.FooterVerifier;
import io.nanoarrow.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What has been written of a schema against what is read of one. */
final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Reads the schema of a footer's flatbuffer.
   *
   * @throws ArrowFormatException of kind UNSUPPORTED when a reader would refuse it
   */
  static void requireReadable(ByteBuffer footer) {
    try {
      ByteBuffer bytes = footer.slice().order(ByteOrder.LITTLE_ENDIAN);
      FlatVerifier flat = new FlatVerifier();
      flat.reset(bytes, 0, bytes.remaining(), 0);
      int root = FooterVerifier.footer(flat, ReadOptions.DEFAULT);
      org.apache.arrow.flatbuf.Footer table = new org.apache.arrow.flatbuf.Footer();
      table.__assign(root, bytes);
      Schema read = SchemaReader.read(table.schema(), 0);
      new DictionaryPlans(read.fields(), false, false, null, 0);
    } catch (ArrowFormatException e) {
      throw Faults.unsupported(
          "a schema that readers refuse: " + e.detail(),
          ArrowFormatException.UNKNOWN_OFFSET,
          e.columnPath());
    }
  }
}
