"""What pyarrow says that a schema and rows are, as JSON that types_check.py compares with.

A row is a list of [name, value]. Values: null, true, integers and text as in JSON, lists as arrays,
bytes as hexadecimal text, dates and times in ISO 8601; the rest says what it is:
    {"float": [bytes of width, text]}   {"decimal": text}   {"struct": [[name, value], ...]}
    {"nanos": integer} of a duration    {"interval": [months, days, nanos]}
"""

import datetime
import struct
import zoneinfo

import pyarrow as pa
import pyarrow.types as is_

PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
SERIALIZED = {"arrow.fixed_shape_tensor": b'{"shape":[2]}'}  # of the others: nothing
EPOCH = datetime.datetime(1970, 1, 1)


def schema(schema, footer):
    return {
        "fields": [field(f) for f in schema],
        "metadata": pairs(schema.metadata),
        "footerMetadata": pairs(footer),
    }


def pairs(metadata):
    """Sorted: pyarrow keeps no order where keys are looked up."""
    return sorted([key.decode(), value.decode()] for key, value in (metadata or {}).items())


def field(f):
    type_, metadata = f.type, dict(f.metadata or {})
    if isinstance(type_, pa.BaseExtensionType):
        metadata[b"ARROW:extension:name"] = type_.extension_name.encode()
        metadata[b"ARROW:extension:metadata"] = SERIALIZED.get(type_.extension_name, b"")
        type_ = type_.storage_type
    out = {"name": f.name, "nullable": f.nullable, "metadata": pairs(metadata)}
    if is_.is_dictionary(type_):
        out["dictionary"] = {"indexType": str(type_.index_type), "ordered": type_.ordered}
        type_ = type_.value_type
        if isinstance(type_, pa.BaseExtensionType):
            type_ = type_.storage_type
    out["type"] = type_name(type_)
    out["children"] = [field(child) for child in children(type_)]
    return out


def children(type_):
    return [type_.field(i) for i in range(type_.num_fields)]


def type_name(type_):
    """The type without its children."""
    if is_.is_fixed_size_list(type_):
        return f"fixed_size_list[{type_.list_size}]"
    if is_.is_map(type_):
        return "map" + ("[keys_sorted]" if type_.keys_sorted else "")
    if is_.is_union(type_):
        return f"{type_.mode}_union{list(type_.type_codes)}"
    return str(type_).split("<")[0]


def rows(batch):
    columns = [(name, column) for name, column in zip(batch.schema.names, batch.columns)]
    for row in range(batch.num_rows):
        yield [[name, value(column, row)] for name, column in columns]


def value(array, row):
    """The value in a row of an array; looked up in the arrays, for scalars do not keep it all."""
    type_ = array.type
    if isinstance(type_, pa.BaseExtensionType):
        return value(array.storage, row)
    if is_.is_union(type_):
        buffers, at = array.buffers(), array.offset + row  # type_codes and offsets forget array.offset
        code = struct.unpack_from("b", buffers[1], at)[0]
        child = array.field(list(type_.type_codes).index(code))
        return value(child, struct.unpack_from("<i", buffers[2], 4 * at)[0] if type_.mode == "dense" else row)
    if is_.is_run_end_encoded(type_):
        ends = array.run_ends.to_pylist()
        return value(array.values, next(i for i, end in enumerate(ends) if end > row + array.offset))
    if is_.is_null(type_) or is_null(array, row):
        return None
    scalar = array[row]
    if is_.is_dictionary(type_):
        return value(array.dictionary, array.indices[row].as_py())
    if is_.is_struct(type_):
        return {"struct": [[type_.field(i).name, value(array.field(i), row)] for i in range(type_.num_fields)]}
    if is_.is_map(type_):
        entries = scalar.values
        return [
            {"struct": [["key", value(entries.field(0), i)], ["value", value(entries.field(1), i)]]}
            for i in range(len(entries))
        ]
    if is_.is_nested(type_):
        return [value(scalar.values, i) for i in range(len(scalar.values))]
    return leaf(type_, scalar)


def is_null(array, row):
    """From the bitmap itself: for some types pyarrow has neither scalars nor functions."""
    bitmap, bit = array.buffers()[0], array.offset + row
    return bitmap is not None and not bitmap[bit // 8] >> bit % 8 & 1


def leaf(type_, scalar):
    if is_.is_floating(type_):
        return {"float": [type_.bit_width // 8, repr(float(scalar.as_py()))]}
    if is_.is_decimal(type_):
        return {"decimal": str(scalar.as_py())}
    if is_.is_date32(type_):
        return (EPOCH + datetime.timedelta(days=scalar.value)).date().isoformat()
    if is_.is_date64(type_):
        return (EPOCH + datetime.timedelta(milliseconds=scalar.value)).date().isoformat()
    if is_.is_time(type_):
        return instant(scalar.value, type_.unit, None)[11:]
    if is_.is_timestamp(type_):
        return instant(scalar.value, type_.unit, type_.tz)
    if is_.is_duration(type_):
        return {"nanos": scalar.value * (10**9 // PER_SECOND[type_.unit])}
    if is_.is_interval(type_):
        return {"interval": list(scalar.as_py())}
    found = scalar.as_py()
    return found.hex() if isinstance(found, bytes) else found


def instant(count, unit, zone):
    """ISO 8601 with as many digits of the second as matter."""
    seconds, part = divmod(count, PER_SECOND[unit])
    at = EPOCH + datetime.timedelta(seconds=seconds)
    offset = ""
    if zone:
        local = at.replace(tzinfo=datetime.timezone.utc).astimezone(time_zone(zone))
        at = local.replace(tzinfo=None)
        offset = local.isoformat()[19:]
        offset = "Z" if offset == "+00:00" else offset
    digits = str(part * (10**9 // PER_SECOND[unit])).zfill(9).rstrip("0")
    return at.isoformat() + ("." + digits if digits else "") + offset


def time_zone(name):
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        hours, minutes = name[1:].split(":")
        return datetime.timezone(sign * datetime.timedelta(hours=int(hours), minutes=int(minutes)))
    return zoneinfo.ZoneInfo(name)
