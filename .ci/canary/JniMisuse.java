/** Calls a native method that breaks a rule of JNI: -Xcheck:jni must report it. */
public final class JniMisuse {
  private JniMisuse() {}

  static native void callWithExceptionPending();

  public static void main(String[] args) {
    System.load(args[0]);
    try {
      callWithExceptionPending();
    } catch (IllegalStateException e) {
      System.out.println("called");
    }
  }
}
