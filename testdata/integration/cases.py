"""Arrow's integration JSON of every type: fields, and what their rows hold as Python values.

The kinds of cases are those that the Arrow project's own generator makes; the values are chosen for
their edges. Values: ints for all that is stored as integers (decimals unscaled, dates, times),
tuples for structs and intervals, lists of pairs for maps, (type id, value) for unions.
"""

I32, I64 = (1 << 31) - 1, (1 << 63) - 1
LONG = "longer than a view can hold, häß😀"


def field(name, type_, *children, nullable=True, dictionary=None, metadata=()):
    made = {"name": name, "type": type_, "nullable": nullable, "children": list(children)}
    if dictionary:
        id_, bits, signed, ordered = dictionary
        made["dictionary"] = {"id": id_, "indexType": integer(bits, signed), "isOrdered": ordered}
    if metadata:
        made["metadata"] = [{"key": k, "value": v} for k, v in metadata]
    return made


def integer(bits, signed=True):
    return {"name": "int", "isSigned": signed, "bitWidth": bits}


def floating(precision):
    return {"name": "floatingpoint", "precision": precision}


def named(name, **parameters):
    return {"name": name, **parameters}


ITEM = field("item", integer(32))


class Case:
    def __init__(self, name, columns, dictionaries=(), metadata=(), batches=None, pyarrow=True):
        self.name = name
        self.fields = [f for f, _ in columns]
        self.metadata = [{"key": k, "value": v} for k, v in metadata]
        self.dictionaries = list(dictionaries)  # of (id, field, values)
        rows = [values for _, values in columns]
        # All rows, none of them, and the last ones.
        self.batches = batches if batches is not None else [rows, [r[:0] for r in rows], [r[2:] for r in rows]]
        self.pyarrow = pyarrow


def numbers():
    for bits in (8, 16, 32, 64):
        low, high = -(1 << bits - 1), (1 << bits - 1) - 1
        yield field(f"int{bits}", integer(bits)), [low, high, None, 0, -1]
        yield field(f"uint{bits}", integer(bits, False)), [0, (1 << bits) - 1, None, 1, 2]
        yield field(f"int{bits}-full", integer(bits), nullable=False), [low, high, 3, 0, -1]
    yield field("half", floating("HALF")), [1.5, -0.0, None, 65504.0, 2.0**-24]
    yield field("single", floating("SINGLE")), [1.5, -0.0, None, 3.25e38, 1234.567]
    yield field("double", floating("DOUBLE")), [0.1, -0.0, None, 1.7e308, 5e-324]
    yield field("special", floating("DOUBLE")), ["NaN", "Infinity", "-Infinity", None, 1.0]
    yield field("bool", named("bool")), [True, False, None, True, True]


def texts():
    words = ["", "a", None, "häß😀", LONG]
    bytes_ = [None if w is None else w.encode() for w in words]
    for large in ("", "large"):
        yield field(f"{large}utf8", named(f"{large}utf8")), words
        yield field(f"{large}binary", named(f"{large}binary")), bytes_
    yield field("fixed", named("fixedsizebinary", byteWidth=3)), [b"abc", b"\0\1\2", None, b"xyz", b"   "]
    yield field("fixed0", named("fixedsizebinary", byteWidth=0)), [b"", b"", None, b"", b""]


def views():
    words = ["", "twelve bytes", None, LONG, LONG + LONG]
    yield field("text", named("utf8view")), words
    yield field("bytes", named("binaryview")), [None if w is None else w.encode() for w in words]


def decimals():
    for bits, digits in ((32, 9), (64, 18), (128, 38), (256, 76)):
        most = 10**digits - 1
        for scale in (2, -3):
            name = f"decimal{bits}{'-negative' if scale < 0 else ''}"
            type_ = named("decimal", precision=digits, scale=scale, bitWidth=bits)
            yield field(name, type_), [0, most, None, -most, -1]


def times():
    yield field("days", named("date", unit="DAY")), [0, -719162, None, 2932896, 1]
    yield field("millis", named("date", unit="MILLISECOND")), [0, -62135596800000, None, 86400000, 253402214400000]
    for unit, bits, ticks in (("SECOND", 32, 1), ("MILLISECOND", 32, 1000), ("MICROSECOND", 64, 10**6), ("NANOSECOND", 64, 10**9)):
        yield field(f"time-{unit}", named("time", unit=unit, bitWidth=bits)), [0, 1, None, 86400 * ticks - 1, 5]
        for zone in (None, "UTC", "Europe/Paris", "+05:30"):
            type_ = named("timestamp", unit=unit) | ({"timezone": zone} if zone else {})
            yield field(f"timestamp-{unit}-{zone}", type_), [0, -I64 - 1, None, I64, -1]
        yield field(f"duration-{unit}", named("duration", unit=unit)), [0, -I64 - 1, None, I64, -1]
    yield field("month-day-nano", named("interval", unit="MONTH_DAY_NANO")), [(0, 0, 0), (I32, -I32 - 1, I64), None, (-1, 2, -I64 - 1), (1, 1, 1)]


def intervals():
    yield field("months", named("interval", unit="YEAR_MONTH")), [0, -120000, None, 120000, 1]
    yield field("day-time", named("interval", unit="DAY_TIME")), [(0, 0), (-3660000, 86400000), None, (I32, -I32 - 1), (1, -1)]


def lists():
    rows = [[1, None], [], None, [3], [4, 5, 6]]
    for name in ("list", "largelist", "listview", "largelistview"):
        yield field(name, named(name), ITEM), rows
    yield field("fixed", named("fixedsizelist", listSize=2), ITEM), [[1, None], [3, 4], None, [5, 6], [None, None]]
    yield field("own-name", named("list"), field("element", named("utf8"), nullable=False)), [["a"], [], None, ["b", ""], ["c"]]
    inner = field("inner", named("list"), ITEM)
    yield field("lists", named("list"), inner), [[[1], None, []], [], None, [[2, 3]], [None]]
    large = field("inner", named("largelistview"), ITEM)
    yield field("views", named("listview"), large), [[[1], None, []], [], None, [[2, 3]], [None]]


def structs():
    pair = field("pair", named("struct"), field("a", integer(32)), field("b", named("utf8")))
    rows = [(1, "x"), (None, "y"), None, (3, None), (None, None)]
    yield pair, rows
    yield field("structs", named("list"), pair), [[rows[0], None], [], None, [rows[1]], [rows[3], rows[4]]]
    key, value = field("key", named("utf8"), nullable=False), field("value", integer(32))
    entries = field("entries", named("struct"), key, value, nullable=False)
    rows = [[("a", 1), ("b", None)], [], None, [("a", 1), ("a", 2)], [("", 0)]]
    yield field("map", named("map", keysSorted=False), entries), rows
    yield field("sorted", named("map", keysSorted=True), entries), rows
    own = field("some_entries", named("struct"), field("some_key", named("utf8"), nullable=False), field("some_value", integer(32)), nullable=False)
    yield field("own-names", named("map", keysSorted=False), own), rows
    yield field("empty", named("struct")), [(), (), None, (), ()]


def unions():
    number, text = field("a", integer(32)), field("b", named("utf8"))
    rows = [(5, 1), (7, "x"), (5, None), (7, None), (5, 2)]
    yield field("sparse", named("union", mode="SPARSE", typeIds=[5, 7]), number, text), rows
    yield field("dense", named("union", mode="DENSE", typeIds=[5, 7]), number, text), rows
    with_null = [(127, None), (0, 1), (127, None), (0, 2), (64, True)]
    children = field("n", named("null")), field("i", integer(8, False), nullable=False), field("b", named("bool"))
    yield field("odd", named("union", mode="DENSE", typeIds=[127, 0, 64]), *children, nullable=False), with_null


def runs():
    for bits in (16, 32, 64):
        ends = field("run_ends", integer(bits), nullable=False)
        yield field(f"ints{bits}", named("runendencoded"), ends, field("values", integer(32))), [1, 1, None, None, 2]
        yield field(f"texts{bits}", named("runendencoded"), ends, field("values", named("utf8"))), ["a", None, "a", "a", "b"]


DICTIONARIES = [
    (0, field("words", named("utf8")), ["a", LONG, None, ""]),
    (1, field("numbers", integer(64)), [I64, -1, 0]),
    (7, field("dates", named("date", unit="DAY")), [1, 2]),
]


def encoded():
    for i, (bits, signed) in enumerate((b, s) for b in (8, 16, 32, 64) for s in (True, False)):
        yield field(f"words-{bits}-{signed}", named("utf8"), dictionary=(0, bits, signed, i == 0)), ["a", LONG, None, "", "a"]
    yield field("numbers", integer(64), dictionary=(1, 8, True, False)), [I64, -1, None, 0, 0]
    yield field("dates", named("date", unit="DAY"), dictionary=(7, 32, True, True)), [1, 2, None, 1, 1]


WORD = field("word", named("utf8"), dictionary=(0, 8, True, False))
LIST_OF_WORDS = field("words", named("list"), WORD)
STRUCT_OF_WORDS = field("pair", named("struct"), WORD | {"name": "a"}, WORD | {"name": "b"})
NESTED = [
    # The one that refers to others stands first: readers must not rely on the order.
    (4, LIST_OF_WORDS, [["a", "b"], [], None, [None, "b"]]),
    (5, STRUCT_OF_WORDS, [("a", "b"), (None, "a"), None]),
    (0, field("words", named("utf8")), ["a", "b"]),
]


def nested_encoded():
    yield LIST_OF_WORDS | {"name": "lists", "dictionary": field("", None, dictionary=(4, 8, True, False))["dictionary"]}, [["a", "b"], [], None, [None, "b"], []]
    yield STRUCT_OF_WORDS | {"name": "structs", "dictionary": field("", None, dictionary=(5, 16, False, False))["dictionary"]}, [("a", "b"), (None, "a"), None, ("a", "b"), (None, "a")]
    yield field("plain", named("list"), WORD), [["a"], [], None, ["b", None], ["b"]]


def with_metadata():
    pairs = (("k", "v"), ("", ""), ("k", "again"), ("ü😀", "\0"))
    yield field("x", integer(8), metadata=pairs), [1, 2, 3]
    yield field("s", named("list"), field("item", integer(8), metadata=pairs)), [[1], [], None]
    extension = (("ARROW:extension:name", "arrow.uuid"), ("ARROW:extension:metadata", ""))
    yield field("uuid", named("fixedsizebinary", byteWidth=16), metadata=extension), [b"0123456789abcdef", None, b"\0" * 16]
    unknown = (("ARROW:extension:name", "example.unknown"), ("ARROW:extension:metadata", "serialized"))
    yield field("words", named("utf8"), dictionary=(0, 8, True, False), metadata=unknown), ["a", None, ""]


def duplicates():
    yield field("x", integer(8)), [1, None, 3]
    yield field("x", named("utf8")), ["a", "b", None]
    yield field("", named("struct"), field("", integer(8)), field("", named("utf8"))), [(1, "a"), None, (None, "b")]


def all_cases():
    yield Case("numbers", list(numbers()))
    yield Case("null", [(field("a", named("null")), [None] * 4), (field("b", integer(32)), [1, None, 3, 4]), (field("c", named("null")), [None] * 4)])
    yield Case("texts", list(texts()))
    yield Case("views", list(views()))
    yield Case("decimals", list(decimals()))
    yield Case("times", list(times()))
    yield Case("intervals", list(intervals()), pyarrow=False)
    yield Case("lists", list(lists()))
    yield Case("structs", list(structs()))
    yield Case("unions", list(unions()))
    yield Case("runs", list(runs()))
    yield Case("dictionaries", list(encoded()), DICTIONARIES)
    yield Case("nested-dictionaries", list(nested_encoded()), NESTED)
    yield Case("metadata", list(with_metadata()), DICTIONARIES[:1], metadata=(("schema", "value"), ("", "")))
    yield Case("duplicates", list(duplicates()))
    yield Case("no-batches", list(numbers()), batches=[])
    yield Case("no-columns", [], batches=[[], []])
