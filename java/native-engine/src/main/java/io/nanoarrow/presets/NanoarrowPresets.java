package io.nanoarrow.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * How nanoarrow.h and nanoarrow_ipc.h become package {@code io.nanoarrow.c}. Read at build time
 * only (and by JavaCPP's loader for the library's name).
 */
@Properties(
    value =
        @Platform(
            include = {
              "nanoarrow/common/inline_types.h",
              "nanoarrow/nanoarrow.h",
              "nanoarrow/nanoarrow_ipc.h",
              "bind/naj_macros.h"
            },
            library = "nanoarrowjni"),
    target = "io.nanoarrow.c",
    global = "io.nanoarrow.c.Nanoarrow")
public class NanoarrowPresets implements InfoMapper {

  /** Plain structs of nanoarrow_ipc.h, without their prefix ArrowIpc. */
  private static final String[] IPC_STRUCTS = {
    "DictionaryBatch", "DictionaryEncoding", "ArrayStreamReaderOptions", "FileBlock"
  };

  /**
   * Structs that own something: C name, Java name, the member whose generated text is followed by
   * our constructors, its generated text. The kind is the place in this list, from 1, as in {@code
   * enum naj_c_struct_kind}.
   */
  private static final String[][] OWNED = {
    {"ArrowSchema", "ArrowSchema", "private_data", "Pointer"},
    {"ArrowArray", "ArrowArray", "private_data", "Pointer"},
    {"ArrowArrayStream", "ArrowArrayStream", "private_data", "Pointer"},
    {"ArrowArrayView", "ArrowArrayView", "null_count", "long"},
    {"ArrowBuffer", "ArrowBuffer", "size_bytes", "long"},
    {"ArrowBitmap", "ArrowBitmap", "size_bits", "long"},
    {"ArrowSharedArray", "ArrowSharedArray", "private_data", "Pointer"},
    {"ArrowIpcDecoder", "IpcDecoder", "private_data", "Pointer"},
    {"ArrowIpcEncoder", "IpcEncoder", "private_data", "Pointer"},
    {"ArrowIpcWriter", "IpcWriter", "private_data", "Pointer"},
    {"ArrowIpcInputStream", "IpcInputStream", "private_data", "Pointer"},
    {"ArrowIpcOutputStream", "IpcOutputStream", "private_data", "Pointer"},
    {"ArrowIpcFooter", "IpcFooter", "schema", "@ByRef ArrowSchema"},
    {"ArrowIpcDictionaries", "IpcDictionaries", "private_data", "Pointer"},
    {"ArrowIpcDictionaryEncodings", "IpcDictionaryEncodings", "encodings", "@ByRef ArrowBuffer"},
    {"ArrowIpcDecompressor", "IpcDecompressor", "private_data", "Pointer"},
  };

  /** Function pointer members: their class takes the member's name. */
  private static final String[][] CALLBACKS = {
    {"ArrowSchema::release", "Release"},
    {"ArrowArray::release", "Release"},
    {"ArrowArrayStream::get_schema", "GetSchema"},
    {"ArrowArrayStream::get_next", "GetNext"},
    {"ArrowArrayStream::get_last_error", "GetLastError"},
    {"ArrowArrayStream::release", "Release"},
    {"ArrowBufferAllocator::reallocate", "Reallocate"},
    {"ArrowBufferAllocator::free", "Free"},
    {"ArrowIpcDecompressor::decompress_add", "DecompressAdd"},
    {"ArrowIpcDecompressor::decompress_wait", "DecompressWait"},
    {"ArrowIpcDecompressor::release", "Release"},
    {"ArrowIpcInputStream::read", "Read"},
    {"ArrowIpcInputStream::release", "Release"},
    {"ArrowIpcOutputStream::write", "Write"},
    {"ArrowIpcOutputStream::release", "Release"},
  };

  @Override
  public void map(InfoMap map) {
    mapMacros(map);
    for (String name : IPC_STRUCTS) {
      map.put(new Info("ArrowIpc" + name).pointerTypes("Ipc" + name));
    }
    for (int i = 0; i < OWNED.length; i++) {
      mapOwned(map, i + 1, OWNED[i]);
    }
    for (String[] callback : CALLBACKS) {
      map.put(new Info(callback[0]).pointerTypes(callback[1]));
    }
    map.put(
        new Info("ArrowIpcDecompressFunction")
            .valueTypes("IpcDecompressFunction")
            .pointerTypes("@Cast(\"ArrowIpcDecompressFunction*\") IpcDecompressFunction"));
    map.put(
        new Info("NajIpcSharedBufferIsThreadSafe").javaNames("ArrowIpcSharedBufferIsThreadSafe"));
    map.put(new Info("NajIpcSharedBufferInit").javaNames("ArrowIpcSharedBufferInit"));
  }

  private static void mapMacros(InfoMap map) {
    map.put(new Info("NANOARROW_NAMESPACE").define(false));
    map.put(new Info("defined(NANOARROW_DEBUG)").define(false));
    map.put(
        new Info(
                "NANOARROW_DLL",
                "NANOARROW_CHECK_PRINTF_ATTRIBUTE",
                "NANOARROW_CHECK_RETURN_ATTRIBUTE")
            .cppTypes()
            .annotations());
    // Bound as functions of naj_macros.h, or of no use to a caller.
    map.put(
        new Info(
                "_NANOARROW_UNIQUE_SUFFIX",
                "_ArrowIsLittleEndian",
                "ArrowIpcSharedBufferIsThreadSafe",
                "ArrowIpcSharedBufferInit",
                // A printf format from Java has no arguments; ArrowErrorSetString is bound.
                "ArrowErrorSet",
                // What an array built here keeps behind private_data.
                "ArrowArrayPrivateData",
                // Names a union that only the inline code uses.
                "ArrowBufferViewData::as_binary_view")
            .skip());
  }

  private static void mapOwned(InfoMap map, int kind, String[] owned) {
    String cName = owned[0];
    String name = owned[1];
    String member = owned[2];
    String type = owned[3];
    map.put(new Info(cName).pointerTypes(name).base("io.nanoarrow.c.NativeStruct").skipDefaults());
    String text =
        String.join(
            "\n",
            "",
            "    /** Allocates one struct that owns nothing yet; {@link #close} resets and frees it. */",
            "    public NAME() { super(KIND, 1); }",
            "    /** Allocates an array of {@code size} structs, reached by {@link #position(long)}. */",
            "    public NAME(long size) { super(KIND, size); }",
            "    /** Borrows the struct that {@code p} points to: closing this object leaves it alone. */",
            "    public NAME(Pointer p) { super(p); }",
            "    @Override int kind() { return KIND; }",
            "    @Override public NAME position(long position) {",
            "        return (NAME)super.position(position);",
            "    }",
            "    @Override public NAME getPointer(long i) {",
            "        return new NAME((Pointer)this).offsetAddress(i);",
            "    }",
            "    public native TYPE MEMBER(); public native NAME MEMBER(SETTER setter);");
    map.put(
        new Info(cName + "::" + member)
            .javaText(
                text.replace("NAME", name)
                    .replace("KIND", Integer.toString(kind))
                    .replace("TYPE", type)
                    .replace("MEMBER", member)
                    .replace("SETTER", type.replace("@ByRef ", ""))));
  }
}
