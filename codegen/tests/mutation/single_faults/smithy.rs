//! Faults in a Smithy model.

use super::Fault;

pub(crate) const FAULTS: &[Fault] = &[
    // the file
    (r#""smithy": "2.0""#, r#""smithy": "3.0""#),
    (r#""smithy": "2.0""#, r#""smithy": 2.0"#),
    (r#""shapes": {"#, r#""shape": {"#),
    (r#""com.example#Light": {"#, r#""com.example#Light": "#),
    // the service
    (r#""type": "service""#, r#""type": "servce""#),
    (r#""type": "resource""#, r#""type": "service""#),
    (r#""aws.protocols#awsJson1_1""#, r#""aws.protocols#other""#),
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
        r#"{"smithy.api#length": {"min": 1}}"#,
        r#"{"smithy.api#length": {"min": 1}, "smithy.api#enum": []}"#,
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
