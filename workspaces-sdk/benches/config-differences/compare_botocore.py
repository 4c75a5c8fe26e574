"""Compares both crates with botocore: what they find in a table of config and credentials files.

    cargo build --release
    python compare_botocore.py target/release/config-differences
"""

import os
import subprocess
import sys
import tempfile

import botocore.configloader
import botocore.exceptions

# What is tried, the config file, and the credentials file.
CASES = [
    ("the usual files", "[default]\nregion = a\n[profile dev]\nregion = b\n[sso-session s]\nx = y\n", "[dev]\nkey = c\n"),
    ("names of properties in upper case", "[default]\nREGION = a\n", ""),
    ("names of nested properties in upper case", "[default]\nservices = l\n[services l]\nS3 =\n A = b\n", ""),
    ("a name with quotes", '[profile "dev"]\na = b\n', ""),
    ("a name with quotes and a space", '[profile "a b"]\na = b\n', ""),
    ("a name with other characters", "[profile a!b]\na = b\n", "[c!d]\na = b\n"),
    ("a name with a space in the credentials file", "", "[a b]\na = b\n"),
    ("a profile of the config file without prefix", "[dev]\na = b\n", ""),
    ("a profile of the credentials file with prefix", "", "[profile dev]\na = b\n"),
    ("a prefix without a space", "[profiledev]\na = b\n", ""),
    ("two spaces after the prefix", "[profile  dev]\na = b\n", ""),
    ("spaces inside the brackets", "[ profile dev ]\na = b\n", "[ c ]\na = b\n"),
    ("[default] with spaces", "[ default ]\na = b\n", ""),
    ("[profile default] after [default]", "[default]\na = 1\nb = 1\n[profile default]\nb = 2\n", ""),
    ("[default] after [profile default]", "[profile default]\na = 1\nb = 1\n[default]\nb = 2\n", ""),
    ("a section that appears twice", "[profile dev]\na = 1\n[profile dev]\nb = 2\n", ""),
    ("a section that appears twice with other spaces", "[profile dev]\na = 1\n[profile  dev]\nb = 2\n", ""),
    ("a property that appears twice", "[default]\na = 1\na = 2\n", ""),
    ("a property of both files", "[default]\na = 1\n", "[default]\na = 2\n"),
    ("[sso-session] in the credentials file", "", "[sso-session s]\na = b\n"),
    ("a colon instead of an equals sign", "[default]\na : b\n", ""),
    ("a colon before the equals sign", "[default]\na:b = c\n", ""),
    ("a line without an equals sign", "[default]\na\n", ""),
    ("a property without a name", "[default]\n= a\n", ""),
    ("a name of a property with a space", "[default]\na b = c\n", ""),
    ("a name of a property with other characters", "[default]\na! = c\n", ""),
    ("an empty value", "[default]\na =\n", ""),
    ("a value with quotes", '[default]\na = "b"\n', ""),
    ("a value with an equals sign", "[default]\na = b=c\n", ""),
    ("a comment after a value with #", "[default]\na = b # c\n", ""),
    ("a comment after a value with ;", "[default]\na = b ; c\n", ""),
    ("# in a value", "[default]\na = b#c\n", ""),
    ("a comment after a header", "[default] # c\na = b\n[profile dev]# c\na = b\n", ""),
    ("text after a header", "[default] x\na = b\n", ""),
    ("a bracket after a header", "[default]]\na = b\n", ""),
    ("a header without its end", "[default\na = b\n", ""),
    ("a comment line", "# c\n; d\n[default]\n#e = f\na = b\n", ""),
    ("an indented comment", "[default]\na = b\n  # c\n  d\n", ""),
    ("an indented comment before a property", "[default]\n  # c\na = b\n", ""),
    ("an indented comment in nested properties", "[default]\ns3 =\n  # c\n  a = b\n", ""),
    ("an indented comment with an equals sign in nested properties", "[default]\ns3 =\n  # c = d\n  a = b\n", ""),
    ("a comment after a nested property", "[default]\ns3 =\n  a = b # c\n", ""),
    ("a comment after the name of nested properties", "[default]\ns3 = # c\n  a = b\n", ""),
    ("a blank line in a value", "[default]\na = b\n\n  c\n", ""),
    ("a blank line in nested properties", "[default]\ns3 =\n  a = b\n\n  c = d\n", ""),
    ("a nested property without an equals sign", "[default]\ns3 =\n  a\n", ""),
    ("a nested property without a name", "[default]\ns3 =\n  = a\n", ""),
    ("a continued value", "[default]\na = b\n  c\n    d\n", ""),
    ("an indented header", "[default]\na = b\n [profile dev]\nc = d\n", ""),
    ("an indented header at the start", " [default]\na = b\n", ""),
    ("an indented property after a header", "[default]\n a = b\n", ""),
    ("a property before the first section", "a = b\n[default]\n", ""),
    ("nested properties of services", "[default]\nservices = l\n[services l]\ns3 =\n  a = b\n  c = d\n", ""),
    ("a service with a value on its line", "[default]\nservices = l\n[services l]\ns3 = a = b\n", ""),
    ("[DEFAULT]", "[DEFAULT]\na = b\n[profile dev]\nc = d\n", ""),
    ("CR LF", "[default]\r\na = b\r\n  c\r\n", ""),
    ("a lone CR", "[default]\na = b\rc = d\n", ""),
    ("a no-break space around a value", "[default]\na =\u00a0b\u00a0\n", ""),
    ("a no-break space before #", "[default]\na = b\u00a0# c\n", ""),
    ("a form feed around a value", "[default]\na = \fb\n", ""),
    ("a byte order mark", "\ufeff[default]\na = b\n", ""),
    ("not UTF-8", b"[default]\na = \xff\n", "[default]\nb = c\n"),
    ("a percent sign", "[default]\na = %(b)s\n", ""),
]


def botocore_outcome(config, credentials):
    """Returns lines in the form of `config-differences show`. Nested properties remain text."""
    load = botocore.configloader
    try:
        # This finds the errors in nested properties.
        load.raw_config_parse(config)
        found = load.build_profile_map(load.raw_config_parse(config, parse_subsections=False))
        load.raw_config_parse(credentials)
        for name, values in load.raw_config_parse(credentials, parse_subsections=False).items():
            # As botocore.session.Session.full_config does.
            found["profiles"].setdefault(name, {}).update(values)
        nested = load.build_profile_map(load.raw_config_parse(config))
    except botocore.exceptions.ConfigParseError:
        return ["error"]
    lines = []
    for kind, prefix in (("profiles", ""), ("sso_sessions", "sso-session ")):
        for name, values in found[kind].items():
            lines.append(f"[{prefix}{name}]")
            lines += [f"[{prefix}{name}] {key} = {quote(value)}" for key, value in values.items()]
    section = found["profiles"].get("default", {}).get("services")
    for service, values in nested["services"].get(section, {}).items():
        if isinstance(values, dict):
            lines += [f"{service}.{key} = {quote(value)}" for key, value in values.items()]
    return sorted(lines)


def quote(text):
    """Quotes text as Rust does."""
    escapes = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "\u00a0": "\\u{a0}", "\f": "\\u{c}"}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


def main():
    program = sys.argv[1]
    for title, *texts in CASES:
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("config", "credentials")]
            for path, text in zip(paths, texts):
                with open(path, "wb") as file:
                    file.write(text if isinstance(text, bytes) else text.encode())
            output = subprocess.run([program, "show", *paths], check=True, capture_output=True, text=True)
            ours, official = output.stdout.removeprefix("ours\n").split("official\n")
            outcomes = {
                "ours": sorted(ours.splitlines()),
                "official": sorted(official.splitlines()),
                "botocore": botocore_outcome(*paths),
            }
        if len({str(lines) for lines in outcomes.values()}) > 1:
            print(f"{title}: {texts!r}")
            for name, lines in outcomes.items():
                print(f"  {name:9}{' | '.join(lines) or 'nothing'}")
    print(f"{len(CASES)} cases")


main()
