package io.nanoarrow.column;

import io.nanoarrow.layout.ElementBudget;
import java.util.HexFormat;

/** Text of one value, cut at a limit; who writes a nested value stops when it {@link #isFull}. */
final class TextOut {
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out = new StringBuilder();
  private final int maxChars;
  private final ElementBudget budget;

  TextOut(int maxChars, ElementBudget budget) {
    this.maxChars = Math.max(1, maxChars);
    this.budget = budget;
  }

  /** Pays for one element of a nested value. */
  void spend() {
    budget.spend(1);
  }

  boolean isFull() {
    return out.length() > maxChars;
  }

  /** Returns how much more text can matter. */
  int room() {
    return Math.max(0, maxChars - out.length());
  }

  TextOut add(String text) {
    int most = maxChars == Integer.MAX_VALUE ? text.length() : room() + 1;
    out.append(text, 0, Math.min(text.length(), most));
    return this;
  }

  TextOut addHex(byte[] bytes) {
    return add(HEX.formatHex(bytes));
  }

  /** Adds text in double quotes, with quotes, backslashes and control characters escaped. */
  TextOut addQuoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return add(quoted.append('"').toString());
  }

  String text() {
    if (!isFull()) {
      return out.toString();
    }
    int end = maxChars - 1;
    if (end > 0 && Character.isHighSurrogate(out.charAt(end - 1))) {
      end--;
    }
    return out.substring(0, end) + "…";
  }
}
