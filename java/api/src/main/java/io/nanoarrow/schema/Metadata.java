package io.nanoarrow.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Key-value pairs of a schema, field, message or footer: immutable, in the order of the input,
 * duplicates and NUL bytes kept. The format says UTF-8; values that are not are kept as bytes.
 */
public final class Metadata {
  /** No pairs. */
  public static final Metadata EMPTY = new Metadata(List.of());

  /** One pair; equal when both are equal byte by byte. */
  public static final class Entry {
    private final byte[] key;
    private final byte[] value;

    private Entry(byte[] key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    /** Returns the key as UTF-8 text. */
    public String key() {
      return new String(key, StandardCharsets.UTF_8);
    }

    /** Returns the value as UTF-8 text. */
    public String value() {
      return new String(value, StandardCharsets.UTF_8);
    }

    /** Returns a copy of the key's bytes. */
    public byte[] keyBytes() {
      return key.clone();
    }

    /** Returns a copy of the value's bytes. */
    public byte[] valueBytes() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry
          && Arrays.equals(key, entry.key)
          && Arrays.equals(value, entry.value);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return key() + "=" + value();
    }
  }

  private final List<Entry> entries;

  private Metadata(List<Entry> entries) {
    this.entries = entries;
  }

  /** Returns the pairs of a map, in its order. */
  public static Metadata of(Map<String, String> pairs) {
    Builder builder = builder();
    pairs.forEach(builder::add);
    return builder.build();
  }

  /** Starts an empty list of pairs. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the pairs in their order. */
  public List<Entry> entries() {
    return entries;
  }

  /** Tells whether there are no pairs. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the number of pairs, duplicates counted. */
  public int size() {
    return entries.size();
  }

  /** Returns the value of the first pair with this key. */
  public Optional<String> get(String key) {
    return entries.stream().filter(e -> e.key().equals(key)).map(Entry::value).findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metadata metadata && entries.equals(metadata.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  /** Collects pairs; not for several threads. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    private Builder() {}

    /** Adds a pair of texts. */
    public Builder add(String key, String value) {
      return add(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a pair of byte strings, which are copied. */
    public Builder add(byte[] key, byte[] value) {
      entries.add(new Entry(key.clone(), value.clone()));
      return this;
    }

    /** Returns the pairs added so far. */
    public Metadata build() {
      return entries.isEmpty() ? EMPTY : new Metadata(List.copyOf(entries));
    }
  }
}
