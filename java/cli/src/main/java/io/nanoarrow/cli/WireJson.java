package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.inspect.DictionaryUse;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.inspect.WireFooter;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireProblem;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.FooterBlock;
import java.io.IOException;
import java.util.List;

/** A wire layout as JSON. */
final class WireJson {
  private WireJson() {}

  static void write(JsonGenerator out, String name, WireReport report) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", name);
    out.writeStringField("format", report.isFile() ? "file" : "stream");
    out.writeNumberField("sizeBytes", report.sizeBytes());
    out.writeArrayFieldStart("columns");
    Schema schema = report.schema();
    for (Field field : schema == null ? List.<Field>of() : schema.fields()) {
      out.writeString(field.name());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("messages");
    for (WireMessage message : report.messages()) {
      write(out, message);
    }
    out.writeEndArray();
    out.writeNumberField("endMarkerOffset", report.endMarkerOffset());
    WireFooter footer = report.footer();
    if (footer != null) {
      out.writeObjectFieldStart("footer");
      out.writeNumberField("offset", footer.offset());
      out.writeNumberField("sizeBytes", footer.sizeBytes());
      blocks(out, "dictionaries", footer.dictionaries());
      blocks(out, "batches", footer.batches());
      out.writeEndObject();
    }
    dictionaries(out, report);
    out.writeArrayFieldStart("problems");
    for (WireProblem problem : report.problems()) {
      out.writeStartObject();
      out.writeNumberField("offset", problem.offset());
      out.writeStringField("text", problem.text());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, WireMessage message) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", WireText.kind(message));
    out.writeNumberField("offset", message.offset());
    out.writeNumberField("metadataBytes", message.metadataBytes());
    out.writeNumberField("bodyBytes", message.bodyBytes());
    out.writeNumberField("bodyPaddingBytes", message.bodyPaddingBytes());
    out.writeNumberField("version", message.version());
    if (message.codec() != null) {
      out.writeStringField("codec", message.codec());
    }
    if (message.rowCount() >= 0) {
      out.writeNumberField("rows", message.rowCount());
    }
    if (message.kind() == WireMessage.Kind.DICTIONARY_BATCH) {
      out.writeNumberField("dictionaryId", message.dictionaryId());
      out.writeBooleanField("isDelta", message.isDelta());
    }
    out.writeBooleanField("isInSequence", message.isInSequence());
    out.writeBooleanField("isWhole", message.isWhole());
    out.writeArrayFieldStart("buffers");
    for (WireBuffer buffer : message.buffers()) {
      out.writeStartObject();
      out.writeNumberField("column", buffer.column());
      out.writeStringField("path", buffer.path());
      out.writeStringField("kind", buffer.kind());
      out.writeNumberField("offset", buffer.offset());
      out.writeNumberField("sizeBytes", buffer.sizeBytes());
      out.writeNumberField("decodedBytes", buffer.decodedBytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void blocks(JsonGenerator out, String name, List<FooterBlock> blocks)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (FooterBlock block : blocks) {
      out.writeStartObject();
      out.writeNumberField("offset", block.offset());
      out.writeNumberField("metadataBytes", block.metadataSizeBytes());
      out.writeNumberField("bodyBytes", block.bodySizeBytes());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void dictionaries(JsonGenerator out, WireReport report) throws IOException {
    out.writeArrayFieldStart("dictionaries");
    for (DictionaryUse use : DictionaryUse.of(report)) {
      out.writeStartObject();
      out.writeNumberField("id", use.id());
      out.writeNumberField("batches", use.batches());
      out.writeNumberField("deltas", use.deltas());
      out.writeNumberField("values", use.values());
      out.writeArrayFieldStart("fields");
      for (String field : use.fields()) {
        out.writeString(field);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
