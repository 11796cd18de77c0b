package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries of a file: all blocks of the footer are read before the first batch, since any
 * batch may refer to any of them. Any thread.
 */
final class FileDictionaries {
  private final DictionaryLayouts layouts;
  private final Dictionaries dictionaries;
  private final long fileHandle;
  private final FileState file;
  private final FileBlocks blocks;
  private @Nullable DictionarySnapshot snapshot;
  private int readCount;
  private int deltaCount;

  FileDictionaries(
      DictionaryLayouts layouts,
      long schemaHandle,
      long fileHandle,
      FileState file,
      FileBlocks blocks) {
    this.layouts = layouts;
    this.dictionaries = new Dictionaries(layouts, schemaHandle);
    this.fileHandle = fileHandle;
    this.file = file;
    this.blocks = blocks;
  }

  /** Returns all dictionaries, read on first use. */
  synchronized DictionarySnapshot snapshot() throws IOException {
    if (snapshot == null) {
      long count = Naj.naj_bind_file_dictionary_count(fileHandle);
      while (readCount < count) {
        read(readCount);
        readCount++;
      }
      snapshot = dictionaries.snapshot();
    }
    return snapshot;
  }

  synchronized int readCount() {
    return readCount;
  }

  synchronized int deltaCount() {
    return deltaCount;
  }

  private void read(int block) throws IOException {
    blocks.withDictionary(
        block,
        (region, start) ->
            file.decode(
                (table, room, arena, error) ->
                    Naj.naj_bind_file_dictionary(
                        fileHandle,
                        block,
                        region.handle(),
                        start,
                        table,
                        room,
                        arena.address(),
                        arena.sizeBytes(),
                        error),
                (table, at, arena) -> {
                  add(table, at, region, arena);
                  return null;
                }));
  }

  private void add(Block table, int at, NativeRegion region, Arenas.Room arena) {
    int index = NativeBatch.dictionaryIndex(table, at);
    boolean isDelta = NativeBatch.isDelta(table, at);
    if (isDelta != dictionaries.isKnown(index)) {
      throw isDelta
          ? Dictionaries.deltaWithoutValues(layouts.id(index))
          : Dictionaries.replacementInFile(layouts.id(index));
    }
    NativeBatch values = NativeBatch.of(layouts.values(index), table, at, region, arena, null);
    dictionaries.add(index, values, isDelta);
    deltaCount += isDelta ? 1 : 0;
  }

  synchronized void close() {
    snapshot = null;
    dictionaries.close();
  }
}
