/**
 * Arrow over HTTP and reactive streams: media types, a processor from chunks to batches, body
 * handlers of the JDK's client. Needs the module {@code java.net.http} for the latter alone.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.http;
