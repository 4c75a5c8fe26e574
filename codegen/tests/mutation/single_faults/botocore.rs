//! Faults in the files of a model of botocore.

use super::Fault;

/// Faults in `service-2.json`.
pub(crate) const SERVICE: &[Fault] = &[
    // syntax
    (r#""shapes": {"#, r#""shapes": ["#),
    (r#""Tags": {"type": "list""#, r#""Tags": {"type": list"#),
    (r#""jsonVersion": "1.1","#, r#""jsonVersion": "1.1""#),
    (r#"["ON", "OFF"]"#, r#"["ON", "OFF",]"#),
    (r#""min": 1}"#, r#""min": 01}"#),
    (r#""Amazon Fixture""#, r#""Amazon Fixture"#),
    (r#""Amazon Fixture""#, r#""Amazon \Fixture""#),
    (r#""hostLabel": true"#, r#""hostLabel": True"#),
    (r#"{"type": "timestamp"}"#, r#"{'type': "timestamp"}"#),
    (r#""union": true"#, r#""union" true"#),
    // types
    (r#"["ON", "OFF"]"#, r#""ON""#),
    (r#"["ON", "OFF"]"#, r#"["ON", 1, null]"#),
    (r#""union": true"#, r#""union": "true""#),
    (
        r#""exception": true, "members": {"Message""#,
        r#""exception": 1, "members": {"Message""#,
    ),
    (r#""Tags": {"shape": "Tags"}"#, r#""Tags": "Tags""#),
    (r#""Count": {"type": "integer"}"#, r#""Count": ["integer"]"#),
    (r#""members": {}"#, r#""members": []"#),
    (r#""min": 1"#, r#""min": "1""#),
    (r#""apiVersion": "2024-01-01""#, r#""apiVersion": 20240101"#),
    (
        r#"{"hostPrefix": "data.{Account}."}"#,
        r#""data.{Account}.""#,
    ),
    // keys
    (r#""metadata": {"#, r#""metdata": {"#),
    (r#""apiVersion""#, r#""apiVersoin""#),
    (r#""jsonVersion": "1.1","#, ""),
    (r#""Time": {"type""#, r#""Time": {"tpye""#),
    (
        r#""Tags": {"shape": "Tags"}"#,
        r#""Tags": {"shpae": "Tags"}"#,
    ),
    (r#""Tags": {"shape": "Tags"}"#, r#""Tags": {}"#),
    (r#""type": "list", "member""#, r#""type": "list", "membr""#),
    (r#""required": ["Key"]"#, r#""requried": ["Key"]"#),
    (r#""idempotencyToken""#, r#""idempotenceToken""#),
    (r#""retryable""#, r#""retriable""#),
    (
        r#""metadata": {"#,
        r#""metadata": {"awsQueryCompatibel": {},"#,
    ),
    (
        r#""type": "integer""#,
        r#""type": "integer", "type": "long""#,
    ),
    // names
    (
        r#""Words": {"shape": "Words"}"#,
        r#""Words": {"shape": "Wrods"}"#,
    ),
    (
        r#""output": {"shape": "ListTagsResult"}"#,
        r#""output": {"shape": "ListTagResult"}"#,
    ),
    (r#"{"shape": "Busy"}"#, r#"{"shape": "Missing"}"#),
    (r#""required": ["Key"]"#, r#""required": ["key"]"#),
    (
        r#""NotThere": {"type": "structure", "exception": true"#,
        r#""NotThere": {"type": "structure""#,
    ),
    (
        r#""key": {"shape": "Text"}"#,
        r#""key": {"shape": "Count"}"#,
    ),
    (
        r#""hostPrefix": "data.{Account}.""#,
        r#""hostPrefix": "data.{Acount}.""#,
    ),
    (
        r#""hostPrefix": "data.{Account}.""#,
        r#""hostPrefix": "data.{Account.""#,
    ),
    (r#""SetState": {"#, r#""ListTags": {"#),
    (r#""Count": {"type""#, r#""Text": {"type""#),
    (r#"["ON", "OFF"]"#, r#"["ON", "ON"]"#),
    (r#"["ON", "OFF"]"#, r#"["ON", "On"]"#),
    (r#"["ON", "OFF"]"#, r#"["ON", "+"]"#),
    (r#"["ON", "OFF"]"#, "[]"),
    (r#"["ON", "OFF"]"#, "null"),
    (
        r#""Name": {"shape": "Text"},
        "Number": {"shape": "Count"}
"#,
        "",
    ),
    (r#""Name": {"shape""#, r#""number": {"shape""#),
    (
        r#""Message": {"shape": "Text"}"#,
        r#""Message": {"shape": "Count"}"#,
    ),
    (
        r#""Token": {"shape": "Text""#,
        r#""Token": {"shape": "Count""#,
    ),
    (
        r#""member": {"shape": "Tag"}"#,
        r#""member": {"shape": "Tags"}"#,
    ),
    (r#""Amazon Fixture""#, r#""Amazon\nFixture""#),
    (
        r#""serviceId": "Fixture""#,
        r#""serviceId": "\u001b[31mFixture""#,
    ),
    (r#""targetPrefix": ""#, r#""targetPrefix": "\u202e"#),
    (r#""SetState": {"#, r#""Set\u200bState": {"#),
    (r#""Since": {"shape""#, r#""Since\ufeff": {"shape""#),
    (
        r#""Busy": {"type": "structure", "exception": true"#,
        r#""Busy": {"type": "structure", "error": {"code": "Busy\u0000"}, "exception": true"#,
    ),
    (
        r#""Since": {"shape""#,
        r#""AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA": {"shape""#,
    ),
    // meaning
    (r#""jsonVersion": "1.1""#, r#""jsonVersion": "1.2""#),
    (r#""protocol": "json""#, r#""protocol": "other""#),
    (r#""type": "integer""#, r#""type": "int""#),
    (
        r#""timestampFormat": "iso8601""#,
        r#""timestampFormat": "iso8610""#,
    ),
    (
        r#""input": {"shape": "SetStateRequest"}"#,
        r#""input": {"shape": "State"}"#,
    ),
    (
        r#""key": {"shape": "Text"}"#,
        r#""key": {"shape": "Words"}"#,
    ),
    (r#""min": 1}"#, r#""min": 1.5}"#),
    (r#""min": 1}"#, r#""min": 2, "max": 1}"#),
    (
        r#"{"type": "integer"}"#,
        r#"{"type": "integer", "max": 0.5}"#,
    ),
    (r#""Key": {"shape": "Text"}"#, r#""Key": {"shape": "Tag"}"#),
    (
        r#""SetState": {"#,
        r#""SetState": {"auth": ["aws.auth#sigv5"],"#,
    ),
    (
        r#""targetPrefix": "FixtureService""#,
        r#""auth": ["sigv4"], "targetPrefix": "FixtureService""#,
    ),
];

/// Faults in `paginators-1.json`.
pub(crate) const PAGINATORS: &[Fault] = &[
    (r#""ListTags""#, r#""ListTag""#),
    (r#""input_token": "NextToken","#, ""),
    (r#""input_token": "NextToken""#, r#""input_token": "Token""#),
    (r#""result_key": "Tags""#, r#""result_key": "Page.Tags""#),
    (r#""result_key""#, r#""result_keys""#),
    (
        r#""limit_key": "MaxResults""#,
        r#""limit_key": "Account.Max""#,
    ),
    (r#""limit_key": "MaxResults""#, r#""limit_key": 10"#),
];

/// Faults in `endpoint-rule-set-1.json`.
pub(crate) const ENDPOINT_RULES: &[Fault] = &[
    (r#""fn": "isSet""#, r#""fn": "isset""#),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"ref": "UseFips"}, true]"#,
    ),
    (r#"[{"ref": "UseFIPS"}, true]"#, r#"[{"ref": "UseFIPS"}]"#),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"ref": "UseFIPS"}, {"Ref": "Region"}]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"ref": "Region"}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "coalesce", "argv": [{"ref": "UseFIPS"}]}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "coalesce", "argv": [{"ref": "UseFIPS"}, "a"]}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "ite", "argv": [{"ref": "Region"}, true, false]}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "isSet", "argv": [{"fn": "getAttr", "argv": [{"ref": "Region"}, "[0]"]}]}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "isSet", "argv": [{"fn": "getAttr", "argv": [{"fn": "split", "argv": ["a", "-", 0]}, "[x]"]}]}, true]"#,
    ),
    (
        r#"[{"ref": "UseFIPS"}, true]"#,
        r#"[{"fn": "aws.isVirtualHostableS3Bucket", "argv": ["a", "b"]}, true]"#,
    ),
    (r#"{Partition#dnsSuffix}"#, r#"{Partition#dnsSufix}"#),
    (r#"{Partition#dnsSuffix}"#, r#"{Partition#dnsSuffix"#),
    (r#""error": "no FIPS here","#, ""),
    (
        r#""argv": [{"ref": "Region"}], "assign""#,
        r#""args": [{"ref": "Region"}], "assign""#,
    ),
    (
        r#""rules": [
    {"#,
        r#""rules": {
    "#,
    ),
];

/// Faults in `partitions.json`.
pub(crate) const PARTITIONS: &[Fault] = &[
    (r#""^(us|eu)\\-\\w+\\-\\d+$""#, r#""^(us|eu).*$""#),
    (r#""supportsFIPS": true"#, r#""supportsFips": true"#),
];
