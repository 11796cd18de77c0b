package io.nanoarrow.options;

/** The version that a message's metadata says it has (format/Schema.fbs, MetadataVersion). */
public enum MetadataVersion {
  /** Written by Arrow 0.8 to 0.17: unions carry a validity bitmap. */
  V4,
  /** Since Arrow 1.0. */
  V5
}
