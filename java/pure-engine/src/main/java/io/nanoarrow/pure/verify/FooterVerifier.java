package io.nanoarrow.pure.verify;

import static io.nanoarrow.pure.verify.FlatVerifier.ABSENT;

import io.nanoarrow.options.ReadOptions;

/** Checks the footer of a file. */
public final class FooterVerifier {
  /** The bytes of one Block struct. */
  private static final int BLOCK_SIZE = 24;

  private FooterVerifier() {}

  /** Checks everything that can be reached; returns the position of the Footer table. */
  public static int footer(FlatVerifier flat, ReadOptions options) {
    int footer = flat.root();
    flat.inline(footer, 0, 2);
    int schema = flat.tableField(footer, 1);
    if (schema == ABSENT) {
      throw flat.invalid("a footer without a schema", footer);
    }
    new SchemaVerifier(flat, options).schema(schema);
    flat.vector(footer, 2, BLOCK_SIZE);
    flat.vector(footer, 3, BLOCK_SIZE);
    SchemaVerifier.keyValues(flat, footer, 4);
    return footer;
  }
}
