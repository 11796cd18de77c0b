package io.nanoarrow.engine;

/** The numbers of {@code naj_type} and the flags of a field record. */
final class TypeNumbers {
  static final int NULL = 0;
  static final int BOOL = 1;
  static final int INT8 = 2;
  static final int INT16 = 3;
  static final int INT32 = 4;
  static final int INT64 = 5;
  static final int UINT8 = 6;
  static final int UINT16 = 7;
  static final int UINT32 = 8;
  static final int UINT64 = 9;
  static final int HALF_FLOAT = 10;
  static final int FLOAT = 11;
  static final int DOUBLE = 12;
  static final int DECIMAL = 13;
  static final int DATE32 = 14;
  static final int DATE64 = 15;
  static final int TIME32 = 16;
  static final int TIME64 = 17;
  static final int TIMESTAMP = 18;
  static final int DURATION = 19;
  static final int INTERVAL_MONTHS = 20;
  static final int INTERVAL_DAY_TIME = 21;
  static final int INTERVAL_MONTH_DAY_NANO = 22;
  static final int UTF8 = 23;
  static final int LARGE_UTF8 = 24;
  static final int UTF8_VIEW = 25;
  static final int BINARY = 26;
  static final int LARGE_BINARY = 27;
  static final int BINARY_VIEW = 28;
  static final int FIXED_SIZE_BINARY = 29;
  static final int LIST = 30;
  static final int LARGE_LIST = 31;
  static final int LIST_VIEW = 32;
  static final int LARGE_LIST_VIEW = 33;
  static final int FIXED_SIZE_LIST = 34;
  static final int STRUCT = 35;
  static final int MAP = 36;
  static final int SPARSE_UNION = 37;
  static final int DENSE_UNION = 38;
  static final int RUN_END_ENCODED = 39;

  static final int FLAG_NULLABLE = 1;
  static final int FLAG_DICTIONARY = 2;
  static final int FLAG_ORDERED = 4;
  static final int FLAG_KEYS_SORTED = 8;

  private TypeNumbers() {}
}
