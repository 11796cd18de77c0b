package io.nanoarrow.modulepath;

import io.nanoarrow.c.ArrowSchema;
import io.nanoarrow.c.Nanoarrow;

/** Uses the bindings as a named module; in a package that the module does not have. */
public final class ModuleMain {
  private ModuleMain() {}

  public static void main(String[] args) {
    try (ArrowSchema schema = new ArrowSchema()) {
      Nanoarrow.ArrowSchemaInit(schema);
      System.out.println(Nanoarrow.class.getModule() + " " + Nanoarrow.ArrowNanoarrowVersionInt());
    }
  }
}
