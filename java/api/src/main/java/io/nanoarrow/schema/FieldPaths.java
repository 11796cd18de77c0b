package io.nanoarrow.schema;

import java.util.ArrayList;
import java.util.List;

/** Paths to nested fields, such as {@code a.b.c}. */
public final class FieldPaths {
  private FieldPaths() {}

  /** Splits at dots; a backslash makes the next character, a dot or a backslash, a plain one. */
  public static List<String> split(String path) {
    List<String> steps = new ArrayList<>();
    StringBuilder step = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean escape = c == '\\' && i + 1 < path.length() && isSpecial(path.charAt(i + 1));
      if (escape) {
        i++;
        step.append(path.charAt(i));
      } else if (c == '.') {
        steps.add(step.toString());
        step.setLength(0);
      } else {
        step.append(c);
      }
    }
    steps.add(step.toString());
    return steps;
  }

  private static boolean isSpecial(char c) {
    return c == '.' || c == '\\';
  }
}
