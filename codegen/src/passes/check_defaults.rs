//! Warns about members whose default values the crate does not have.

use crate::ir::Service;
use crate::warning::{Warning, WarningKind};

pub(super) fn run(mut service: Service) -> Service {
    let shapes = service.shapes.values();
    let members = shapes.flat_map(|shape| shape.kind.members());
    let members = members.filter(|it| {
        it.default.is_some() && !it.client_optional && service.default_of(it).is_none()
    });
    let members = members.count();
    if members > 0 {
        let kind = WarningKind::Defaults { members };
        service.warnings.push(Warning::new("shapes", kind));
    }
    service
}
