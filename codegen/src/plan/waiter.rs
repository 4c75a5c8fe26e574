//! Waiters: the arms of their acceptors, and the polling of their operations.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;

use super::docs::Doc;
use super::example::{self, Wait};
use super::expression::{self, Code};
use super::{member, names};
pub(crate) use crate::ir::States;
use crate::ir::{self, Acceptor, AcceptorState, Expression, ExpressionKind, Matcher, Service};
use crate::markup::code;

/// A waiter.
#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) wire: String,
    pub(crate) module: String,
    /// The method of the client that starts it.
    pub(crate) method: Ident,
    pub(crate) doc: Doc,
    pub(crate) fluent_builder: Ident,
    pub(crate) final_poll: Ident,
    pub(crate) error: Ident,
    /// The minimum and maximum delay between two polls, in seconds.
    pub(crate) min_delay: u64,
    pub(crate) max_delay: u64,
    pub(crate) absent_is_success: bool,
    /// The arms for outputs, with a condition unless an arm is for all outputs; the first that holds decides.
    pub(crate) outputs: Vec<AcceptorArm<Option<Code>>>,
    /// The arms for errors; the first that matches decides.
    pub(crate) errors: Vec<AcceptorArm<Vec<ErrorKind>>>,
    /// The imports of the arms, in addition to those of every waiter.
    pub(crate) imports: BTreeSet<String>,
    /// The states of resources that decide, in place of the arms.
    pub(crate) states: Option<States>,
    /// The call in the documentation.
    pub(crate) example: Option<Wait>,
}

/// A kind of response and its meaning for the wait.
#[derive(Debug)]
pub(crate) struct AcceptorArm<T> {
    pub(crate) is: T,
    /// The variant of the runtime's `AcceptorState`.
    pub(crate) state: Ident,
}

/// The errors that an arm is for.
#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// Errors of the service with this code.
    Code(String),
    /// Errors with this HTTP status.
    Status(u16),
    /// All errors of the service.
    Any,
}

/// How waiters poll an operation.
#[derive(Debug)]
pub(crate) struct Poll {
    pub(crate) ids: Option<Ids>,
    pub(crate) per_second: u32,
    pub(crate) burst: u32,
    pub(crate) resources: Option<Resources>,
    /// How to find out whether the container exists that the input names.
    pub(crate) within: Option<Within>,
    /// The documentation of fields of the input in builders of waiters. Those with `None` are left out there.
    pub(crate) docs: Vec<(Ident, Option<Doc>)>,
}

/// The resources that an operation lists.
#[derive(Debug)]
pub(crate) struct Resources {
    pub(crate) name: String,
    /// An iterator over the resources in the output.
    pub(crate) list: Code,
    /// The values of the fields of the runtime's `Resource`, in the order of their declaration.
    pub(crate) fields: [Option<Code>; 4],
}

/// How to find out whether a container of resources exists.
#[derive(Debug)]
pub(crate) struct Within {
    /// The field of the input that identifies the container.
    pub(crate) field: Ident,
    /// The module and the input of the operation that lists containers.
    pub(crate) module: String,
    pub(crate) input: Ident,
    /// The field of that input that lists identifiers.
    pub(crate) ids: Ident,
}

/// The identifiers of the requested resources.
#[derive(Debug)]
pub(crate) struct Ids {
    /// The field of the input that lists them.
    pub(crate) field: Ident,
    pub(crate) max: Option<usize>,
    /// An iterator over the identifiers in the output.
    pub(crate) listed: Code,
}

pub(super) fn waiter(service: &Service, wire: &str, waiter: &ir::Waiter) -> Waiter {
    let name = names::type_prefix(wire);
    let mut imports = BTreeSet::new();
    let (outputs, errors) = match waiter.states {
        Some(_) => Default::default(),
        None => (outputs(service, waiter, &mut imports), errors(waiter)),
    };
    Waiter {
        wire: wire.to_owned(),
        module: names::module_name(wire),
        method: names::prefixed("wait_until_", wire),
        doc: Doc::of(
            service,
            &[],
            &waiter.documentation,
            &format!("Waits for {}.", code(wire)),
        ),
        fluent_builder: format_ident!("{name}FluentBuilder"),
        final_poll: format_ident!("{name}FinalPoll"),
        error: format_ident!("WaitUntil{name}Error"),
        min_delay: waiter.min_delay.into(),
        max_delay: waiter.max_delay.into(),
        absent_is_success: waiter.absent_is_success,
        outputs,
        errors,
        imports,
        states: waiter.states.clone(),
        example: example::waiting(service, wire, waiter),
    }
}

/// Returns the arms for outputs, up to one for all outputs.
fn outputs(
    service: &Service,
    waiter: &ir::Waiter,
    imports: &mut BTreeSet<String>,
) -> Vec<AcceptorArm<Option<Code>>> {
    let mut arms: Vec<(AcceptorState, Option<Expression>)> = Vec::new();
    for acceptor in &waiter.acceptors {
        let condition = match &acceptor.matcher {
            Matcher::Output(condition) => Some(condition.clone()),
            Matcher::AnyOutput => None,
            Matcher::Error(_) | Matcher::AnyError | Matcher::Status(_) => continue,
        };
        if matches!(&condition, Some(never) if never.kind == ExpressionKind::Boolean(false)) {
            continue;
        }
        let for_all = condition.is_none();
        match (arms.last_mut(), condition) {
            (Some((state, Some(last))), Some(condition)) if *state == acceptor.state => {
                *last = either(last.clone(), condition);
            }
            (_, condition) => arms.push((acceptor.state, condition)),
        }
        if for_all {
            break;
        }
    }
    let mut arm = |(state, condition): (AcceptorState, Option<Expression>)| AcceptorArm {
        is: condition.map(|condition| expression::condition(service, &condition, imports)),
        state: variant(state),
    };
    arms.into_iter().map(&mut arm).collect()
}

/// Returns the condition that one of two conditions holds. Two conditions on the elements of one list are merged.
fn either(one: Expression, other: Expression) -> Expression {
    let (one, other) = match (one.kind, other.kind) {
        (ExpressionKind::Any(list, one), ExpressionKind::Any(same, other)) if list == same => {
            return condition(ExpressionKind::Any(list, either(*one, *other).into()));
        }
        kinds => kinds,
    };
    condition(ExpressionKind::Or(
        condition(one).into(),
        condition(other).into(),
    ))
}

fn condition(kind: ExpressionKind) -> Expression {
    Expression {
        kind,
        ty: ir::ValueType::Condition,
        nullable: false,
    }
}

/// Returns the arms for errors; consecutive errors with the same meaning share an arm.
fn errors(waiter: &ir::Waiter) -> Vec<AcceptorArm<Vec<ErrorKind>>> {
    let mut arms: Vec<AcceptorArm<Vec<ErrorKind>>> = Vec::new();
    for AcceptorArm { is, state } in waiter.acceptors.iter().filter_map(error) {
        match arms.last_mut() {
            Some(last) if last.state == state => last.is.push(is),
            _ => arms.push(AcceptorArm {
                is: vec![is],
                state,
            }),
        }
    }
    arms
}

fn error(acceptor: &Acceptor) -> Option<AcceptorArm<ErrorKind>> {
    let is = match &acceptor.matcher {
        Matcher::Error(code) => ErrorKind::Code(code.clone()),
        Matcher::AnyError => ErrorKind::Any,
        Matcher::Status(status) => ErrorKind::Status(*status),
        Matcher::Output(_) | Matcher::AnyOutput => return None,
    };
    let state = variant(acceptor.state);
    Some(AcceptorArm { is, state })
}

fn variant(state: AcceptorState) -> Ident {
    let name = match state {
        AcceptorState::Success => "Success",
        AcceptorState::Failure => "Failure",
        AcceptorState::Retry => "Retry",
    };
    format_ident!("{name}")
}

pub(super) fn poll(service: &Service, operation: &str) -> Option<Poll> {
    let poll = service.polls.get(operation)?;
    let operation = service.operations.get(operation)?;
    let pagination = operation.pagination.as_ref();
    // Responses to several requests are joined by the list that is paginated.
    let joins = pagination.is_some_and(|pagination| pagination.items.is_some());
    Some(Poll {
        ids: poll.ids.as_ref().map(|ids| Ids {
            field: field(service, operation, &ids.input),
            max: ids
                .max
                .filter(|_| joins)
                .and_then(|max| usize::try_from(max).ok()),
            listed: expression::strings(service, &ids.listed),
        }),
        per_second: poll.per_second,
        burst: poll.burst,
        resources: poll.resources.as_ref().map(|resources| {
            let (list, fields) = expression::fields(service, &resources.list, &resources.fields);
            Resources {
                name: resources.name.clone(),
                list,
                fields,
            }
        }),
        within: (poll.within.as_ref().filter(|_| poll.resources.is_some()))
            .and_then(|it| within(service, operation, it)),
        docs: docs(service, operation, poll),
    })
}

/// Returns the field of a member of an operation's input.
fn field(service: &Service, operation: &ir::Operation, wire: &str) -> Ident {
    let input = operation.input.as_deref().unwrap_or_default();
    member::name(service, input, wire)
}

/// A container whose operation is left out cannot be looked for.
fn within(
    service: &Service,
    operation: &ir::Operation,
    container: &ir::Container,
) -> Option<Within> {
    let lists = service.operations.get(&container.operation)?;
    let ids = service.polls.get(&container.operation)?.ids.as_ref()?;
    let name = names::type_prefix(&container.operation);
    Some(Within {
        field: field(service, operation, &container.member),
        module: names::module_name(&container.operation),
        input: format_ident!("{name}Input"),
        ids: field(service, lists, &ids.input),
    })
}

/// Waiters for resources read all pages, so their builders do not have the members that choose one.
fn docs(
    service: &Service,
    operation: &ir::Operation,
    poll: &ir::Poll,
) -> Vec<(Ident, Option<Doc>)> {
    let field = |member: &str| field(service, operation, member);
    let input = operation.input.as_deref();
    let texts = poll.docs.iter().map(|(member, text)| {
        let doc = Doc::of(service, input.as_slice(), text, "");
        (field(member), Some(doc))
    });
    let pagination = operation.pagination.as_ref();
    let pagination = pagination.filter(|_| poll.resources.is_some()).into_iter();
    let hidden = pagination.flat_map(|it| [Some(&it.input_token), it.page_size.as_ref()]);
    let hidden = hidden.flatten().map(|member| (field(member), None));
    texts.chain(hidden).collect()
}
