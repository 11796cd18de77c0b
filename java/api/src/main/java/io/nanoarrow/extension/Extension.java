package io.nanoarrow.extension;

import org.jspecify.annotations.Nullable;

/**
 * What a field says about its extension type, and what was made of it.
 *
 * @param name of the extension type
 * @param metadata its parameters, "" when the field has none
 * @param type the type, or null: then values stay what they are stored as
 * @param reason why there is no type, or null
 */
public record Extension(
    String name, String metadata, @Nullable ExtensionType<?> type, @Nullable String reason) {}
