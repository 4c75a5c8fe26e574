//! Comparisons of models with very many paths, and the lengths of reports on them.

use lean_aws_codegen::changes::{SemverLevel, compare};
use serde_json::{Value, json};

use super::{base, to_model};

/// 40 layers of structures with two members of the same type have 2^40 paths. The comparison terminates.
#[test]
fn exponentially_many_paths() {
    let model_with = |last: Value| {
        let mut value = base();
        for layer in 0..40 {
            let inner = json!({"shape": format!("Layer{}", layer + 1)});
            value["shapes"][format!("Layer{layer}")] =
                json!({"type": "structure", "members": {"A": inner, "B": inner}});
        }
        value["shapes"]["Layer40"] = last;
        value["operations"]["Ping"]["input"] = json!({"shape": "Layer0"});
        to_model(&value)
    };
    let old = model_with(json!({"type": "string", "max": 1}));
    let new = model_with(json!({"type": "string", "max": 2}));
    let comparison = compare(&old, &new).unwrap();
    assert_eq!(comparison.changes.verdict.level, SemverLevel::Patch);
}

/// Texts of 100 kB at 2^12 places result in a report of limited length.
#[test]
fn reports_of_limited_length() {
    let text = "many words ".repeat(10_000);
    let mut old = base();
    for layer in 0..12 {
        let inner = json!({"shape": format!("Layer{}", layer + 1), "documentation": text});
        old["shapes"][format!("Layer{layer}")] =
            json!({"type": "structure", "members": {"A": inner, "B": inner}});
    }
    old["shapes"]["Layer12"] = json!({"type": "string", "enum": ["A"], "documentation": text});
    let mut new = old.clone();
    new["operations"]["Ping"]["input"] = json!({"shape": "Layer0"});
    new["shapes"]["Note"]["members"]["Layer"] = json!({"shape": "Layer0"});
    for name in ["Ding", "Dong"] {
        new["operations"][name] = json!({"name": name, "input": {"shape": "Layer0"}});
    }
    let comparison = compare(&to_model(&old), &to_model(&new)).unwrap();
    let page = comparison.to_boto_page("2020/01/02");
    assert!(page.contains("Ding (new)") && !page.contains("Ping (updated)"));
    assert!(page.ends_with("The rest of this report is left out, because it is too long.\n"));
    for report in [
        page,
        comparison.to_markdown(),
        comparison.to_html(),
        comparison.to_json(),
    ] {
        assert!(report.len() < 1 << 26, "{}", report.len());
    }
}
