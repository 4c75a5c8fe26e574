//! Mistakes that people make in models, each in an otherwise valid model.
//!
//! The snapshots contain each fault with its diagnostics. Read them as a person who has to correct the file.

use std::fmt::Write;

use codegen::{ModelFile, ModelFiles};

/// A string that occurs once in a file, and its replacement.
type Fault = (&'static str, &'static str);

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
    (r#""protocol": "json""#, r#""protocol": "query""#),
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

/// Faults in a Smithy model.
pub(crate) const SMITHY: &[Fault] = &[
    // the file
    (r#""smithy": "2.0""#, r#""smithy": "3.0""#),
    (r#""smithy": "2.0""#, r#""smithy": 2.0"#),
    (r#""shapes": {"#, r#""shape": {"#),
    (r#""com.example#Light": {"#, r#""com.example#Light": "#),
    // the service
    (r#""type": "service""#, r#""type": "servce""#),
    (r#""type": "resource""#, r#""type": "service""#),
    (
        r#""aws.protocols#awsJson1_1""#,
        r#""aws.protocols#restJson1""#,
    ),
    (
        r#""aws.protocols#awsJson1_1""#,
        r#""aws.protocols#awsJson11""#,
    ),
    (r#""aws.auth#sigv4""#, r#""aws.auth#sigv""#),
    (r#"{"name": "fixture"}"#, r#"{}"#),
    (r#""sdkId": "Fixture""#, r#""sdkId": 7"#),
    (
        r#"[{"target": "com.example#ListTags"}]"#,
        r#"[{"target": "com.example#ListTag"}]"#,
    ),
    (
        r#"[{"target": "com.example#ListTags"}]"#,
        r#"[{"target": "com.example#Tags"}]"#,
    ),
    (
        r#"[{"target": "com.example#ListTags"}]"#,
        r#"["com.example#ListTags"]"#,
    ),
    (
        r#"[{"target": "com.example#Light"}]"#,
        r#"[{"target": "com.example#Ligth"}]"#,
    ),
    (
        r#"[{"target": "com.example#Busy"}]"#,
        r#"[{"target": "com.example#Tag"}]"#,
    ),
    ("smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"),
    (r#""fn": "isSet""#, r#""fn": "isSett""#),
    (
        r#""url": "https://fixture.{Region}.example.com""#,
        r#""uri": "https://fixture.{Region}.example.com""#,
    ),
    (r#""Amazon Fixture""#, r#""Amazon\u2028Fixture""#),
    (r#""sdkId": "Fixture""#, r#""sdkId": "Fix\tture""#),
    (r#""OFF": {"target""#, r#""OFF\u2066": {"target""#),
    // operations
    (
        r#""input": {"target": "com.example#SetStateRequest"}"#,
        r#""input": {"target": "com.example#State"}"#,
    ),
    (
        r#""input": {"target": "com.example#SetStateRequest"}"#,
        r#""input": {"target": "com.example#SetState"}"#,
    ),
    (
        r#""output": {"target": "com.example#ListTagsResult"}"#,
        r#""output": {"target": "com.exmaple#ListTagsResult"}"#,
    ),
    (
        r#"[{"target": "com.example#NotThere"}]"#,
        r#"[{"target": "com.example#NotHere"}]"#,
    ),
    (
        r#""traits": {"smithy.api#error": "client"}"#,
        r#""traits": {}"#,
    ),
    (r#""data.{Account}.""#, r#""data.{NextTokn}.""#),
    (
        r#"{"hostPrefix": "data.{Account}."}"#,
        r#"{"hostprefix": "data.{Account}."}"#,
    ),
    (r#"{"inputToken": "NextToken", "#, "{"),
    (r#"{"items": "Tags""#, r#"{"items": "Tag""#),
    (r#""pageSize": "MaxResults""#, r#""pageSize": "MaxResult""#),
    // shapes
    (r#""type": "enum""#, r#""type": "enmu""#),
    (r#""com.example#Choice": {"#, r#""Choice": {"#),
    (
        r#"{"target": "com.example#Words"}"#,
        r#"{"target": "com.example#Word"}"#,
    ),
    (
        r#"{"target": "com.example#Words"}"#,
        r#"{"target": "smithy.api#Sting"}"#,
    ),
    (
        r#"{"target": "com.example#Words"}"#,
        r#"{"shape": "com.example#Words"}"#,
    ),
    (
        r#"{"target": "com.example#HasKey"}"#,
        r#"{"target": "com.example#HsKey"}"#,
    ),
    (
        r#""type": "list", "member": {"target": "com.example#Tag"}"#,
        r#""type": "list""#,
    ),
    (
        r#""type": "list", "member": {"target": "com.example#Tag"}"#,
        r#""type": "list", "member": {"target": "com.example#Tags"}"#,
    ),
    (
        r#""key": {"target": "com.example#Text"}"#,
        r#""key": {"target": "smithy.api#Integer"}"#,
    ),
    (
        r#""com.example#Busy": {
      "type""#,
        r#""com.example#NotThere": {
      "type""#,
    ),
    (
        r#""smithy.api#enumValue": "OFF""#,
        r#""smithy.api#enumValue": "ON""#,
    ),
    (r#""OFF": {"target""#, r#""On": {"target""#),
    (
        r#""smithy.api#enumValue": "OFF""#,
        r#""smithy.api#enumValue": 0"#,
    ),
    (r#""OFF": {"target""#, r#""+": {"target""#),
    (r#""Name": {"target""#, r#""number": {"target""#),
    // traits
    (
        r#""smithy.api#timestampFormat": "date-time""#,
        r#""smithy.api#timestampFormat": "datetime""#,
    ),
    (
        r#""smithy.api#idempotencyToken""#,
        r#""smithy.api#idempotencytoken""#,
    ),
    (r#""smithy.api#hostLabel""#, r#""hostLabel""#),
    (
        r#""smithy.api#error": "server""#,
        r#""smithy.api#error": "sever""#,
    ),
    (r#"{"throttling": true}"#, r#"{"throttling": "yes"}"#),
    (r#"{"min": 1}"#, r#"{"min": "1"}"#),
    (
        r#"{"type": "blob"}"#,
        r#"{"type": "blob", "traits": {"smithy.api#streaming": {}}}"#,
    ),
    (
        r#"{"Message": {"target": "com.example#Text"}}"#,
        r#"{"Message": {"target": "smithy.api#Integer"}}"#,
    ),
    // values
    (
        r#""smithy.api#hostLabel": {}"#,
        r#""smithy.api#hostLabel": null"#,
    ),
    (
        r#""smithy.api#hostLabel": {}"#,
        r#""smithy.api#hostLabel": true"#,
    ),
    (
        r#""smithy.api#idempotencyToken": {}"#,
        r#""smithy.api#idempotencyToken": []"#,
    ),
    (
        r#"{"smithy.api#mixin": {}}"#,
        r#"{"smithy.api#mixin": "yes"}"#,
    ),
    (
        r#""MaxResults": {"target": "smithy.api#Integer"}"#,
        r#""MaxResults": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": "5"}}"#,
    ),
    (
        r#""MaxResults": {"target": "smithy.api#Integer"}"#,
        r#""MaxResults": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 0.5}}"#,
    ),
    (
        r#""Words": {"target": "com.example#Words"}"#,
        r#""Words": {"target": "com.example#Words", "traits": {"smithy.api#default": []}}"#,
    ),
    (
        r#""Choice": {"target": "com.example#Choice"}"#,
        r#""Choice": {"target": "com.example#Choice", "traits": {"smithy.api#default": {}}}"#,
    ),
    (
        r#"{"type": "blob"}"#,
        r#"{"type": "blob", "traits": {"smithy.api#default": 0}}"#,
    ),
    (r#"{"min": 1}"#, r#"{"min": 1.5}"#),
    (r#"{"min": 1}"#, r#"{"min": -1}"#),
    (r#"{"min": 1}"#, r#"{"min": 2, "max": 1}"#),
    (
        r#""ON": {"target": "smithy.api#Unit""#,
        r#""ON": {"target": "smithy.api#Unti""#,
    ),
    (
        r#""ON": {"target": "smithy.api#Unit""#,
        r#""ON": {"target": "com.example#Text""#,
    ),
    (r#""type": "enum""#, r#""type": "intEnum""#),
    (
        r#"    "com.example#State": {
      "type": "enum",
      "members": {"#,
        r#"    "com.example#State": {
      "type": "enum",
      "more": {"#,
    ),
    (
        r#"        "Name": {"target": "com.example#Text"},
        "Number": {"target": "smithy.api#Integer"},
        "Raw": {"target": "com.example#Bytes"}
"#,
        r#""#,
    ),
    (
        r#""members": {"Key": {"target": "com.example#Text","#,
        r#""mixins": [{"target": "com.example#Tag"}], "members": {"Key": {"target": "com.example#Text","#,
    ),
    (
        r#""mixins": [{"target": "com.example#HasKey"}]"#,
        r#""mixins": [{"target": "com.example#NotThere"}]"#,
    ),
    (
        r#""Key": {"target": "com.example#Text","#,
        r#""Key": {"target": "com.example#HasKey","#,
    ),
    (
        r#""key": {"target": "com.example#Text"}"#,
        r#""key": {"target": "com.example#Words"}"#,
    ),
    (
        r#""smithy.api#endpoint": {"#,
        r#""smithy.api#auth": ["aws.auth#sigv5"], "smithy.api#endpoint": {"#,
    ),
    (
        r#""smithy.api#title": "Amazon Fixture","#,
        r#""smithy.api#auth": ["example#password"],"#,
    ),
    (
        r#""smithy.api#endpoint": {"#,
        r#""smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {"success": true, "errorType": "NotThere"}}]}}, "smithy.api#endpoint": {"#,
    ),
    (
        r#""smithy.api#endpoint": {"#,
        r#""smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {}}]}}, "smithy.api#endpoint": {"#,
    ),
    (
        r#""smithy.api#endpoint": {"#,
        r#""smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {"sucess": true}}]}}, "smithy.api#endpoint": {"#,
    ),
];

/// Inserts each fault into `file` of a valid model, and returns the faults with their diagnostics. Panics if the
/// generator accepts one.
pub(crate) fn reports(valid: &ModelFiles, file: &ModelFile, faults: &[Fault]) -> String {
    codegen::generate(valid, &codegen::Options::default()).unwrap();
    let text = str::from_utf8(&file.bytes).unwrap();
    let (mut reports, mut accepted) = (String::new(), Vec::new());
    for (from, to) in faults {
        assert_eq!(text.matches(from).count(), 1, "{from} in {}", file.name);
        let mut model = valid.clone();
        let mut files = crate::files(&mut model);
        let changed = files.iter_mut().find(|it| it.name == file.name).unwrap();
        changed.bytes = text.replace(from, to).into_bytes();
        match codegen::generate(&model, &codegen::Options::default()) {
            Err(diagnostics) => writeln!(reports, "{from}  ->  {to}\n{diagnostics}\n").unwrap(),
            Ok(_) => accepted.push((from, to)),
        }
    }
    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
    reports
}
