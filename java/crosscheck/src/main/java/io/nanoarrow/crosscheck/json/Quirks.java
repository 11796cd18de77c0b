package io.nanoarrow.crosscheck.json;

/**
 * What a comparison lets pass because old files have it, as archery names it.
 *
 * @param decimals decimals may have more digits than their precision
 * @param date64 dates in milliseconds need not be whole days
 * @param times times of day may lie outside of a day
 */
public record Quirks(boolean decimals, boolean date64, boolean times) {
  /** Nothing is let pass. */
  public static final Quirks NONE = new Quirks(false, false, false);

  /** Tells whether something is let pass. */
  boolean any() {
    return decimals || date64 || times;
  }
}
