use super::*;
use crate::codec::xml::{Decode, DecodeError};
use crate::protocol::Protocol;
use crate::protocol::query::{AwsQuery, wrapped};

fn decode<O: Decode>(result: &str) -> Result<O, DecodeError> {
    let body = format!(
        "<OperateResponse xmlns=\"https://example.com/\"><OperateResult>{result}</OperateResult>\
         <ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></OperateResponse>"
    );
    output(&body)
}

fn output<O: Decode>(body: &str) -> Result<O, DecodeError> {
    super::super::output(body.as_bytes(), "Operate", wrapped)
}

#[test]
fn members_are_decoded() {
    let cases = [
        ("", Sample::default()),
        (
            "<Name>a &lt; b</Name><Flag>true</Flag><Byte> 1 </Byte><Long>-9223372036854775808</Long>\
             <Float>5.5</Float><Double>-Infinity</Double><Blob>dmFs\n  dWU=</Blob><Color>red</Color><Other><Name>x</Name></Other>",
            Sample {
                name: Some("a < b".to_owned()),
                flag: Some(true),
                byte: Some(1),
                long: Some(i64::MIN),
                float: Some(5.5),
                double: Some(f64::NEG_INFINITY),
                blob: Some(Blob::new("value")),
                color: Some(Color::Red),
                ..Sample::default()
            },
        ),
        (
            "<name/><Blob/><Color></Color>",
            Sample {
                name: Some(String::new()),
                blob: Some(Blob::new("")),
                color: Some(Color::from("")),
                ..Sample::default()
            },
        ),
        (
            "<At>2019-12-17T00:48:18.123+01:00</At><Epoch>1398796238</Epoch><HttpDate>Tue, 29 Apr 2014 18:30:38 GMT</HttpDate>\
             <Dates><date>Thu, 01 Jan 1970 00:00:00 GMT</date></Dates>",
            Sample {
                at: Some(DateTime::from_millis(1_576_540_098_123)),
                epoch: Some(DateTime::from_secs(1_398_796_238)),
                http_date: Some(DateTime::from_secs(1_398_796_238)),
                dates: Some(vec![DateTime::from_secs(0)]),
                ..Sample::default()
            },
        ),
        (
            "<At>1398796238</At><Epoch>2014-04-29T18:30:38Z</Epoch><HttpDate>2014-04-29T18:30:38Z</HttpDate>",
            Sample {
                at: Some(DateTime::from_secs(1_398_796_238)),
                epoch: Some(DateTime::from_secs(1_398_796_238)),
                http_date: Some(DateTime::from_secs(1_398_796_238)),
                ..Sample::default()
            },
        ),
        (
            "<Names><member>a</member><other>b</other></Names><Items/><Flat>1</Flat><Name>n</Name><Flat>2</Flat>\
             <Nested><a><b>c</b><b>d</b></a><a/></Nested>",
            Sample {
                name: Some("n".to_owned()),
                names: Some(vec!["a".to_owned(), "b".to_owned()]),
                items: Some(vec![]),
                flat: Some(vec![1, 2]),
                nested: Some(vec![vec!["c".to_owned(), "d".to_owned()], vec![]]),
                ..Sample::default()
            },
        ),
        (
            "<Map>\n <entry><value>b</value><key>a</key><more/></entry> <other/></Map><Colors><E><K>red</K><V>blue</V></E></Colors>\
             <FlatMap><K>c</K><V>d</V></FlatMap><FlatMap><K>e</K></FlatMap>\
             <Lists><entry><key>f</key><value><item>g</item></value></entry></Lists>",
            Sample {
                map: Some([("a".to_owned(), "b".to_owned())].into()),
                colors: Some([(Color::Red, Color::from("blue"))].into()),
                flat_map: Some(
                    [
                        ("c".to_owned(), "d".to_owned()),
                        ("e".to_owned(), String::new()),
                    ]
                    .into(),
                ),
                lists: Some([("f".to_owned(), vec!["g".to_owned()])].into()),
                ..Sample::default()
            },
        ),
        (
            "<Tags><Tag><Key>a</Key><Since>1</Since><Values>b</Values><Values>c</Values></Tag><Tag/></Tags><Inner><Inner/></Inner>",
            Sample {
                tags: Some(vec![
                    Tag {
                        key: "a".to_owned(),
                        since: DateTime::from_secs(1),
                        values: vec!["b".to_owned(), "c".to_owned()],
                        note: None,
                    },
                    Tag {
                        key: String::new(),
                        since: DateTime::from_secs(0),
                        values: vec![],
                        note: None,
                    },
                ]),
                inner: Some(Box::new(Sample {
                    inner: Some(Box::default()),
                    ..Sample::default()
                })),
                ..Sample::default()
            },
        ),
        // The last of several wins.
        (
            "<Name>a</Name><Name>b</Name><Names><member>a</member></Names><Names/>",
            Sample {
                name: Some("b".to_owned()),
                names: Some(vec![]),
                ..Sample::default()
            },
        ),
    ];
    for (result, expected) in cases {
        assert_eq!(decode::<Sample>(result), Ok(expected), "{result}");
    }
}

#[test]
fn unions_have_one_member() {
    for (result, expected) in [
        ("<Text>a</Text>", Ok(Choice::Text("a".to_owned()))),
        (
            "<Since>1</Since>",
            Ok(Choice::Since(DateTime::from_secs(1))),
        ),
        (
            "\n<Items><Item>a</Item></Items>\n",
            Ok(Choice::Items(vec!["a".to_owned()])),
        ),
        ("<Sample/>", Ok(Choice::Sample(Box::default()))),
        ("<Later><Text>a</Text></Later>", Ok(Choice::Unknown)),
        (
            "",
            Err("expected a union with one member, found none set, at byte 78 in Choice"),
        ),
        (
            "<Text/><Later/>",
            Err("expected a union with one member, found another one set, at byte 84 in Choice"),
        ),
    ] {
        let outcome = decode::<Sample>(&format!("<Choice>{result}</Choice>"));
        let choice = outcome.map(|sample| sample.choice);
        assert_eq!(
            choice.map_err(|error| error.to_string()),
            expected.map(Some).map_err(str::to_owned),
            "{result}"
        );
    }
}

#[test]
fn errors_give_the_place_and_no_content() {
    for (result, expected) in [
        (
            "<Inner><Byte>secret</Byte></Inner>",
            "expected an integer of 8 bits, found another text, at byte 74 in Inner.Byte",
        ),
        (
            "<Flag>1</Flag>",
            "expected true or false, found another text, at byte 67 in Flag",
        ),
        (
            "<Float>inf</Float>",
            "expected a number of 32 bits, NaN, Infinity or -Infinity, found another text, at byte 68 in Float",
        ),
        (
            "<At>now</At>",
            "expected a timestamp, found another text, at byte 65 in At",
        ),
        (
            "<Nested><a/><a><b><c/></b></a></Nested>",
            "expected text, found an element, at byte 79 in Nested[1][0]",
        ),
        (
            "<Map><entry><value>secret</value></entry></Map>",
            "expected the key of an entry, found none, at byte 102 in Map[*]",
        ),
        (
            "<Blob>secret!</Blob>",
            "expected base64, found another text, at byte 67 in Blob",
        ),
        (
            "<Long>9223372036854775808</Long>",
            "expected an integer of 64 bits, found another text, at byte 67 in Long",
        ),
        (
            "<secret></public>",
            "expected the end tag of the element, found another end tag, at byte 69",
        ),
    ] {
        let error = decode::<Sample>(result).unwrap_err();
        assert_eq!(error.to_string(), expected, "{result}");
    }
}

#[test]
fn outputs_without_members() {
    let none = Ok(Empty { _request_id: None });
    for body in [
        "",
        " \r\n",
        "<OperateResponse/>",
        "<OperateResponse></OperateResponse>",
        "<OperateResponse><OperateResult/></OperateResponse>",
        "<OperateResponse><OperateResult><More/></OperateResult></OperateResponse>",
        "<OperateResponse><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></OperateResponse>",
    ] {
        assert_eq!(output(body), none, "{body}");
        assert!(output::<Sample>(body).is_ok(), "{body}");
    }
}

#[test]
fn another_document_is_no_output() {
    for (body, expected) in [
        (
            "<html><body>Log in</body></html>",
            "expected the response of the operation, found another element, at byte 6",
        ),
        (
            "<OtherResponse><OperateResult/></OtherResponse>",
            "expected the response of the operation, found another element, at byte 15",
        ),
        ("{}", "expected `<`, found another character, at byte 0"),
        (
            "<OperateResponse/><OperateResponse/>",
            "expected the end, found an element, at byte 18",
        ),
        (
            "<OperateResponse>",
            "expected an end tag, found the end, at byte 17",
        ),
    ] {
        let error = output::<Sample>(body).unwrap_err();
        assert_eq!(error.to_string(), expected, "{body}");
    }
}

#[test]
fn the_request_id_is_in_a_header_or_the_body() {
    const BODY: &str = "<AResponse><AResult/><ResponseMetadata><RequestId>b</RequestId></ResponseMetadata></AResponse>";
    for (headers, body, expected) in [
        (&[("x-amzn-requestid", "a")][..], BODY, Some("a")),
        (&[("x-amz-request-id", "a")], "", Some("a")),
        (&[], BODY, Some("b")),
        (&[], "<AResponse/>", None),
        (&[], "<", None),
    ] {
        let id = AwsQuery::request_id(&response(200, headers, body));
        assert_eq!(id.as_deref(), expected, "{body}");
    }
}
