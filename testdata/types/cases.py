"""The types and features of the columnar format as batches of pyarrow.

Not here: intervals of months and of days and milliseconds, which pyarrow has no arrays for.
"""

import dataclasses
import decimal
import struct

import pyarrow as pa

D = decimal.Decimal
decimal.getcontext().prec = 80
INTEGERS = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]
LONG = "a text that is longer than a view can hold: "


@dataclasses.dataclass
class Case:
    name: str
    batches: list  # of (batch, its metadata or None)
    schema: pa.Schema = None  # without it that of the first batch
    footer: dict = None
    stream_only: bool = False
    codecs: tuple = (None, "lz4", "zstd")
    options: dict = dataclasses.field(default_factory=dict)

    def written_schema(self):
        return self.batches[0][0].schema if self.schema is None else self.schema


def case(name, *batches, **more):
    return Case(name, [(batch, None) for batch in batches], **more)


def columns(arrays, fields=None):
    if fields:
        return pa.record_batch(arrays, schema=pa.schema(fields))
    return pa.record_batch(list(arrays.values()), names=list(arrays))


def integers(type_):
    bits, signed = type_.bit_width, str(type_).startswith("int")
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return [low, 1, None, high, 100]


def halves(values):
    bits = b"".join(struct.pack("<e", v or 0) for v in values)
    valid = sum(1 << i for i, v in enumerate(values) if v is not None)
    return pa.Array.from_buffers(pa.float16(), len(values), [pa.py_buffer(bytes([valid])), pa.py_buffer(bits)])


def several_buffers(type_):
    """Views into three data buffers of their own."""
    texts = [[LONG + "a", "short"], [LONG + "b", None], [LONG + "c", ""]]
    encoded = [[t.encode() if t is not None and type_ == pa.binary_view() else t for t in part] for part in texts]
    return pa.concat_arrays([pa.array(part, type_) for part in encoded])[:5]


def leaves():
    """(name, an array of five rows, the third null where it can be) of each type without children."""
    yield "null", pa.nulls(5)
    yield "bool", pa.array([True, False, None, True, False])
    for type_ in INTEGERS:
        yield str(type_), pa.array(integers(type_), type_)
    yield "half", halves([1.5, -0.0, None, 65504.0, 6e-8])
    yield "float", pa.array([1.5, float("nan"), None, 3.4e38, 1e-45], pa.float32())
    yield "double", pa.array([0.1, float("inf"), None, -1.7e308, 5e-324])
    for bits, make, precision in ((32, pa.decimal32, 9), (64, pa.decimal64, 18), (128, pa.decimal128, 38), (256, pa.decimal256, 76)):
        most = D("9" * precision).scaleb(-2)
        yield f"decimal{bits}", pa.array([D("1.50"), -most, None, most, D("0.00")], make(precision, 2))
        yield f"decimal{bits}-negative-scale", pa.array([D("1.5E4"), D("-1E2"), None, D("0"), D("7E2")], make(precision, -2))
    yield "date32", pa.array([0, -1, None, 19000, -719162], pa.int32()).cast(pa.date32())
    yield "date64", pa.array([0, -86400000, None, 86400000 * 19000, 86400000], pa.int64()).cast(pa.date64())
    for unit, type_, day in (("s", pa.time32, 86399), ("ms", pa.time32, 86399999), ("us", pa.time64, 86399999999), ("ns", pa.time64, 86399999999999)):
        integer = pa.int32() if type_ is pa.time32 else pa.int64()
        yield f"time-{unit}", pa.array([0, 1, None, day, 45000], integer).cast(type_(unit))
    for unit in ("s", "ms", "us", "ns"):
        numbers = pa.array([0, -1, None, 1700000000, 45001], pa.int64())
        yield f"timestamp-{unit}", numbers.cast(pa.timestamp(unit))
        for zone in ("UTC", "Europe/Paris", "+05:30"):
            yield f"timestamp-{unit}-{zone.replace('/', '-').replace(':', '')}", numbers.cast(pa.timestamp(unit, zone))
        yield f"duration-{unit}", numbers.cast(pa.duration(unit))
    month_day_nano = [(1, 2, 3), (-1, -2, -3), None, (0, 0, 0), (12, 31, 10**15)]
    yield "interval-month-day-nano", pa.array([v and pa.MonthDayNano(v) for v in month_day_nano])
    texts = ["", "a", None, "häß😀", LONG]
    for type_ in (pa.string(), pa.large_string(), pa.string_view()):
        yield str(type_), pa.array(texts, type_)
    for type_ in (pa.binary(), pa.large_binary(), pa.binary_view()):
        yield str(type_), pa.array([t and t.encode() for t in texts], type_)
    for type_ in (pa.string_view(), pa.binary_view()):
        yield f"{type_}-several-buffers", several_buffers(type_)
    yield "fixed-size-binary", pa.array([b"abc", b"\0\1\2", None, b"xyz", b"   "], pa.binary(3))
    yield "fixed-size-binary-0", pa.array([b"", b"", None, b"", b""], pa.binary(0))


def offsets(wide=False):
    """Rows of 2, none, null, 1 and 2 elements."""
    return pa.array([0, 2, 2, None, 3, 5], pa.int64() if wide else pa.int32())


def wrapped(a):
    """Arrays of five rows with the given one (five rows) somewhere below."""
    starts, sizes = [3, 0, 0, 1, 0], [2, 5, 0, 1, 0]
    valid = pa.array([False, False, True, False, False])
    yield "list", pa.ListArray.from_arrays(offsets(), a)
    yield "large-list", pa.LargeListArray.from_arrays(offsets(True), a)
    yield "list-view", pa.ListViewArray.from_arrays(pa.array(starts, pa.int32()), pa.array(sizes, pa.int32()), a, mask=valid)
    yield "large-list-view", pa.LargeListViewArray.from_arrays(pa.array(starts, pa.int64()), pa.array(sizes, pa.int64()), a, mask=valid)
    twice = pa.concat_arrays([a, a])
    yield "fixed-size-list", pa.FixedSizeListArray.from_arrays(twice, 2, mask=valid)
    yield "struct", pa.StructArray.from_arrays([a, a], names=["x", "y"], mask=valid)
    keys = pa.array(["k", "l", "m", "n", "k"])
    yield "map", pa.MapArray.from_arrays(offsets(), keys, a)
    codes = pa.array([7, 3, 7, 3, 3], pa.int8())
    other = pa.array([1, 2, 3, 4, 5])
    yield "sparse-union", pa.UnionArray.from_sparse(codes, [a, other], ["x", "y"], [3, 7])
    yield "dense-union", pa.UnionArray.from_dense(codes, pa.array([0, 0, 2, 1, 4], pa.int32()), [a, other], ["x", "y"], [3, 7])
    for width in (16, 32, 64):
        ends = pa.array([1, 2, 3, 4, 5], f"int{width}")
        yield f"run-ends-{width}", pa.RunEndEncodedArray.from_arrays(ends, a)
    indices = pa.array([4, 0, None, 2, 1], pa.int16())
    yield "dictionary", pa.DictionaryArray.from_arrays(indices, a)


def rounds(array):
    """The array, its rows without nulls, only null rows, no rows."""
    full = pa.concat_arrays([array[:2], array[3:]])
    return [pa.record_batch([part], names=["x"]) for part in (array, full, array[2:3], array[:0])]


def type_cases():
    for name, array in leaves():
        yield case(f"type-{name}", *rounds(array))
        below, skipped = {}, []
        for kind, made in wrapped(array):
            below[kind] = made
        batch = columns(below)
        yield case(f"in-{name}", batch, batch[:0])


def deep_cases():
    a = pa.array([1, 2, None, 4, 5], pa.int32())
    for name, array in wrapped(a):
        for outer, both in wrapped(array):
            if outer == name == "dictionary":  # a field has one encoding: the format cannot say this
                continue
            yield case(f"deep-{outer}-of-{name}", columns({"x": both}), columns({"x": both[:0]}), codecs=(None, "zstd"))
    for _ in range(20):
        a = pa.ListArray.from_arrays(pa.array([0, 1, 2, 3, 4, 5], pa.int32()), a)
    yield case("deep-20-lists", columns({"x": a}))


def named(name, kind, **more):
    return pa.field(name, kind, **more)


def feature_cases():
    a, text = pa.array([1, None, 3]), pa.array(["a", None, "c"])
    yield case("names-duplicate-and-empty", columns([a, text, a, text], [named(n, t) for n, t in (("x", a.type), ("x", text.type), ("", a.type), ("", text.type))]))
    yield case("names-special", columns({"a.b": a, "back\\slash": a, "tab\tquote\"": a, "ü😀": text}))
    yield case("no-batches", schema=pa.schema([named("x", pa.int32())]))
    yield case("no-columns", pa.RecordBatch.from_struct_array(pa.array([{}] * 3, pa.struct([]))))
    yield case("empty-struct", columns({"x": pa.array([{}, None, {}], pa.struct([])), "y": a}))
    zero = pa.array([[], None, []], pa.list_(pa.int32(), 0))
    yield case("fixed-size-list-0", columns({"x": zero}))
    yield case("not-nullable", columns([pa.array([1, 2])], [named("x", pa.int64(), nullable=False)]))
    yield case("map-keys-sorted", columns({"x": pa.array([[("a", 1), ("b", None)], None, []], pa.map_(pa.string(), pa.int32(), keys_sorted=True))}))
    own = pa.map_(named("k", pa.string(), nullable=False), named("v", pa.int32()))
    yield case("map-own-names", columns({"x": pa.array([[("a", 1)], []], own)}))
    yield case("list-own-name", columns({"x": pa.array([[1], None], pa.list_(named("element", pa.int32(), nullable=False)))}))
    yield case("sliced", columns({"x": pa.array(list(range(100)))[13:29], "y": pa.array([str(i) for i in range(100)])[13:29], "z": pa.array([[i] for i in range(100)])[13:29]}))
    yield case("view-many-buffers", columns({"x": pa.concat_arrays([pa.array([LONG + str(i)], pa.string_view()) for i in range(300)]), "y": pa.array([LONG] * 300, pa.string_view())}))
    yield case("many-rows", columns({"x": pa.array(range(100_000)), "y": pa.array([f"row {i}" for i in range(100_000)])})[:3000])
    wide = {f"c{i}": pa.array([i, None]) for i in range(500)}
    yield case("many-columns", columns(wide))
    many = [columns({"x": pa.array([i, None])}) for i in range(200)]
    yield case("many-batches", *many)
    codes = pa.array([127, 0, 64], pa.int8())
    children = [pa.array([1, 2, 3]), pa.array(["a", "b", "c"]), pa.array([1.5, None, 2.5])]
    yield case("union-odd-codes", columns({"sparse": pa.UnionArray.from_sparse(codes, children, ["a", "b", "c"], [0, 127, 64]), "dense": pa.UnionArray.from_dense(codes, pa.array([2, 0, 1], pa.int32()), children, ["a", "b", "c"], [0, 127, 64])}))
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([1000, 1001, 3000], pa.int32()), pa.array(["a", None, "c"]))
    yield case("run-ends-long", columns({"x": runs}), columns({"x": runs[:0]}))


def metadata_cases():
    a = pa.array([1, 2])
    keys = {"k": "v", "": "", "nul\0key": "nul\0value", "ü": "😀"}
    schema = pa.schema([named("x", pa.int64(), metadata=keys), named("s", pa.struct([named("y", pa.int64(), metadata=keys)]))], metadata=keys)
    batch = pa.record_batch([a, pa.array([{"y": 1}, None], schema.field(1).type)], schema=schema)
    yield Case("metadata", [(batch, {"batch": "one", "nul\0": "\0"}), (batch, None), (batch, {"": ""})], footer={b"footer": b"value", b"n\0": b"\0v"}, codecs=(None, "zstd"))
    storage = pa.array([b"0123456789abcdef", None], pa.binary(16))
    yield case("extension-uuid", columns({"x": pa.ExtensionArray.from_storage(pa.uuid(), storage), "b": pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0], pa.int8())), "j": pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"a":1}', None]))}))
    unknown = {"ARROW:extension:name": "example.unknown", "ARROW:extension:metadata": "\0 and more"}
    yield case("extension-unknown", columns([a], [named("x", pa.int64(), metadata=unknown)]))
    tensors = pa.ExtensionArray.from_storage(pa.fixed_shape_tensor(pa.int32(), [2]), pa.array([[1, 2], None], pa.list_(pa.int32(), 2)))
    yield case("extension-tensor", columns({"x": tensors}))


def dictionary_cases():
    texts = pa.array(["a", None, LONG, "d"])
    for index in INTEGERS:
        for ordered in (False, True):
            array = pa.DictionaryArray.from_arrays(pa.array([3, None, 0, 1], index), texts, ordered=ordered)
            yield case(f"dictionary-{index}{'-ordered' if ordered else ''}", columns({"x": array}), columns({"x": array[:0]}))
    inner = pa.DictionaryArray.from_arrays(pa.array([1, 0, None], pa.int8()), pa.array(["x", "y"]))
    outer = pa.DictionaryArray.from_arrays(pa.array([2, 1, 0, None], pa.int8()), pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), inner))
    yield case("dictionary-nested", columns({"x": outer}))
    yield case("dictionary-of-dictionary-struct", columns({"x": pa.DictionaryArray.from_arrays(pa.array([2, 0], pa.int8()), pa.StructArray.from_arrays([inner], names=["d"]))}))
    yield case("dictionary-all-null", columns({"x": pa.DictionaryArray.from_arrays(pa.array([None, None], pa.int8()), pa.array([], pa.string()))}))
    for name, values in leaves():
        if name == "null":
            continue
        indices = [pa.array([0, 1, None], pa.int8()), pa.array([3, 2, 0, 4], pa.int8())]
        first = pa.DictionaryArray.from_arrays(indices[0], values[:2])
        grown = pa.DictionaryArray.from_arrays(indices[1], values)
        batches = [columns({"x": part}) for part in (first, grown)]
        if not name.startswith("interval"):  # pyarrow cannot compare these, which deltas need
            yield case(f"delta-{name}", *batches, options={"emit_dictionary_deltas": True})
        swapped = pa.DictionaryArray.from_arrays(indices[0], values[3:])
        yield case(f"replacement-{name}", batches[0], columns({"x": swapped}), batches[1], stream_only=True)


def all_cases():
    for group in (type_cases, deep_cases, feature_cases, metadata_cases, dictionary_cases):
        yield from group()
