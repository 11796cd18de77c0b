package io.nanoarrow.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** How the face of our own C layer becomes {@code io.nanoarrow.naj.Naj}, in the same library. */
@Properties(
    value =
        @Platform(
            include = {
              "naj/naj_bind.h",
              "naj/naj_bind_write.h",
              "naj/naj_bind_tensor.h",
              "bind/naj_c_struct.h"
            },
            library = "nanoarrowjni",
            preloadresource = "/io/nanoarrow/c/"),
    target = "io.nanoarrow.naj",
    global = "io.nanoarrow.naj.Naj")
public class NajPresets implements InfoMapper {
  @Override
  public void map(InfoMap map) {
    map.put(new Info("naj_c_struct_kind").skip());
  }
}
