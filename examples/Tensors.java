import io.nanoarrow.ArrowIpc;
import io.nanoarrow.Output;
import io.nanoarrow.SparseTensor;
import io.nanoarrow.Tensor;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.spi.Input;
import io.nanoarrow.tensor.CompressedIndex;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.IndexBuffer;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.TensorView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a tensor, a part of it and a sparse matrix, and reads them back: Tensors FOLDER. With
 * further arguments ENGINE FILE... it writes each of these tensor files anew into the folder.
 */
public class Tensors {
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    if (args.length > 1) {
      for (int i = 2; i < args.length; i++) {
        copy(Path.of(args[i]), folder, args[1]);
      }
      return;
    }
    Path file = folder.resolve("matrix.tensor");
    try (Tensor matrix = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)) {
      boolean isExact = ArrowIpc.tensorSize(matrix) == ArrowIpc.writeTensor(matrix, file);
      System.out.println("size as told: " + isExact);
      TensorView lastColumns = matrix.view().slice(1, 1, 3, 1);
      Output part = new Output.PathOutput(folder.resolve("part.tensor"));
      ArrowIpc.writeTensor(lastColumns, part, WriteOptions.DEFAULT);
    }
    // Mapped: the elements are read where the file has them.
    try (Tensor matrix = ArrowIpc.readTensor(file);
        Tensor part = ArrowIpc.readTensor(folder.resolve("part.tensor"))) {
      System.out.println(matrix.getDouble(1, 2) + " " + matrix.view().transpose());
      System.out.println(part);
    }
    sparse(folder.resolve("sparse.tensor"));
  }

  /** Rows 0 and 2 have an element each, in columns 1 and 3. */
  private static void sparse(Path file) throws IOException {
    ArrowType.Int bytes = new ArrowType.Int(8, true);
    IndexBuffer rows = new IndexBuffer(bytes, ArrowBuffer.wrap(new byte[] {0, 1, 1, 2}));
    IndexBuffer columns = new IndexBuffer(bytes, ArrowBuffer.wrap(new byte[] {1, 3}));
    SparseData content =
        new SparseData(
            bytes,
            List.of(new Dimension(3, "row"), new Dimension(4, "column")),
            2,
            new CompressedIndex(false, rows, columns),
            ArrowBuffer.wrap(new byte[] {10, 20}));
    try (SparseTensor tensor = SparseTensor.of(content)) {
      ArrowIpc.writeTensor(tensor, new Output.PathOutput(file), WriteOptions.DEFAULT);
    }
    try (SparseTensor tensor =
        ArrowIpc.readSparseTensor(new Input.PathInput(file), ReadOptions.DEFAULT)) {
      System.out.println(tensor.getLong(2, 3) + " " + tensor.getLong(2, 2) + " " + tensor);
    }
  }

  private static void copy(Path from, Path folder, String engine) throws IOException {
    ReadOptions reading = ReadOptions.builder().engine(engine).build();
    WriteOptions writing = WriteOptions.builder().engine(engine).build();
    Output to = new Output.PathOutput(Files.createDirectories(folder).resolve(from.getFileName()));
    Input input = new Input.PathInput(from);
    if (from.getFileName().toString().startsWith("dense")) {
      try (Tensor tensor = ArrowIpc.readTensor(input, reading)) {
        ArrowIpc.writeTensor(tensor.view(), to, writing);
      }
    } else {
      try (SparseTensor tensor = ArrowIpc.readSparseTensor(input, reading)) {
        ArrowIpc.writeTensor(tensor, to, writing);
      }
    }
  }
}
