package io.nanoarrow.naj;

import io.nanoarrow.c.Nanoarrow;

/** Loads the library in a JVM of its own and says how that went, one line for each of two tries. */
final class LoadMain {
  private LoadMain() {}

  public static void main(String[] args) {
    boolean isSound = true;
    for (int i = 0; i < 2; i++) {
      try {
        NativeLibrary.load();
        System.out.println(
            "loaded " + Nanoarrow.ArrowNanoarrowVersionInt() + " " + NativeLibrary.origin());
      } catch (UnsatisfiedLinkError e) {
        System.out.println("failed " + e.getMessage() + " cause " + (e.getCause() != null));
        isSound = false;
      }
    }
    System.exit(isSound ? 0 : 3);
  }
}
