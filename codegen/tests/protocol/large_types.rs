//! Decodes values whose types contain others twice, 40 levels deep.

use lean_aws_runtime::codegen::json::decode;

use crate::types::Level0;

/// The stack of a thread, of which a decoder without limits would need a terabyte.
const STACK: usize = 2 << 20;

#[test]
fn values_of_large_types_fit_on_the_stack() {
    let all_levels = (0..40).fold("{}".to_owned(), |json, _| format!(r#"{{"X": {json}, "Y": {{}}}}"#));
    let decode = move || {
        let empty = decode::<Level0>(b"{}").unwrap();
        assert_eq!(empty, Level0::builder().build());
        let mut level = decode::<Level0>(all_levels.as_bytes()).unwrap();
        assert!(level.x().unwrap().x().unwrap().y().is_some());
        level.y = None;
        assert_ne!(level, empty);
    };
    let thread = std::thread::Builder::new().stack_size(STACK);
    thread.spawn(decode).unwrap().join().unwrap();
}
