package io.nanoarrow.column;

/**
 * A calendar interval: parts that cannot be converted into each other, each with a sign of its own.
 *
 * @param months months, years among them
 * @param days days
 * @param nanos nanoseconds
 */
public record Interval(int months, int days, long nanos) {
  private static final int NANOS_DIGITS = 9;

  /** Returns the parts in ISO 8601's form, e.g. {@code P14M3DT1.5S}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("P");
    if (months != 0) {
      out.append(months).append('M');
    }
    if (days != 0) {
      out.append(days).append('D');
    }
    if (nanos != 0) {
      out.append('T')
          .append(
              java.math.BigDecimal.valueOf(nanos, NANOS_DIGITS)
                  .stripTrailingZeros()
                  .toPlainString())
          .append('S');
    }
    return out.length() == 1 ? "P0D" : out.toString();
  }
}
