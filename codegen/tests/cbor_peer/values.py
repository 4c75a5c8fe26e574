"""Random values of all shapes of a service, encoded and decoded by botocore.

    values.py write SERVICE FOLDER    writes the model to service-2.json, and the values to values.txt
    values.py check SERVICE FOLDER    compares the values with those in written.txt

A line is the name of a shape and its value in CBOR, in hexadecimal digits. The values of both steps are the same.
"""

import datetime
import json
import math
import random
import struct
import sys
from pathlib import Path

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

PROTOCOL = 'smithy-rpc-v2-cbor'
VALUES_OF_A_SHAPE = 50
SIZES = {'integer': 31, 'long': 63}
TEXT = 'abcXYZ 0129 _-/:.é€😀"\\\n\0'


def text(of):
    return ''.join(of.choices(TEXT, k=of.choice([0, 1, 5, 23, 24, 60])))


def number(of, bits):
    return of.choice([0, -1, 23, 24, 1 << bits - 1, -(1 << bits), (1 << bits) - 1, of.randrange(-1000, 1000)])


def real(of, is_double):
    value = of.choice([0.0, -0.0, 1.5, math.nan, math.inf, -math.inf, of.uniform(-1e9, 1e9), of.uniform(-1, 1) * 1e-20])
    return value if is_double else struct.unpack('>f', struct.pack('>f', value))[0]


def time(of):
    millis = of.choice([0, of.randrange(-2_000_000_000_000, 8_000_000_000_000)])
    # Half of them are whole seconds, which botocore writes as integers.
    millis -= millis % of.choice([1, 1000])
    return datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(milliseconds=millis)


def value(of, shape, depth=0):
    """A value for the serializer."""
    kind = shape.type_name
    few = 0 if depth > 4 else of.choice([0, 1, 2, 30 if depth == 0 else 3])
    if kind == 'structure':
        members = shape.members.items()
        if getattr(shape, 'is_tagged_union', False):
            # The simplest member ends the recursion.
            members = [of.choice(list(members))] if depth < 4 else list(members)[:1]
        else:
            required = shape.required_members
            members = [it for it in members if it[0] in required or (depth < 4 and of.random() < 0.6)]
        return {name: value(of, member, depth + 1) for name, member in members}
    if kind == 'list':
        return [value(of, shape.member, depth + 1) for _ in range(few)]
    if kind == 'map':
        return {value(of, shape.key): value(of, shape.value, depth + 1) for _ in range(few)}
    if kind == 'string':
        return of.choice(shape.enum) if shape.enum and of.random() < 0.9 else text(of)
    if kind == 'blob':
        return of.randbytes(of.choice([0, 1, 23, 24, 300]))
    if kind == 'timestamp':
        return time(of)
    if kind == 'boolean':
        return of.random() < 0.5
    if kind in ('float', 'double'):
        return real(of, kind == 'double')
    return number(of, SIZES[kind])


def comparable(it):
    """NaN differs from itself, and times of different zones can be the same."""
    if isinstance(it, dict):
        return {key: comparable(value) for key, value in it.items()}
    if isinstance(it, list):
        return [comparable(value) for value in it]
    if isinstance(it, datetime.datetime):
        return ('time', round(it.timestamp() * 1000))
    if isinstance(it, float):
        return ('float', repr(it))
    return it


def main(step, service, folder):
    folder = Path(folder)
    model = Loader().load_service_model(service, 'service-2')
    if step == 'write':
        (folder / 'service-2.json').write_text(json.dumps(model))
    service = ServiceModel(model)
    serializer, parser = create_serializer(PROTOCOL, include_validation=False), create_parser(PROTOCOL)

    def parsed(shape, encoded):
        stream = parser.get_peekable_stream_from_bytes(encoded)
        decoded = parser._parse_shape(shape, parser.parse_data_item(stream))
        assert not stream.read(), shape.name
        return comparable(decoded)

    def values(names):
        for name in names:
            for number in range(VALUES_OF_A_SHAPE):
                shape = service.shape_for(name)
                made = value(random.Random(f'{name} {number}'), shape)
                encoded = bytearray()
                serializer._serialize_data_item(encoded, made, shape)
                yield name, shape, made, bytes(encoded)

    # The shapes that are types in Rust.
    used = {name for name, shape in model['shapes'].items() if shape['type'] == 'structure' or shape.get('enum')}
    if step == 'write':
        lines = [f'{name} {encoded.hex()}\n' for name, _, _, encoded in values(used_shapes(service, used))]
        (folder / 'values.txt').write_text(''.join(lines))
        return
    written = (folder / 'written.txt').read_text().splitlines()
    expected = list(values(used_shapes(service, used)))
    assert len(written) == len(expected)
    same = smaller = 0
    for line, (name, shape, made, encoded) in zip(written, expected):
        shape_name, _, digits = line.partition(' ')
        assert shape_name == name
        found = bytes.fromhex(digits)
        ours, theirs = parsed(shape, found), parsed(shape, encoded)
        assert ours == theirs == comparable(made), (name, made, found.hex(), encoded.hex())
        same += found == encoded
        smaller += len(found) < len(encoded)
    shapes = len(written) // VALUES_OF_A_SHAPE
    print(f'{service.service_name}: {len(written)} values of {shapes} shapes are the same after both directions; '
          f'{same} have the same bytes, {smaller} are shorter than those of botocore')


def used_shapes(service, names):
    """The shapes that operations use, in order."""
    found, todo = set(), []
    for name in service.operation_names:
        operation = service.operation_model(name)
        todo += [it for it in [operation.input_shape, operation.output_shape, *operation.error_shapes] if it]
    while todo:
        shape = todo.pop()
        if shape.name in found:
            continue
        found.add(shape.name)
        kind = shape.type_name
        if kind == 'structure':
            todo += shape.members.values()
        elif kind == 'list':
            todo.append(shape.member)
        elif kind == 'map':
            todo += [shape.key, shape.value]
    return sorted(found & names)


main(*sys.argv[1:])
