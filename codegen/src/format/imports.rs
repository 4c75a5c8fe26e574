//! `use` declarations on one line.

/// The maximum width of a `use` on one line in a file. Imports with the long names of operations need more than the
/// usual 100 columns.
pub(super) const MAX_WIDTH: usize = 120;

/// Joins the lines of each `use` that fits on one line of `width` columns.
pub(super) fn join_short(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{\n") {
        (out, rest) = (out + before, after);
        let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
        let is_use = line.trim_start().starts_with("use ");
        let list = is_use.then(|| after.split_once("};")).flatten();
        let names = list.map(|(list, tail)| (one_line(list), tail));
        match names {
            Some((names, tail)) if line.len() + names.len() + 3 <= width => {
                out.push_str(&format!("{{{names}}};"));
                rest = tail;
            }
            _ => out.push_str("{\n"),
        }
    }
    out + rest
}

/// Joins the lines of a list and removes its trailing comma.
fn one_line(list: &str) -> String {
    let words: Vec<&str> = list.split_whitespace().collect();
    words.join(" ").trim_end_matches(',').to_owned()
}
