/**
 * nanoarrow's C API, one to one: {@link io.nanoarrow.c.Nanoarrow} holds every function, enum value
 * and flag, the other classes are the C structs. For trusted input only: nanoarrow's own checks do
 * not make a hostile message safe. A C function that takes a pointer crashes the process when it
 * gets one that is NULL or closed, as in C; its result is an errno value, 0 for success.
 *
 * <p>A {@link io.nanoarrow.c.NativeStruct} releases what it owns when it is closed. {@link
 * io.nanoarrow.c.IpcStreams} joins Java streams and channels to nanoarrow's.
 *
 * <p>Objects are not thread-safe.
 */
package io.nanoarrow.c;
