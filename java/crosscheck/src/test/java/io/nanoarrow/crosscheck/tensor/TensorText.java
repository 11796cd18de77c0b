package io.nanoarrow.crosscheck.tensor;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.SparseTensor;
import io.nanoarrow.Tensor;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.spi.Input;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a tensor file holds, as a line of testdata/tensors/tensors.tsv tells it. */
record TensorText(String head, List<Double> values) {
  static final Path FOLDER =
      Path.of(System.getProperty("project.root", "../..")).resolve("testdata/tensors");

  private static final long MAX_BYTES = 1 << 20;

  /** Returns the files, dense or sparse ones. */
  static List<Path> files(boolean isDense) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(f -> f.toString().endsWith(".tensor") && isDense(f) == isDense)
          .sorted()
          .toList();
    }
  }

  static boolean isDense(Path file) {
    return file.getFileName().toString().startsWith("dense");
  }

  /** Returns what Arrow C++ reads of a file. */
  static TensorText expected(Path file) throws IOException {
    String name = file.getFileName().toString();
    String line =
        Files.readAllLines(FOLDER.resolve("tensors.tsv")).stream()
            .filter(l -> l.startsWith(name + "\t"))
            .findFirst()
            .orElseThrow()
            .substring(name.length() + 1);
    int end = line.indexOf(']') + 1;
    List<Double> values = new ArrayList<>();
    for (String value : line.substring(end).trim().split(" ")) {
      if (!value.isEmpty()) {
        values.add(value.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
      }
    }
    return new TensorText(line.substring(0, end), values);
  }

  static TensorText of(Tensor tensor) {
    return new TensorText("dense " + head(tensor.view()), values(tensor.view()));
  }

  static TensorText of(SparseTensor tensor) {
    try (Tensor dense = tensor.toDense(MAX_BYTES)) {
      String head = "Sparse" + tensor.index().kind() + "Index " + tensor.storedCount() + " of ";
      return new TensorText(head + head(dense.view()), values(dense.view()));
    }
  }

  private static List<Double> values(TensorView view) {
    return Arrays.stream(view.toDoubleArray()).boxed().toList();
  }

  private static String head(TensorView view) {
    return view.dimensions().stream()
        .map((Dimension d) -> d.name() + ":" + d.size())
        .collect(Collectors.joining(", ", view.type() + " [", "]"));
  }

  static ReadOptions options(String engine) {
    return ReadOptions.builder().engine(engine).validation(ValidationLevel.FULL).build();
  }

  static Tensor dense(String engine, Path file) throws IOException {
    return ArrowIpc.readTensor(new Input.PathInput(file), options(engine));
  }

  static SparseTensor sparse(String engine, Path file) throws IOException {
    return ArrowIpc.readSparseTensor(new Input.PathInput(file), options(engine));
  }
}
