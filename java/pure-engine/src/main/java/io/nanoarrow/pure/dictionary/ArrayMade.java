package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.util.List;

/** Makes the joined array of its buffers and children. */
interface ArrayMade {
  ColumnData of(List<ArrowBuffer> buffers, List<ColumnData> children);
}
