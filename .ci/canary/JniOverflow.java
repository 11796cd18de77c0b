import io.nanoarrow.c.Nanoarrow;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Writes past a block through a bound function: AddressSanitizer must end this JVM. */
public final class JniOverflow {
  private JniOverflow() {}

  public static void main(String[] args) {
    Nanoarrow.ArrowNanoarrowVersionInt();
    BytePointer bits = new BytePointer(Pointer.malloc(8));
    Nanoarrow.ArrowBitSet(bits, 8 * 8);
    System.out.println("nothing was reported");
  }
}
