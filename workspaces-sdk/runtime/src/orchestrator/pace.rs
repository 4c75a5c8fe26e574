//! Waiting until the limits on rates admit an attempt.

use std::pin::Pin;

use aws_smithy_async::rt::sleep::AsyncSleep;

use crate::error::Failure;
use crate::handle::Handle;

/// Waits until the limit on the rate of requests and that of the adaptive retry mode admit an attempt.
pub(super) async fn acquire_send_token(handle: &Handle, number: u32) -> Result<(), Failure> {
    match handle.limits_rate {
        true => wait_for_send_token(handle, number).await,
        false => Ok(()),
    }
}

/// Waits for a limited rate. Few clients have one, so its code is kept out of that of the attempts.
fn wait_for_send_token<'a>(
    handle: &'a Handle,
    number: u32,
) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>> {
    Box::pin(async move {
        if let Some(rate) = &handle.settings.request_rate {
            rate.acquire(handle.sleep()?, &|| handle.now()).await;
        }
        if !handle.retry.limits_rate() {
            return Ok(());
        }
        let mut now = handle.now();
        while let Some(wait) = handle.retry.acquire_send_token(number, now) {
            handle.sleep()?.sleep(wait).await;
            let before = std::mem::replace(&mut now, handle.now());
            if now <= before {
                break; // With a clock that stands still, the loop would never end.
            }
        }
        Ok(())
    })
}
