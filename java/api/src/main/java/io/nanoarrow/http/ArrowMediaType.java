package io.nanoarrow.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Content-Type and Accept say of Arrow: the format and, in the parameter {@code codecs}, the
 * codecs of its buffers ({@code application/vnd.apache.arrow.stream; codecs="zstd, lz4"}).
 * Immutable.
 *
 * @param format stream or file
 * @param codecs lower-case names in the order given, as {@link
 *     io.nanoarrow.options.Compression#parse} reads them; none where the header does not say
 */
public record ArrowMediaType(Format format, List<String> codecs) {
  /** The streaming format, as registered with IANA. */
  public static final String STREAM = "application/vnd.apache.arrow.stream";

  /** The file format, as registered with IANA. */
  public static final String FILE = "application/vnd.apache.arrow.file";

  private static final String CODECS = "codecs";

  /** The two formats of Arrow IPC. */
  public enum Format {
    /** The streaming format. */
    STREAM,
    /** The file format, for random access. */
    FILE
  }

  /** Keeps a copy of the codecs. */
  public ArrowMediaType {
    codecs = List.copyOf(codecs);
    for (String codec : codecs) {
      if (!isToken(codec)) {
        throw new IllegalArgumentException("not the name of a codec: " + codec);
      }
    }
  }

  /** Returns the media type of a stream. */
  public static ArrowMediaType stream(String... codecs) {
    return new ArrowMediaType(Format.STREAM, List.of(codecs));
  }

  /** Returns the media type of a file. */
  public static ArrowMediaType file(String... codecs) {
    return new ArrowMediaType(Format.FILE, List.of(codecs));
  }

  /**
   * Reads the value of a Content-Type header, or one element of Accept. Parameters of other names
   * are passed over.
   *
   * @return empty when it is not about Arrow, or not well-formed
   */
  public static Optional<ArrowMediaType> parse(String header) {
    List<String> parts = split(header, ';');
    String type = parts.get(0).strip().toLowerCase(Locale.ROOT);
    if (!type.equals(STREAM) && !type.equals(FILE)) {
      return Optional.empty();
    }
    List<String> codecs = List.of();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      if (name.equalsIgnoreCase(CODECS)) {
        codecs = names(unquoted(part.substring(equals + 1).strip()));
      }
    }
    if (!codecs.stream().allMatch(ArrowMediaType::isToken)) {
      return Optional.empty();
    }
    return Optional.of(new ArrowMediaType(type.equals(FILE) ? Format.FILE : Format.STREAM, codecs));
  }

  /**
   * Reads the value of an Accept header: its elements that are about Arrow, best first as far as
   * their q says, without those that are refused by {@code q=0}.
   */
  public static List<ArrowMediaType> parseAccept(String header) {
    List<ArrowMediaType> types = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (String element : split(header, ',')) {
      double weight = weight(element);
      Optional<ArrowMediaType> type = parse(element);
      if (type.isEmpty() || weight <= 0) {
        continue;
      }
      int at = 0;
      while (at < weights.size() && weights.get(at) >= weight) {
        at++;
      }
      types.add(at, type.get());
      weights.add(at, weight);
    }
    return types;
  }

  /** Returns the first codec named that is among {@code available}, which are lower-case names. */
  public Optional<String> firstCodecOf(Collection<String> available) {
    return codecs.stream().filter(available::contains).findFirst();
  }

  /** Returns the header's value. */
  @Override
  public String toString() {
    String type = format == Format.FILE ? FILE : STREAM;
    return switch (codecs.size()) {
      case 0 -> type;
      case 1 -> type + "; codecs=" + codecs.get(0);
      default -> type + "; codecs=\"" + String.join(", ", codecs) + '"';
    };
  }

  private static double weight(String element) {
    for (String part : split(element, ';')) {
      String parameter = part.strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2).strip());
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Splits outside of quotes; a backslash inside of them quotes one character. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == '\\' && isQuoted) {
        i++;
      } else if (c == separator && !isQuoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
  }
}
