//! The cycles of directed graphs, found without recursion in linear time.

/// The strongly connected components of a graph: two nodes are in one component if each can be reached from the other.
#[derive(Debug)]
pub(crate) struct Components {
    /// The component of each node.
    of: Vec<usize>,
    /// The nodes of each component. Edges lead from a component to itself or to components before it.
    pub(crate) nodes: Vec<Vec<usize>>,
}

impl Components {
    /// Finds the components. `edges` are the nodes that each node leads to; nodes that do not exist are ignored.
    pub(crate) fn new(edges: &[Vec<usize>]) -> Self {
        let mut search = Search {
            edges,
            order: vec![UNVISITED; edges.len()],
            lowest: vec![0; edges.len()],
            open: Vec::new(),
            found: Self {
                of: vec![UNVISITED; edges.len()],
                nodes: Vec::new(),
            },
            visited: 0,
        };
        for node in 0..edges.len() {
            search.run(node);
        }
        search.found
    }

    /// Whether an edge between the nodes is part of a cycle.
    pub(crate) fn is_on_cycle(&self, from: usize, to: usize) -> bool {
        self.component(from) == self.component(to)
    }

    /// Returns the index of the component of a node in [`nodes`](Self::nodes).
    pub(crate) fn component(&self, node: usize) -> usize {
        self.of.get(node).copied().unwrap_or(UNVISITED)
    }
}

const UNVISITED: usize = usize::MAX;

/// Tarjan's algorithm.
struct Search<'a> {
    edges: &'a [Vec<usize>],
    /// The position of each node in the order of the visits.
    order: Vec<usize>,
    /// The first visited node that is known to be in the component of each node.
    lowest: Vec<usize>,
    /// The visited nodes whose component is not complete.
    open: Vec<usize>,
    found: Components,
    visited: usize,
}

impl Search<'_> {
    fn run(&mut self, start: usize) {
        // The nodes on the way to the current one, with the number of their edges that are done.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if self.visit(start) {
            path.push((start, 0));
        }
        while let Some((node, done)) = path.last_mut() {
            let (node, next) = (*node, self.edges.get(*node).and_then(|it| it.get(*done)));
            *done += 1;
            match next {
                Some(&next) if self.visit(next) => path.push((next, 0)),
                Some(&next) => self.lower(node, self.order_if_open(next)),
                None => {
                    path.pop();
                    self.complete(node);
                    if let Some((parent, _)) = path.last() {
                        self.lower(*parent, self.lowest.get(node).copied());
                    }
                }
            }
        }
    }

    /// Returns whether the node exists and is visited for the first time.
    fn visit(&mut self, node: usize) -> bool {
        let (Some(order), Some(lowest)) = (self.order.get_mut(node), self.lowest.get_mut(node))
        else {
            return false;
        };
        if *order != UNVISITED {
            return false;
        }
        (*order, *lowest) = (self.visited, self.visited);
        self.visited += 1;
        self.open.push(node);
        true
    }

    fn order_if_open(&self, node: usize) -> Option<usize> {
        let is_open = self.found.of.get(node) == Some(&UNVISITED);
        self.order.get(node).copied().filter(|_| is_open)
    }

    fn lower(&mut self, node: usize, to: Option<usize>) {
        if let (Some(lowest), Some(to)) = (self.lowest.get_mut(node), to) {
            *lowest = to.min(*lowest);
        }
    }

    /// Closes the component of a node, if the node is the first of its component.
    fn complete(&mut self, node: usize) {
        if self.lowest.get(node) != self.order.get(node) {
            return;
        }
        let start = self.open.iter().rposition(|it| *it == node);
        let nodes = self.open.split_off(start.unwrap_or(self.open.len()));
        for &member in &nodes {
            if let Some(component) = self.found.of.get_mut(member) {
                *component = self.found.nodes.len();
            }
        }
        self.found.nodes.push(nodes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_of_small_graphs() {
        for (edges, expected) in [
            (vec![], vec![]),
            (vec![vec![0]], vec![vec![0]]),
            (
                vec![vec![1], vec![2], vec![]],
                vec![vec![2], vec![1], vec![0]],
            ),
            (vec![vec![1], vec![2], vec![0]], vec![vec![0, 1, 2]]),
            (
                vec![vec![1, 2], vec![0, 3], vec![3], vec![], vec![4, 9]],
                vec![vec![3], vec![2], vec![0, 1], vec![4]],
            ),
            (
                vec![vec![2], vec![0], vec![3, 4], vec![1, 2], vec![4]],
                vec![vec![4], vec![0, 1, 2, 3]],
            ),
        ] {
            let mut found = Components::new(&edges).nodes;
            found.iter_mut().for_each(|nodes| nodes.sort_unstable());
            let mut sorted = found.clone();
            sorted.sort_unstable();
            let mut expected_sorted = expected.clone();
            expected_sorted.sort_unstable();
            assert_eq!(sorted, expected_sorted, "{edges:?}");
            let components = Components::new(&edges);
            for (from, targets) in edges.iter().enumerate() {
                for &to in targets.iter().filter(|to| **to < edges.len()) {
                    assert!(components.component(from) >= components.component(to));
                }
            }
        }
    }

    /// A search that recurses overflows its stack.
    #[test]
    fn a_long_cycle() {
        let length = 1_000_000;
        let edges: Vec<Vec<usize>> = (0..length).map(|i| vec![(i + 1) % length]).collect();
        assert_eq!(Components::new(&edges).nodes.len(), 1);
    }
}
