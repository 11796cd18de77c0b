package io.nanoarrow.c;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * The Java objects behind C structs whose callbacks are ours: private_data carries a number, never
 * an address, and the number leads to the object until the struct is released. Thread-safe.
 */
final class StreamRegistry<T> {
  private final Map<Long, T> byId = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  long add(T object) {
    long id = lastId.incrementAndGet();
    byId.put(id, object);
    return id;
  }

  /** Null when there is none. */
  T get(Pointer privateData) {
    return privateData == null ? null : byId.get(privateData.address());
  }

  T remove(Pointer privateData) {
    return privateData == null ? null : byId.remove(privateData.address());
  }

  int size() {
    return byId.size();
  }

  /** What to store as private_data. */
  static Pointer asPointer(long id) {
    return new Id(id);
  }

  private static final class Id extends Pointer {
    Id(long id) {
      super((Pointer) null);
      address = id;
    }
  }
}
