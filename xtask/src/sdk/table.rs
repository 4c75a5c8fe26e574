//! The table of the crates in an SDK.

/// A crate.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its folder.
    pub(crate) folder: String,
    pub(crate) package: String,
    pub(crate) operations: Option<usize>,
    pub(crate) lines: usize,
    /// The time for generating it.
    pub(crate) seconds: Option<f64>,
}

/// Returns the lines of the table. Numbers are aligned at the right.
pub(crate) fn lines(rows: &[Row]) -> Vec<String> {
    let head = ["crate", "package", "operations", "lines", "seconds"].map(str::to_owned);
    let rows = rows.iter().map(|row| {
        let operations = row.operations.map(|count| count.to_string());
        let seconds = row.seconds.map(|seconds| format!("{seconds:.2}"));
        [
            row.folder.clone(),
            row.package.clone(),
            operations.unwrap_or_default(),
            row.lines.to_string(),
            seconds.unwrap_or_default(),
        ]
    });
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths = [0, 1, 2, 3, 4].map(width);
    let line = |[folder, package, operations, lines, seconds]: &[String; 5]| {
        let [a, b, c, d, e] = widths;
        let line =
            format!("{folder:<a$}  {package:<b$}  {operations:>c$}  {lines:>d$}  {seconds:>e$}");
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
