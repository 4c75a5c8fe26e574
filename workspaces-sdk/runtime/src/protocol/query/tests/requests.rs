use aws_smithy_runtime_api::http::Headers;

use super::*;
use crate::codec::form::Encode;
use crate::protocol::query::AwsQuery;
use crate::protocol::{DeserializeOperationError, Messages, Protocol};

/// The error of an operation without modeled errors.
struct NoError;

impl<P> DeserializeOperationError<P> for NoError {
    fn deserialize_operation_error(
        _: crate::error::ErrorMetadata,
        _: &mut HttpResponse,
    ) -> Result<Self, crate::error::BoxError> {
        Ok(Self)
    }
}

fn body<I: Encode>(input: I) -> String {
    let request =
        <AwsQuery as Messages<I, Empty, NoError>>::serialize(input, "Operate", &SERVICE).unwrap();
    assert_eq!((request.method, &*request.uri), ("POST", ""));
    assert!(request.headers.is_empty());
    let body = request.body.for_attempt().unwrap();
    String::from_utf8(body.bytes().unwrap().to_vec()).unwrap()
}

#[test]
fn the_body_starts_with_the_operation_and_the_version() {
    assert_eq!(
        body(Empty { _request_id: None }),
        "Action=Operate&Version=2020-01-08"
    );
    let mut headers = Headers::new();
    AwsQuery::add_headers(&mut headers, "Operate", &SERVICE).unwrap();
    assert_eq!(
        headers.get("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(headers.iter().count(), 1);
}

#[test]
fn members_have_the_path_as_key() {
    let cases = [
        (Sample::default(), ""),
        (
            Sample {
                name: Some("a b".to_owned()),
                flag: Some(false),
                color: Some(Color::Red),
                blob: Some(Blob::new("value")),
                ..Sample::default()
            },
            "&Name=a%20b&Flag=false&Blob=dmFsdWU%3D&Color=red",
        ),
        (
            Sample {
                at: Some(DateTime::from_secs(1_422_172_800)),
                epoch: Some(DateTime::from_secs(1_422_172_800)),
                http_date: Some(DateTime::from_secs(0)),
                dates: Some(vec![DateTime::from_secs(0)]),
                ..Sample::default()
            },
            "&At=2015-01-25T08%3A00%3A00Z&Epoch=1422172800\
             &HttpDate=Thu%2C%2001%20Jan%201970%2000%3A00%3A00%20GMT\
             &Dates.date.1=Thu%2C%2001%20Jan%201970%2000%3A00%3A00%20GMT",
        ),
        (
            Sample {
                names: Some(vec!["a".to_owned(), "b".to_owned()]),
                items: Some(vec!["c".to_owned()]),
                flat: Some(vec![1, 2]),
                nested: Some(vec![vec!["d".to_owned()], vec![]]),
                ..Sample::default()
            },
            "&Names.member.1=a&Names.member.2=b&Items.Item.1=c&Flat.1=1&Flat.2=2&Nested.a.1.b.1=d&Nested.a.2=",
        ),
        (
            Sample {
                map: Some([("a".to_owned(), "b".to_owned())].into()),
                colors: Some([(Color::Red, Color::from("blue"))].into()),
                flat_map: Some([("c".to_owned(), "d".to_owned())].into()),
                lists: Some([("e".to_owned(), vec!["f".to_owned()])].into()),
                ..Sample::default()
            },
            "&Map.entry.1.key=a&Map.entry.1.value=b&Colors.E.1.K=red&Colors.E.1.V=blue&FlatMap.1.K=c&FlatMap.1.V=d\
             &Lists.entry.1.key=e&Lists.entry.1.value.item.1=f",
        ),
        (
            Sample {
                tags: Some(vec![Tag {
                    key: "a".to_owned(),
                    since: DateTime::from_secs(1),
                    values: vec!["b".to_owned()],
                    note: None,
                }]),
                inner: Some(Box::new(Sample {
                    name: Some("c".to_owned()),
                    inner: Some(Box::new(Sample {
                        byte: Some(-1),
                        ..Sample::default()
                    })),
                    ..Sample::default()
                })),
                ..Sample::default()
            },
            "&Tags.Tag.1.Key=a&Tags.Tag.1.Since=1&Tags.Tag.1.Values.1=b&Inner.Name=c&Inner.Inner.Byte=-1",
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(
            body(input),
            format!("Action=Operate&Version=2020-01-08{expected}")
        );
    }
}

#[test]
fn a_union_is_its_member() {
    for (choice, expected) in [
        (Choice::Text("a".to_owned()), "&Choice.Text=a"),
        (Choice::Since(DateTime::from_secs(1)), "&Choice.Since=1"),
        (Choice::Items(vec![]), "&Choice.Items="),
        (Choice::Unknown, ""),
    ] {
        let input = Sample {
            choice: Some(choice),
            ..Sample::default()
        };
        assert_eq!(
            body(input),
            format!("Action=Operate&Version=2020-01-08{expected}")
        );
    }
}
