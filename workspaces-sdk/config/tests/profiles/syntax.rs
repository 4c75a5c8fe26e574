use crate::{dump, load_files};

/// A rule, the config file, the credentials file, and the properties.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

async fn check(cases: &[Case]) {
    for (rule, config, credentials, expected) in cases {
        let set = load_files(config, credentials).await.expect(rule);
        assert_eq!(dump(&set), *expected, "{rule}");
    }
}

#[tokio::test]
async fn sections() {
    check(&[
        ("empty files have no profiles", "", "", &[]),
        ("a profile can be empty", "[profile foo]", "", &["[foo]"]),
        (
            "names have letters, digits and some punctuation",
            "[profile aZ09_-/.%@:+]\n[profile foo!bar]\n[profile ä]",
            "[Z_-/.%@:+]\n[foo!]",
            &["[Z_-/.%@:+]", "[aZ09_-/.%@:+]"],
        ),
        (
            "names are case-sensitive",
            "[profile Foo]\n[profile foo]\n[Default]\n[PROFILE bar]",
            "",
            &["[Foo]", "[foo]"],
        ),
        (
            "spaces and tabs around names are ignored",
            "[profile \tfoo \t]\n[ \tprofile\tbar]\n[ default ]",
            "[\t baz ]",
            &["[bar]", "[baz]", "[default]", "[foo]"],
        ),
        (
            "a name has no spaces, and quotes do not help",
            "[profile in valid]\na = 1\n[profile \"foo\"]\n[profile 'a b']",
            "[in valid]\na = 1\n['bar']",
            &[],
        ),
        (
            "the prefix is a word of its own",
            "[profilefoo]\n[profile]\n[sso-sessionfoo]",
            "[profilebar]",
            &["[profilebar]"],
        ),
        (
            "a profile of the config file has a prefix",
            "[foo]\na = 1\n[profile bar]\na = 2",
            "",
            &["[bar]", "[bar] a = \"2\" at config:4"],
        ),
        (
            "a profile of the credentials file has no prefix",
            "",
            "[profile foo]\na = 1\n[bar]\na = 2",
            &["[bar]", "[bar] a = \"2\" at credentials:4"],
        ),
        (
            "[profile default] replaces [default] of the same file, whichever is first",
            "[default]\na = 1\n[profile default]\nb = 2\n[default]\nc = 3\n[profile default]\nd = 4",
            "[default]\ne = 5",
            &[
                "[default]",
                "[default] b = \"2\" at config:4",
                "[default] d = \"4\" at config:8",
                "[default] e = \"5\" at credentials:2",
            ],
        ),
        (
            "only the config file has other sections",
            "[sso-session foo]\na = 1\n[services foo]\ns3 =\n b = 2\n[unknown foo]\nc = 3\n[plugins]\nd = 4",
            "[sso-session bar]\ne = 5",
            &[
                "[sso-session foo]",
                "[sso-session foo] a = \"1\" at config:2",
            ],
        ),
        (
            "sessions and profiles have separate names",
            "[sso-session foo]\na = 1\n[profile foo]\na = 2",
            "",
            &[
                "[foo]",
                "[foo] a = \"2\" at config:4",
                "[sso-session foo]",
                "[sso-session foo] a = \"1\" at config:2",
            ],
        ),
        (
            "a comment can follow a header at once",
            "[profile foo]# comment\n[profile bar]; comment\n[profile baz] # ]",
            "",
            &["[bar]", "[baz]", "[foo]"],
        ),
        (
            "a section that appears twice is merged",
            "[profile foo]\na = 1\nb = 1\n[profile bar]\n[profile  foo ]\nb = 2\nc = 2",
            "",
            &[
                "[bar]",
                "[foo]",
                "[foo] a = \"1\" at config:2",
                "[foo] b = \"2\" at config:6",
                "[foo] c = \"2\" at config:7",
            ],
        ),
        (
            "the credentials file overrides the config file by property",
            "[profile foo]\na = 1\nb = 1",
            "[foo]\nb = 2\nc = 2",
            &[
                "[foo]",
                "[foo] a = \"1\" at config:2",
                "[foo] b = \"2\" at credentials:2",
                "[foo] c = \"2\" at credentials:3",
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn properties() {
    check(&[
        (
            "names are not case-sensitive and values are",
            "[default]\nRegion = A\nREGION = B",
            "",
            &["[default]", "[default] region = \"B\" at config:3"],
        ),
        (
            "spaces and tabs around names and values are ignored, and other white space is not",
            "[default]\na \t= \tb c\t \nd=e\nf=\u{a0}g\u{a0}",
            "",
            &[
                "[default]",
                "[default] a = \"b c\" at config:2",
                "[default] d = \"e\" at config:3",
                "[default] f = \"\\u{a0}g\\u{a0}\" at config:4",
            ],
        ),
        (
            "a value can be empty and can have equals signs, quotes, brackets and any character",
            "[default]\na =\nb = =c=\nd = \"e\"\nf = [g]\nh = 😂\ni = 'j",
            "",
            &[
                "[default]",
                "[default] a = \"\" at config:2",
                "[default] b = \"=c=\" at config:3",
                "[default] d = \"\\\"e\\\"\" at config:4",
                "[default] f = \"[g]\" at config:5",
                "[default] h = \"😂\" at config:6",
                "[default] i = \"'j\" at config:7",
            ],
        ),
        (
            "a name with other characters is ignored with its value",
            "[default]\nin valid = 1\n continued\nä = 2\n\"b\" = 3\nc = 4",
            "",
            &["[default]", "[default] c = \"4\" at config:6"],
        ),
        (
            "all punctuation of names",
            "[default]\na_-/.%@:+ = 1",
            "",
            &["[default]", "[default] a_-/.%@:+ = \"1\" at config:2"],
        ),
        (
            "a comment is a line that starts with # or ;",
            "#a\n; b\n[default]\n#c = 1\n;d = 2\ne = 3",
            "",
            &["[default]", "[default] e = \"3\" at config:6"],
        ),
        (
            "a comment after a value needs a space of any kind before it",
            "[default]\na = 1 # c\nb = 2\t; c\nc = 3#c\nd = 4;c\ne = 5\u{a0}#c\nf = # c\ng =#c",
            "",
            &[
                "[default]",
                "[default] a = \"1\" at config:2",
                "[default] b = \"2\" at config:3",
                "[default] c = \"3#c\" at config:4",
                "[default] d = \"4;c\" at config:5",
                "[default] e = \"5\\u{a0}\" at config:6",
                "[default] f = \"\" at config:7",
                "[default] g = \"#c\" at config:8",
            ],
        ),
        (
            "blank lines are ignored",
            "\n \t\n[default]\n\n \na = 1\n\t\n b\n",
            "",
            &["[default]", "[default] a = \"1\\nb\" at config:6"],
        ),
        (
            "lines end with CR LF as well, and a lone CR ends none",
            "[default]\r\na = 1\r\n b\r\n\r\nc = 2\r3\r\n",
            "",
            &[
                "[default]",
                "[default] a = \"1\\nb\" at config:2",
                "[default] c = \"2\\r3\" at config:5",
            ],
        ),
        (
            "a byte order mark is ignored",
            "\u{feff}[default]\na = 1",
            "\u{feff}# comment\n[default]\nb = 2",
            &[
                "[default]",
                "[default] a = \"1\" at config:2",
                "[default] b = \"2\" at credentials:3",
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn continuation() {
    check(&[
        (
            "an indented line continues the value",
            "[default]\na = 1\n -2\n\t 3 \t\nb = 4",
            "",
            &[
                "[default]",
                "[default] a = \"1\\n-2\\n3\" at config:2",
                "[default] b = \"4\" at config:5",
            ],
        ),
        (
            "comments are part of it, except lines that start with # or ;",
            "[default]\na = 1\n 2 # c\n # d\n# e\n ; f",
            "",
            &[
                "[default]",
                "[default] a = \"1\\n2 # c\\n# d\\n; f\" at config:2",
            ],
        ),
        (
            "headers and properties are part of it",
            "[default]\na = 1\n [profile foo]\n b = 2",
            "",
            &[
                "[default]",
                "[default] a = \"1\\n[profile foo]\\nb = 2\" at config:2",
            ],
        ),
        (
            "nested properties are the value of a property that has none on its line",
            "[default]\ns3 =\n A = 1\n\n in valid = 2\n b =\ns4 = # c\n d = 3 # e",
            "",
            &[
                "[default]",
                "[default] s3 = \"\\nA = 1\\nin valid = 2\\nb =\" at config:2",
                "[default] s4 = \"\\nd = 3 # e\" at config:7",
            ],
        ),
        (
            "nested properties can have comments",
            "[default]\ns3 =\n # one\n a = 1\n ; two = 2",
            "",
            &[
                "[default]",
                "[default] s3 = \"\\n# one\\na = 1\\n; two = 2\" at config:2",
            ],
        ),
        (
            "the later of two blocks replaces the other",
            "[default]\ns3 =\n a = 1\ns3 =\n b = 2",
            "",
            &["[default]", "[default] s3 = \"\\nb = 2\" at config:4"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn names_of_properties_are_looked_up_in_any_case() {
    let set = load_files("[default]\nRegion = a\n[sso-session s]\nX = 1", "")
        .await
        .unwrap();
    assert_eq!(set.get("REGION"), Some("a"));
    assert_eq!(set.get_profile("default").unwrap().get("rEGION"), Some("a"));
    assert_eq!(set.sso_session("s").unwrap().get("x"), Some("1"));
    assert_eq!(set.get("missing"), None);
    let region = set.property("Region").unwrap();
    assert_eq!(region.place().to_string(), "~/.aws/config:2");
}

#[tokio::test]
async fn sets_are_equal_if_their_properties_are() {
    let first = load_files("[default]\na = 1", "").await.unwrap();
    let second = load_files("# a\n[profile default]\nA=1", "").await.unwrap();
    assert_eq!(first, second);
    let third = load_files("[default]\na = 2", "").await.unwrap();
    assert_ne!(first, third);
}
