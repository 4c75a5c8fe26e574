//! The macro that makes an operation one of batches.

/// Implements [`Batched`](crate::codegen::Batched) and the method `into_batch`, for an operation that changes, creates or lists
/// resources.
///
/// | row | meaning |
/// |---|---|
/// | `changes 25 items(Item) by id unless failed(failed_id, code, message);` | the field `items` holds at most 25 elements of the type `Item`, whose field `id` identifies them; the field `failed` of the output holds the failures, each with the identifier of its item, a code and a message |
/// | `creates 25 items(Item) as created(Resource) unless failed(item, code, message);` | the field `created` of the output holds what was created, and failures contain their item |
/// | `lists 25 ids as listed(Resource) by id, next_page;` | the field `ids` holds identifiers, and the field `listed` of the output the resources with them; `next_page` means that the output has several pages |
///
/// All functions are `#[inline]`, so that only programs with a batch compile them.
#[doc(hidden)]
#[macro_export]
macro_rules! __batch {
    (
        $builder:ident($input:ident) -> $output:ident;
        changes $max:literal $items:ident($item:ident) by $id:ident unless $failed:ident($failed_id:ident, $code:ident, $message:ident);
    ) => {
        $crate::__batch! { @method $builder($input) }

        impl $crate::codegen::Batched for $input {
            type Item = $item;
            type Success = String;
            const MAX_ITEMS: usize = $max;

            #[inline]
            fn items(&mut self) -> &mut Option<Vec<$item>> {
                &mut self.$items
            }

            #[inline]
            fn id(item: &$item) -> Option<&str> {
                item.$id().into()
            }

            #[inline]
            fn settle(
                sent: Vec<$item>,
                pages: Vec<$output>,
            ) -> $crate::codegen::Settled<String, $item> {
                let failed = pages.into_iter().flat_map(|page| $crate::codegen::ListField::into_list(page.$failed));
                let failed = failed.map(|it| (it.$failed_id.into(), it.$code.into(), it.$message.into()));
                $crate::codegen::changed(sent, <Self as $crate::codegen::Batched>::id, failed.collect())
            }
        }

        impl $crate::codegen::BatchedIds for $input {
            #[inline]
            fn item(id: String) -> $item {
                $item { $id: id.into() }
            }
        }
    };
    (
        $builder:ident($input:ident) -> $output:ident;
        creates $max:literal $items:ident($item:ident) as $created:ident($success:ident) unless $failed:ident($failed_item:ident, $code:ident, $message:ident);
    ) => {
        $crate::__batch! { @method $builder($input) }

        impl $crate::codegen::Batched for $input {
            type Item = $item;
            type Success = $success;
            const MAX_ITEMS: usize = $max;

            #[inline]
            fn items(&mut self) -> &mut Option<Vec<$item>> {
                &mut self.$items
            }

            #[inline]
            fn id(_item: &$item) -> Option<&str> {
                None
            }

            #[inline]
            fn settle(
                sent: Vec<$item>,
                pages: Vec<$output>,
            ) -> $crate::codegen::Settled<$success, $item> {
                let (mut created, mut failed) = (Vec::new(), Vec::new());
                for page in pages {
                    created.extend($crate::codegen::ListField::into_list(page.$created));
                    failed.extend($crate::codegen::ListField::into_list(page.$failed));
                }
                let failed = failed.into_iter();
                let failed = failed.map(|it| (it.$failed_item.into(), it.$code.into(), it.$message.into()));
                $crate::codegen::created(sent, created, failed.collect())
            }
        }
    };
    (
        $builder:ident($input:ident) -> $output:ident;
        lists $max:literal $items:ident as $listed:ident($success:ident) by $id:ident $(, $next_page:ident)?;
    ) => {
        $crate::__batch! { @method $builder($input) }

        impl $crate::codegen::Batched for $input {
            type Item = String;
            type Success = $success;
            const MAX_ITEMS: usize = $max;

            #[inline]
            fn items(&mut self) -> &mut Option<Vec<String>> {
                &mut self.$items
            }

            #[inline]
            fn id(item: &String) -> Option<&str> {
                Some(item)
            }

            #[inline]
            fn settle(
                sent: Vec<String>,
                pages: Vec<$output>,
            ) -> $crate::codegen::Settled<$success, String> {
                let listed = pages.into_iter().flat_map(|page| $crate::codegen::ListField::into_list(page.$listed));
                $crate::codegen::listed(sent, listed.collect(), |it: &$success| it.$id().into())
            }

            $(#[inline]
            fn next_page(&mut self, page: &$output) -> Option<String> {
                $crate::codegen::$next_page(self, page)
            })?
        }

        impl $crate::codegen::BatchedIds for $input {
            #[inline]
            fn item(id: String) -> String {
                id
            }
        }
    };
    (@method $builder:ident($input:ident)) => {
        impl $builder {
            /// Converts the request into a batch, which takes any number of items and returns the outcome of each.
            #[inline]
            pub fn into_batch(self) -> $crate::codegen::Batch<$input> {
                $crate::codegen::Batch::new(self.into_request())
            }
        }
    };
}
