package io.nanoarrow.naj;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Loads the library through several class loaders, each with its own copy of the classes. */
final class LoadersMain {
  private LoadersMain() {}

  public static void main(String[] args) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    for (int i = 0; i < 3; i++) {
      ClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Class<?> nanoarrow = Class.forName("io.nanoarrow.c.Nanoarrow", true, loader);
      Object version = nanoarrow.getMethod("ArrowNanoarrowVersionInt").invoke(null);
      System.out.println("loader " + i + " " + version);
    }
  }
}
