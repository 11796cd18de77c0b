package io.nanoarrow.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.naj.NativeLibrary;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is bound: compared with a committed list, so that a moved pin shows what changed, and with
 * the C headers, so that nothing is left out unnoticed. {@code -Dbindings.update=true} rewrites the
 * list.
 */
class BindingsApiTest {
  private static final Path LIST = Path.of("bindings.api.txt");
  private static final Path HEADERS = Path.of("target", "headers");

  /** Of nanoarrow.h and inline_types.h: a printf format has no use from Java. */
  private static final Set<String> NOT_BOUND = Set.of("ArrowErrorSet");

  @Test
  void thePublicMembersAreThoseOfTheCommittedList() throws Exception {
    List<String> actual = signatures();
    if (Boolean.getBoolean("bindings.update")) {
      Files.write(LIST, actual);
    }
    List<String> expected = Files.readAllLines(LIST);
    assertEquals(
        String.join("\n", expected),
        String.join("\n", actual),
        "The bound API changed: read the difference, then run with -Dbindings.update=true");
  }

  @Test
  void everyFunctionOfTheHeadersIsBound() throws IOException {
    Set<String> bound =
        Arrays.stream(Nanoarrow.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    // A declaration: not indented, a function name of nanoarrow before the parameters.
    Pattern declaration =
        Pattern.compile("(?m)^(?![ #/*]|typedef)[^;{}()#/]*?\\b(Arrow\\w+)\\([^;{]*?\\)\\s*[;{]");
    int count = 0;
    for (String header : List.of("inline_types.h", "nanoarrow.h", "nanoarrow_ipc.h")) {
      Matcher matcher = declaration.matcher(withoutComments(header));
      while (matcher.find()) {
        count++;
        String name = matcher.group(1);
        if (!bound.contains(name) && !NOT_BOUND.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertTrue(count > 200, "only " + count + " declarations found");
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyEnumValueAndFlagOfTheHeadersIsBound() throws IOException {
    Set<String> bound =
        Arrays.stream(Nanoarrow.class.getFields()).map(Field::getName).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    int count = 0;
    for (String header : List.of("inline_types.h", "nanoarrow_ipc.h")) {
      String text = withoutComments(header);
      Matcher enums = Pattern.compile("enum \\w+ \\{([^}]*)\\}").matcher(text);
      while (enums.find()) {
        for (String value : enums.group(1).split(",")) {
          String name = value.split("=")[0].strip();
          if (!name.isEmpty()) {
            count++;
            missing.add(name);
          }
        }
      }
      Matcher flags =
          Pattern.compile("(?m)^#define ((?:NANOARROW_IPC|ARROW_FLAG)_\\w+) \\d+").matcher(text);
      while (flags.find()) {
        count++;
        missing.add(flags.group(1));
      }
    }
    missing.removeAll(bound);
    assertTrue(count > 80, "only " + count + " found");
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyStructOfTheIpcHeaderAndEveryMemberOfItIsBound() throws Exception {
    Matcher structs =
        Pattern.compile("(?s)\\nstruct ArrowIpc(\\w+) \\{(.*?)\\n\\};")
            .matcher(withoutComments("nanoarrow_ipc.h"));
    int count = 0;
    while (structs.find()) {
      count++;
      Class<?> type = Class.forName("io.nanoarrow.c.Ipc" + structs.group(1));
      Set<String> bound =
          Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
      for (String member : structs.group(2).split(";")) {
        Matcher name = Pattern.compile("\\(\\*(\\w+)\\)|(\\w+)\\s*$").matcher(member.strip());
        if (name.find()) {
          String wanted = name.group(1) != null ? name.group(1) : name.group(2);
          assertTrue(bound.contains(wanted), type.getSimpleName() + "." + wanted);
        }
      }
    }
    assertEquals(13, count);
  }

  private static String withoutComments(String header) throws IOException {
    return Files.readString(HEADERS.resolve(header))
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("(?m)//.*$", "")
        .replaceAll("(?m)^#define .*\\\\\\n.*$", "");
  }

  private static List<String> signatures() throws Exception {
    Path classes =
        Path.of(NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve("io/nanoarrow/c"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type =
              Class.forName(
                  "io.nanoarrow.c." + name.substring(0, name.length() - ".class".length()));
          if (isVisible(type.getModifiers()) && isReachable(type)) {
            addMembers(type, lines);
          }
        }
      }
    }
    return lines.stream().sorted().distinct().toList();
  }

  private static boolean isReachable(Class<?> type) {
    return type.getEnclosingClass() == null || isVisible(type.getEnclosingClass().getModifiers());
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void addMembers(Class<?> type, List<String> lines) throws Exception {
    String name = type.getName().substring("io.nanoarrow.c.".length()).replace('$', '.');
    lines.add(name + " extends " + nameOf(type.getSuperclass()));
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
        boolean isNumber = Modifier.isStatic(field.getModifiers()) && field.getType() == int.class;
        // The errno values are the platform's.
        String value = isNumber && type != Errno.class ? " = " + field.get(null) : "";
        lines.add(name + "." + field.getName() + ": " + nameOf(field.getType()) + value);
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
        lines.add(name + ".new(" + namesOf(constructor.getParameters()) + ")");
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
        lines.add(
            name
                + "."
                + method.getName()
                + "("
                + namesOf(method.getParameters())
                + "): "
                + nameOf(method.getReturnType()));
      }
    }
  }

  private static String namesOf(Parameter[] parameters) {
    return Arrays.stream(parameters)
        .map(p -> nameOf(p.getType()) + " " + p.getName())
        .collect(Collectors.joining(", "));
  }

  private static String nameOf(Class<?> type) {
    if (type.isArray()) {
      return nameOf(type.getComponentType()) + "[]";
    }
    String name = type.getName();
    for (String prefix :
        List.of("io.nanoarrow.c.", "org.bytedeco.javacpp.", "java.lang.", "java.nio.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length()).replace('$', '.');
      }
    }
    return name;
  }
}
