//! Functions that the conditions of waiters call.

/// A number that may be compared with one of another type.
#[doc(hidden)]
pub trait Number {
    /// The nearest floating-point number; only integers beyond 2⁵³ are not exact.
    fn widen(self) -> f64;
}

macro_rules! number {
    ($($ty:ident)*) => {
        $(impl Number for $ty {
            #[inline]
            fn widen(self) -> f64 {
                self as f64
            }
        })*
    };
}
number!(i8 i16 i32 i64 usize f32 f64);

/// Widens a number to compare it with one of another type.
#[doc(hidden)]
#[inline]
pub fn number(number: impl Number) -> f64 {
    number.widen()
}

/// Whether there is an element, and `is` is true for all elements.
#[doc(hidden)]
pub fn all<T>(items: impl IntoIterator<Item = T>, is: impl FnMut(T) -> bool) -> bool {
    let mut items = items.into_iter().peekable();
    items.peek().is_some() && items.all(is)
}
