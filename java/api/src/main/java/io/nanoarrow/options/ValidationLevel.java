package io.nanoarrow.options;

/** How much of a batch's content is looked at before the batch is handed over. */
public enum ValidationLevel {
  /**
   * Headers, lengths and sizes; what offsets, views, type ids, run ends and indices point to is
   * checked by each getter, so that none reads outside its buffers, and once for the whole batch
   * before its first export to C.
   */
  DEFAULT,

  /**
   * Everything, in each batch as it is read: all that {@link #DEFAULT} leaves to later, and that
   * strings are UTF-8, null counts those of the bitmaps, decimals within their precision, dates
   * whole days, times within a day, keys of maps not null.
   */
  FULL
}
