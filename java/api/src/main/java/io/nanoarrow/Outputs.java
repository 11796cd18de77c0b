package io.nanoarrow;

import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.write.BufferSink;
import io.nanoarrow.write.ChannelSink;
import io.nanoarrow.write.PathSink;
import io.nanoarrow.write.Sink;
import io.nanoarrow.write.StreamSink;
import java.io.IOException;

/** Opens outputs. */
final class Outputs {
  private Outputs() {}

  static Sink open(Output output, WriteOptions options) throws IOException {
    if (output instanceof Output.PathOutput to) {
      return PathSink.open(to.path(), options.inPlace(), options.fsync());
    } else if (output instanceof Output.StreamOutput to) {
      return new StreamSink(to.stream(), to.closeWithWriter());
    } else if (output instanceof Output.ChannelOutput to) {
      return new ChannelSink(to.channel(), to.closeWithWriter());
    } else if (output instanceof Output.BufferOutput to) {
      return new BufferSink(to.buffer());
    }
    return ((MemoryOutput) output).sink();
  }
}
