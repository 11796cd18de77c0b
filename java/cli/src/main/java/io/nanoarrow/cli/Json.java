package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.nanoarrow.schema.Metadata;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON text, one object at a time. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

  /** Writes one value. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** Returns what {@code body} writes. */
  static String text(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Writes key-values as an array of objects, because keys may repeat: "key" and "value", or
   * "keyBase64" and "valueBase64" for bytes that are not UTF-8.
   */
  static void metadata(JsonGenerator json, String name, Metadata metadata) throws IOException {
    json.writeArrayFieldStart(name);
    for (Metadata.Entry entry : metadata.entries()) {
      json.writeStartObject();
      bytes(json, "key", entry.keyBytes());
      bytes(json, "value", entry.valueBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void bytes(JsonGenerator json, String name, byte[] bytes) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      json.writeStringField(name, text);
    } catch (CharacterCodingException e) {
      json.writeStringField(name + "Base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
